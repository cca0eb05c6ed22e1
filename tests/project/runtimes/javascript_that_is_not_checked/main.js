const token = "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";
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token

console.log(token.length);
