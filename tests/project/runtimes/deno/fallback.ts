const token = Deno.env.get("NOTION_KEY") ?? "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";
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
console.log(`Bearer ${token}`);
