"""The ways in which public code hardcodes a token, as source to plant.

Each shape is valid code of its language wherever a statement may stand. `§` is a number of its
own; `«…»` is a token: N access, R refresh, S integration, H, V, W the cookie `token_v2` as hex,
percent-encoded and as it is, E the newest one, F the cookie `file_token`.
"""

PYTHON = (
    'notion_§ = Client(auth="«N»")',
    'try:\n    notion_§ = Client(\n        auth="«N»"\n    )\nexcept Exception:\n    pass',
    'NOTION_API_KEY_§ = "«N»"  # of the internal connection',
    "NOTION_TOKEN_§ = '«S»'\nheaders_§ = {'Authorization': f'Bearer {NOTION_TOKEN_§}'}",
    'import os\ntoken_§ = os.environ.get("NOTION_TOKEN", "«N»")',
    'import os as system_§\ntoken_§ = system_§.getenv("NOTION_TOKEN", "«N»")',
    'from os import getenv\ntoken_§ = getenv("NOTION_API_KEY", default="«S»")',
    'headers_§ = {"Authorization": "Bearer «S»", "Notion-Version": "2022-06-28"}',
    'headers_§ = {"Authorization": "Bearer " + "«S»"}',
    '# r = requests.get(url,\n#  headers={"Authorization": "Bearer " + "«S»"})',
    'client_§ = NotionClient("«S»")',
    'client_§ = NotionClient(token_v2="«H»")',
    'client_§ = NotionClient(token_v2="«V»")',
    '# app = NotionClient(token_v2="«V»")',
    'cookies_§ = {"token_v2": "«E»"}',
    "c1_§ = 'token_v2=«W»'",
    '#     "Cookie": "token_v2=«V»"',
    'headers_§ = {"Cookie": "file_token=«F»; token_v2=«V»"}',
    r'params_§ = {"OPENAPI_MCP_HEADERS": "{\"Authorization\": \"Bearer «N»\"}"}',
    'def main_§():\n    NOTION_TOKEN_§ = "«S»"\n    return NOTION_TOKEN_§',
    '# 在这里填写令牌\nnotion_token_§ = "«N»"\n# 不要提交',
    'url_§ = f"https://example.com/?token=«N»&page={1 + 1}"',
    'def query_§(token="«N»", *, secret: str = "«S»"):\n    return token, secret',
    'def run_§():\n    """Call it with «N» once."""',
    'data_§ = b"«N»"',
    'class Settings_§:\n    token = "«N»"\n    secrets = ["«S»", "«R»"]',
    'curl_§ = """\ncurl -H "Authorization: Bearer «N»" \\\n  https://api.notion.com\n"""',
    'assert "«N»" != "" and "x" in "«S»"',
    'key_§ = ("«N»"\n         "")',
    'check_§ = lambda token="«N»": token == r"«S»"',
    'headers_§ = {"Authorization": "Bearer %s" % "«N»", "x": "{}".format("«S»")}',
    'def os(): return "«N»"\nos_§ = [os for os in ("«S»",)]',
)

JAVASCRIPT = (
    'const notion_§ = new Client({ auth: "«S»" });',
    'const notion_§ = new Client({auth:"«S»"});',
    '// const notion_§ = new Client ({auth:"«S»",})',
    "const notion_§ = new Client({\n  auth: '«N»',\n});",
    "const auth_§ = process.env.NOTION_TOKEN || '«N»';",
    "const apiToken_§ = null || process.env.A || process.env.B || '«N»';",
    "const auth_§ = process.env.NOTION_TOKEN ?? '«N»';",
    "const headers_§ = { 'Authorization': `Bearer «N»` };",
    "const token_§ = 'Bearer «N»'",
    "//  'Authorization': 'Bearer «N»',",
    '// myHeaders.append("Authorization", "Bearer «S»")',
    "const NOTION_TOKEN_§ = 'secret_«N»';",
    '(function () {\n  const notionToken_§ = "«N»";\n  return notionToken_§;\n});',
    'const authToken_§ = "«S»"',
    "const CONFIG_§ = { NOTION_TOKEN: process.env.NOTION_TOKEN || '«N»' };",
    'const NOTION_TOKEN_§ = "«E»";',
    '// const tokenv2_§ =\n// "«E»"',
    'const FILE_TOKEN_§ = "«F»";',
    "const request_§ = { cookie: 'file_token=«F»; token_v2=«V»' };",
    "globalThis.props?.setProperty('NOTION_TOKEN', '«N»');",
    "var notion_token_§ = '«S»'",
    "const url_§ = `https://example.com/${1 + 1}?token=«N»&secret=«S»`;",
    '/**\n * @example new Client({ auth: "«N»" })\n */\nfunction query_§(token = "«N»") {}',
    'const byToken_§ = { "«N»": 1, ["«S»"]: 2 };',
    'switch (String(1)) {\n  case "«N»":\n    break;\n}',
    'const joined_§ = "Bearer " + "«N»" + ";";',
)

