export async function onRequest(context) {
  const headers = { Authorization: "Bearer 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" };
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
  return fetch("https://api.notion.com/v1/users", { headers });
}
