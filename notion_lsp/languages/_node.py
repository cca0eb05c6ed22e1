"""How Node.js gets a `.env` file, in JavaScript and in TypeScript."""

from notion_lsp.loader import Loader
from notion_lsp.lookup import Requirement

DOTENV = Loader(
    r"dotenvx?/config|\bdotenvx?\b(?:(?!\bdotenvx?\b)[\s\S])*\bconfig\(|\bloadEnv(?:File|Config)\(",
    "node --env-file=.env",
    "dotenv",
    Requirement(
        "dotenv/config",
        'import "dotenv/config";',
        "dotenv/config",
        member="dotenv/config",
        standard=False,
        commonjs='require("dotenv/config");',
    ),
)