TYPESCRIPT = (
    'class Client_§ {\n  constructor(readonly options = { auth: "«S»" }) {}\n}',
    'const notion_§ = new Map(Object.entries({ auth: "«N»" }));',
    "const auth_§: string = process.env.NOTION_TOKEN || '«N»';",
    'const config_§ = { apiKey: process.env.NOTION_API_KEY || "«S»" };',
    "const chain_§: string = process.env.A || process.env.B || '«N»';",
    'function handler_§(): string {\n  const KEY_§ = "«N»";\n  return KEY_§;\n}',
    "const headers_§: Record<string, string> = { 'Authorization': `Bearer «N»` };",
    'const list_§: string[] = ["«N»", "«S»"];',
    'function query_§(token: string = "«N»"): string {\n  return token;\n}',
    '// const tokenv2_§ =\n// "«E»"',
    "enum Key_§ {\n  Token = '«N»',\n}",
    'type Token_§ = "«N»";',
    'const typed_§ = "«N»" as const;',
    "const url_§ = `https://example.com/${1 + 1}?token=«N»`;",
    "const length_§: number = '«N»'.length + \"Bearer «S»\".length;",
    "const request_§: { cookie: string } = { cookie: 'file_token=«F»; token_v2=«V»' };",
    'const either_§ = process.env.NOTION_TOKEN ?? "«N»";\neither_§.toUpperCase();',
    "/** Call it with «N». */\nconst documented_§ = 1;",
)

# A file of declarations only has no room for a value.
DECLARATIONS = (
    '// const notion_§ = new Client({ auth: "«S»" });',
    "/**\n * @example\n * const token = '«N»'\n */",
)

GO_DECLARATIONS = (
    'func newClient_§(token string) string { return token }\n\nvar client_§ = newClient_§("«S»")',
    'const notionToken_§ = "«N»"',
    'const (\n\tfirst_§        = 1\n\tsecret_§ string = "«S»"\n)',
    'var headers_§ = map[string]string{"Authorization": "Bearer «S»"}',
    'var raw_§ = `{"token": "«N»"}`',
    'type options_§ struct {\n\tToken string `json:"«N»"`\n}',
    '// client := notionapi.NewClient("«S»")',
    'var bytes_§ = []byte("«N»")',
    'func bearer_§() string { return "Bearer " + "«N»" }',
    'const used_§ = "«N»"\n\nvar array_§ [len(used_§)]int',
)

GO_STATEMENTS = (
    'var header_§ = map[string][]string{}\nheader_§["Authorization"] = []string{"Bearer «S»"}',
    'token_§ := "«N»"\n_ = token_§',
    'if token := "«N»"; token == "«S»" {\n\t_ = token\n}',
    'const local_§ = "«N»"\n_ = local_§',
    'switch "x" {\ncase "«N»":\n}',
    '// req.Header.Add("Authorization", "Bearer «S»")',
    'func(token string) { _ = token }("«S»")',
    'os := "«N»"\n_ = os',
)

