function requireProperty(name) {
  const value = PropertiesService.getScriptProperties().getProperty(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

function listUsers() {
  const options = { headers: { Authorization: `Bearer ${requireProperty("NOTION_TOKEN")}` } };
  return UrlFetchApp.fetch('https://api.notion.com/v1/users', options);
}
