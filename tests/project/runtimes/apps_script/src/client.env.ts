function requireProperty(name: string): string {
  const value = PropertiesService.getScriptProperties().getProperty(name);
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export class NotionClient {
  private readonly token = requireProperty("NOTION_TOKEN");
}
