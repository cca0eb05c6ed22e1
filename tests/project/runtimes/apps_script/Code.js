function listUsers() {
  const options = { headers: { Authorization: 'Bearer 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' } };
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
  return UrlFetchApp.fetch('https://api.notion.com/v1/users', options);
}