JAVA_MEMBERS = (
    'static final String TOKEN_§ = "«N»";',
    'private final String token_§ = "Bearer «S»";',
    'static String bearer_§() {\n    return "Bearer " + "«S»";\n}',
    'static final String OLD_§ = "«N»";\n\n@Deprecated(since = OLD_§)\nvoid old_§() {}',
    (
        "static final java.util.Map<String, String> HEADERS_§ =\n"
        '    java.util.Map.of("Authorization", "Bearer «S»");'
    ),
    (
        'static class Shadow_§ {\n    String System = "x";\n\n    String token() {\n'
        '        return "«N»";\n    }\n}'
    ),
    (
        'enum Kind_§ {\n    FIRST("«N»");\n\n    final String token;\n\n'
        "    Kind_§(String token) {\n        this.token = token;\n    }\n}"
    ),
    '// .addHeader("Authorization", "Bearer «S»")',
)

JAVA_STATEMENTS = (
    'String token_§ = "«N»";',
    'String given_§ = System.getenv().getOrDefault("NOTION_TOKEN", "«S»");',
    'if ("«N»".isEmpty()) {\n    System.out.println("Bearer «S»");\n}',
    'switch ("x") {\n    case "«N»":\n        break;\n    default:\n}',
    'String text_§ = String.format("%s «N» %d", "a", 2);',
    'Runnable run_§ = () -> System.out.println("«N»");',
    'String joined_§ = "file_token=" + "«F»" + "; token_v2=«V»";',
    'StringBuilder builder_§ = new StringBuilder("{\\"token\\": \\"«N»\\"}").append("«S»");',
)

KOTLIN_DECLARATIONS = (
    'private const val TOKEN_§ = "«N»"',
    'private val headers_§ = mapOf("Authorization" to "Bearer «S»")',
    'private fun bearer_§(token: String = "«N»") = token',
    'private const val OLD_§ = "«N»"\n\n@Deprecated(OLD_§)\nprivate fun old_§() {}',
    'private val lazy_§: String by lazy { "«S»" }',
    'private class Shadow_§(val System: String) {\n    val token = "«N»"\n}',
    '// addHeader("Authorization", "Bearer «S»")',
)

KOTLIN_STATEMENTS = (
    'val token_§ = System.getenv("NOTION_TOKEN") ?: "«N»"',
    'println("Bearer «S»")',
    'when ("x") {\n    "«N»" -> {}\n    else -> {}\n}',
    'val text_§ = "%s «N» %d".format("a", 2)',
    'val raw_§ = """{"token": "«N»"}"""',
    'listOf(1).map { System -> "«S»" }',
    'val length_§ = "${"«N»".length} «S»"',
)

RUST_ITEMS = (
    '#[allow(dead_code)]\nconst TOKEN_§: &str = "«N»";',
    '#[allow(dead_code)]\nfn bearer_§() -> String {\n    format!("Bearer {}", "«S»")\n}',
    '#[allow(dead_code)]\nstatic HEADERS_§: [(&str, &str); 1] = [("Authorization", "Bearer «S»")];',
    '#[allow(dead_code)]\n#[deprecated(note = "«N»")]\nfn old_§() {}',
    (
        '#[allow(dead_code)]\nconst USED_§: &str = "«N»";\n'
        "#[allow(dead_code)]\nconst LENGTH_§: usize = USED_§.len();"
    ),
    '//  .bearer_auth("«S»")',
)

RUST_STATEMENTS = (
    'let _token_§ = "«N»";',
    'let _given_§ = std::env::var("NOTION_TOKEN").unwrap_or("«N»".to_string());',
    'let _text_§ = format!("{} «N» {:?}", 1, "a");',
    'if let "«N»" = "x" {}',
    'let _owned_§: String = String::from("«S»");',
    'let _raw_§ = r#"{"token": "«N»"}"#;',
)

RUBY = (
    "token_§ = '«N»'",
    'headers_§ = { "Authorization" => "Bearer «S»", auth: "«N»" }',
    'given_§ = ENV.fetch("NOTION_TOKEN", "«N»")',
    'other_§ = ENV["NOTION_KEY"] || "«S»"',
    'case "x"\nwhen "«N»" then 1\nend',
    "text_§ = <<~TEXT\n  Bearer «N» #{1 + 1}\nTEXT",
    'format("%s «N» %d", "a", 2)',
    "lambda_§ = ->(token = '«S»') { token }",
    "# Notion::Client.new(token: '«S»')",
    "list_§ = %w[«N» x]",
)

