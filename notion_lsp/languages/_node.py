"""How Node.js gets a `.env` file, in JavaScript and in TypeScript."""

from notion_lsp.lookup import Loader, Requirement

DOTENV = Loader(
    r"dotenv/config|\bdotenv\b[\s\S]*\bconfig\(|\bloadEnvFile\(|\bloadEnvConfig\(",
    "node --env-file=.env",
    "dotenv",
    Requirement(
        "dotenv/config",
        'import "dotenv/config";',
        "dotenv/config",
        standard=False,
        commonjs='require("dotenv/config");',
    ),
)
