"""What reads a variable in PHP, and what loads `.env`."""

from notion_lsp.loader import Loader
from notion_lsp.lookup import Lookup
from notion_lsp.runtime import Runtime, in_any

_STOPS = r"throw new \RuntimeException('{name} is not set')"
ENVIRONMENT = Lookup(
    rf"\getenv('{{name}}') ?: {_STOPS}",
    compound=True,
    stops=_STOPS,
    lenient=r"\getenv('{name}') ?: ''",
)
DOTENV = Loader(r"->(?:load|safeLoad|loadEnv|bootEnv)\(", "vlucas/phpdotenv")
# What these libraries load is not in `getenv`, and what is set outside is in `$_ENV` only where
# `variables_order` of php.ini says so: both are in `$_SERVER` (phpdotenv, "Putenv and Getenv";
# symfony.com, "Configuring Environment Variables").
_SERVER = Lookup(
    f"$_SERVER['{{name}}'] ?? {_STOPS}",
    compound=True,
    stops=_STOPS,
    lenient="$_SERVER['{name}'] ?? ''",
)
# laravel.com, configuration: `env` reads in these files alone, all of which are read at each start.
_LARAVEL = Lookup("env('{name}')", lenient="env('{name}')")
PHP_RUNTIMES = (
    Runtime(
        "php",
        _LARAVEL,
        path=r"/config/[^/]+\.php$",
        beside=in_any("artisan"),
        dotenv=Loader(r"\A", "Laravel"),
    ),
    Runtime(
        "php",
        _SERVER,
        text=r"\bDotenv::create(?!Unsafe)\w+\(|\bnew (?:\\?(?:\w+\\)+)?Dotenv\(\)",
        dotenv=DOTENV,
    ),
    Runtime(
        "php",
        _SERVER,
        unless=r"\bcreateUnsafe|\busePutenv\b",
        beside=in_any(
            "composer.json", r'"(?:vlucas/phpdotenv|symfony/(?:dotenv|runtime|framework-bundle))"'
        ),
        # Laravel puts what it loads into `getenv` as well.
        instead=in_any("artisan") + in_any("composer.json", r'"laravel/framework"'),
        dotenv=DOTENV,
    ),
)
