"""How Node.js gets a `.env` file, in JavaScript and in TypeScript."""

from notion_lsp.loader import Loader
from notion_lsp.lookup import Requirement

DOTENV = Loader(
    r"dotenv/config|\bdotenv\b(?:(?!\bdotenv\b)[\s\S])*\bconfig\(|\bloadEnvFile\(|\bloadEnvConfig\(",
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
