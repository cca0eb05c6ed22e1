const a = process.env.NOTION_TOKEN;
                      ^^^^^^^^^^^^ reads
const b = process.env["NOTION_TOKEN"] ?? "";
                       ^^^^^^^^^^^^ reads
const { NOTION_TOKEN } = process.env;
        ^^^^^^^^^^^^ reads
const { HOME, NOTION_TOKEN: token = "" } = process.env;
              ^^^^^^^^^^^^ reads
process.env.NOTION_TOKEN = "";
            ^^^^^^^^^^^^ sets
const c = requireEnv("NOTION_TOKEN");
                      ^^^^^^^^^^^^ reads
const d = import.meta.env.NOTION_TOKEN;
                          ^^^^^^^^^^^^ reads
const e = Deno.env.get("NOTION_TOKEN");
                        ^^^^^^^^^^^^ reads
