import { Client } from "npm:@notionhq/client";

const notion = new Client({ auth: "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" });
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
Deno.serve(async () => Response.json(await notion.users.list({})));
