/** @type {string} */
const token = "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";
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token

console.log(token.length);