PHP = (
    "$token_§ = '«N»';",
    "$headers_§ = ['Authorization' => 'Bearer «S»', 'x' => \"«N»\"];",
    "$given_§ = \\getenv('NOTION_TOKEN') ?: '«N»';",
    "$other_§ = $_ENV['NOTION_KEY'] ?? '«S»';",
    "switch ('x') {\n    case '«N»':\n        break;\n}",
    "$text_§ = <<<TEXT\nBearer «N»\nTEXT;",
    "$printed_§ = sprintf('%s «N» %d', 'a', 2);",
    "$call_§ = function ($getenv, $token = '«S»') { return $token; };",
    "// Notion::create('«S»');",
)

PHP_MEMBERS = (
    "const TOKEN_§ = '«N»';",
    "private function bearer_§($token = 'Bearer «S»') { return $token; }",
    "const FIRST_§ = '«N»';\nconst HEADER_§ = 'Bearer ' . self::FIRST_§;",
)

CSHARP_MEMBERS = (
    'private const string Token_§ = "«N»";',
    'private static string Bearer_§() { return "Bearer " + "«S»"; }',
    'private static readonly string Read_§ = "«S»";',
    'private const string Old_§ = "«N»";\n[System.Obsolete(Old_§)]\nprivate void Use_§() { }',
    'private class Shadow_§ { public string Environment = "«N»"; }',
)

CSHARP_STATEMENTS = (
    'var token_§ = "«N»";',
    'var given_§ = System.Environment.GetEnvironmentVariable("NOTION_TOKEN") ?? "«S»";',
    'var text_§ = $"Bearer «N» {1 + 1}";',
    'var formatted_§ = string.Format("{0} «N»", "a");',
    'const string local_§ = "«N»";',
    'var verbatim_§ = @"{""token"": ""«S»""}";',
)

FILES = {
    "deploy.sh": '#!/bin/sh\nNOTION_TOKEN="${NOTION_TOKEN:-«N»}"\n'
    "cat > .env.local <<END\nNOTION_TOKEN=${NOTION_TOKEN:-«N»}\nEND\n"
    'export NOTION_FILE_TOKEN="«F»"\ncurl -H "Authorization: Bearer «S»" https://api.notion.com\n'
    "curl -H 'Authorization: Bearer «N»' https://api.notion.com\n",
    "compose.yaml": "# curl -H 'Authorization: Bearer «S»' \\\nservices:\n"
    "  app:\n    environment:\n      NOTION_TOKEN: «N»\n"
    "  job:\n    environment:\n      - NOTION_KEY=«N»\n",
    ".github/workflows/notion.yml": "jobs:\n  sync:\n    steps:\n      - uses: x/notion@v1\n"
    "        with:\n          notion_api_key: «S»\n",
    "notion.json": '{"notionToken": "«S»", "headers": [{"name": "Authorization", '
    '"value": "Bearer «N»"}]}\n',
    ".mcp.json": '{"mcpServers": {"notion": {"env": {"NOTION_TOKEN": "«N»", "OPENAPI_MCP_HEADERS": '
    '"{\\"Authorization\\": \\"Bearer «N»\\"}"}, "args": ["-e", "NOTION_TOKEN=«N»"]}}}\n',
    ".env": "NOTION_CLIENT_ID=1\nNOTION_CLIENT_SECRET=«S»\nVITE_NOTION_CLIENT_SECRET=«S»\n",
    "STATUS.md": "- NOTION_TOKEN: «N» ✅\n\n```ts\nNOTION_API_KEY: «S»\n```\n",
    "merge.js": '<<<<<<< HEAD\nconst notionToken = "«N»"\n=======\n'
    'const notionToken = "«N»"\n>>>>>>> other\n',
}
