// @ts-check
export const token = "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";
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
