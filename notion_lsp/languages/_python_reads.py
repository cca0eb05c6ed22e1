"""What reads a variable in Python, what loads `.env`, and what lookups import."""

from notion_lsp.languages._python_fields import FIELD, MODEL_FIELD
from notion_lsp.loader import Loader
from notion_lsp.lookup import Lookup, Requirement

OS = Requirement("os", "import os", "os", aliased="import os as _os", alias="_os")
FUNCTOOLS = Requirement(
    "functools",
    "import functools",
    "functools",
    aliased="import functools as _functools",
    alias="_functools",
)
THREADS = Requirement(
    "concurrent.futures",
    "from concurrent.futures import ThreadPoolExecutor",
    "ThreadPoolExecutor",
    member="ThreadPoolExecutor",
    aliased="from concurrent.futures import ThreadPoolExecutor as _ThreadPoolExecutor",
    alias="_ThreadPoolExecutor",
)
LOAD_DOTENV = Requirement(
    "dotenv",
    "from dotenv import load_dotenv",
    "load_dotenv",
    member="load_dotenv",
    aliased="from dotenv import load_dotenv as _load_dotenv",
    alias="_load_dotenv",
    standard=False,
)
FIELDS = (FIELD, MODEL_FIELD)
# It raises where nothing is set; an f-string would write the `None` of `os.getenv` as a word.
ENVIRONMENT = Lookup(
    '{os}.environ["{name}"]',
    (OS,),
    lenient='{os}.environ.get("{name}", "")',
    elsewhere=FIELDS,
)
DOTENV = Loader(
    r"\bload_dotenv(?:\(|=True\b)|\bread_(?:dot)?env\(|%(?:load_ext )?dotenv\b",
    "load_dotenv() of python-dotenv",
    "python-dotenv",
    LOAD_DOTENV,
    "{load_dotenv}()",
    # python-decouple, pydantic's settings, Starlette.
    library=r"\bfrom decouple import\b|\benv_file\b|\bConfig\(\s*[\"']\.env\b",
)
