export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    return fetch(request.url, { headers: { Authorization: "Bearer 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" } });
                                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
  },
};
