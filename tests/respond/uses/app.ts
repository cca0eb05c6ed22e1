const schema = z.object({ NOTION_TOKEN: z.string() });
                          ^^^^^^^^^^^^ names
const a = process.env.NOTION_TOKEN!;
                      ^^^^^^^^^^^^ reads
