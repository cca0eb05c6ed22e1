// Variables used by Scriptable.
// These must be at the very top of the file. Do not edit.
// icon-color: deep-gray; icon-glyph: magic;
const request = new Request("https://api.notion.com/v1/users");
request.headers = { Authorization: `Bearer ${Keychain.get("NOTION_TOKEN")}` };
