#!/usr/bin/env -S deno run --allow-env
console.log("Bearer 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");
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
