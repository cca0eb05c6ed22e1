export default {
  async fetch(request, env) {
    const headers = { Authorization: "Bearer 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" };
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
    return fetch(env.NOTION_API + new URL(request.url).pathname, { headers });
  },
};
