// @ts-check
/** @type {string} */
const token = "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";
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token

console.log(token.length);
