export const token = "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";
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
export const typed: string = "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";
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
export const header = "Bearer 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";
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
export const notion = {
  token: "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",
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
  v1: { token: "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" },
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
};
const kept = "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";
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
const listed = "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";
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
export { listed };

export class Client {
  token = "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";
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token

  headers(token = "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"): string {
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
    return token + kept;
  }
}

export default "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";
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
