"""How Node.js gets a `.env` file, in JavaScript and in TypeScript."""

from notion_lsp.lookup import Loader

DOTENV = Loader(
    r"dotenv/config|\bdotenv\b[\s\S]*\bconfig\(|\bloadEnvFile\(|\bloadEnvConfig\(",
    "node --env-file=.env",
)
