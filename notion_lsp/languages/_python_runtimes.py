"""Where Python runs otherwise than in CPython, and what reads a variable there."""

from __future__ import annotations

from dataclasses import replace

from notion_lsp.languages._python_reads import DOTENV, ENVIRONMENT, FIELDS, OS
from notion_lsp.lookup import Definition, Lookup, Remains, Requirement
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, in_any


def _imports(modules: str) -> str:
    return rf"^[ \t]*(?:import|from)[ \t]+(?:{modules})\b"


# docs.circuitpython.org, environment variables: there is `os.getenv`, and no `os.environ`.
_CIRCUITPYTHON = Lookup(
    '{require_env}("{name}")',
    (OS,),
    Definition(
        "require_env",
        """\
def {require_env}(name):
    value = {os}.getenv(name)
    if not value:
        raise RuntimeError(name + " is not set")
    return value""",
        signature=r"(?s)require_env\(\w+\).*\bgetenv\b.*\braise\b",
    ),
    remains=(Remains("Write {} into settings.toml on the board.", "{name}"),),
    elsewhere=FIELDS,
)
# research.google.com, Colab, secrets: `get` raises where there is no such secret.
_COLAB = Lookup(
    '{userdata}.get("{name}")',
    (
        Requirement(
            "google.colab",
            "from google.colab import userdata",
            "userdata",
            member="userdata",
            aliased="from google.colab import userdata as _userdata",
            alias="_userdata",
            standard=False,
        ),
    ),
    action="Read it from the secret {name} of Colab",
    remains=(Remains("Add {} to the secrets of the notebook in Colab.", "{name}"),),
    elsewhere=FIELDS,
)

# kaggle.com, UserSecretsClient: `get_secret` raises where there is no such secret.
_KAGGLE = Lookup(
    '{UserSecretsClient}().get_secret("{name}")',
    (
        Requirement(
            "kaggle_secrets",
            "from kaggle_secrets import UserSecretsClient",
            "UserSecretsClient",
            member="UserSecretsClient",
            aliased="from kaggle_secrets import UserSecretsClient as _UserSecretsClient",
            alias="_UserSecretsClient",
            standard=False,
        ),
    ),
    action="Read it from the secret {name} of Kaggle",
    remains=(Remains("Add {} to the secrets of the notebook in Kaggle.", "{name}"),),
    elsewhere=FIELDS,
)


# docs.marimo.io, notebooks as scripts: a cell sees what other cells define, and no import above.
_MARIMO = Lookup(
    '__import__("os").environ["{name}"]', lenient='__import__("os").environ.get("{name}", "")'
)


def _started_elsewhere(sentence: str) -> Lookup:
    return replace(ENVIRONMENT, remains=(Remains(sentence, "{name}"),))


# modal.com, Secrets: what a function names in `secrets` is in its environment.
_MODAL = _started_elsewhere("Add {} to a secret of Modal, and name it in the function's secrets.")
_RAY = _started_elsewhere("Hand {} to Ray's workers, as env_vars of its runtime_env.")
_SPARK = _started_elsewhere("Set {} where the code runs: on executors as spark.executorEnv.")
_DASK = _started_elsewhere("Set {} where the code runs, also where Dask's workers do.")

RUNTIMES = (
    Runtime(
        "python-stub",
        Refused("A stub is never run, and its values are for readers: write ... in place of it."),
        path=r"\.pyi$",
    ),
    Runtime(
        "colab",
        _COLAB,
        title="Colab",
        text=_imports(r"google\.colab") + r"|\"colab\"\s*:\s*\{",
    ),
    Runtime("kaggle", _KAGGLE, title="Kaggle", text=_imports("kaggle_secrets")),
    Runtime("python", _MARIMO, text=r"\bmarimo\.App\("),
    Runtime("python", _MODAL, text=_imports("modal"), dotenv=DOTENV),
    Runtime("python", _RAY, text=_imports("ray"), dotenv=DOTENV),
    Runtime("python", _SPARK, text=_imports("pyspark"), dotenv=DOTENV),
    Runtime("python", _DASK, text=_imports(r"dask|distributed"), dotenv=DOTENV),
    Runtime(
        "anki",
        Refused(
            "An add-on of Anki runs at whoever installs it: keep the token in its configuration, "
            "with addonManager.getConfig."
        ),
        text=_imports("aqt|anki"),
    ),
    Runtime(
        "sublime",
        Refused("A plugin of Sublime Text has settings: keep the token in those of its user."),
        text=_imports("sublime|sublime_plugin"),
    ),
    Runtime(
        "kodi",
        Refused("An add-on of Kodi has settings: keep the token in those of its user."),
        text=_imports(r"xbmc\w*"),
    ),
    Runtime(
        "python-application",
        Refused("This application ships to whoever installs it: read the token on a server."),
        beside=(
            *in_any("buildozer.spec"),
            *in_any("pyproject.toml", r"(?m)^\[tool\.briefcase"),
        ),
    ),
    Runtime(
        "python-in-browser",
        Refused("This Python runs in the browser, for everyone to read: ask a server of yours."),
        text=_imports("js|pyodide|pyodide_js|pyscript|micropip")
        # brython.info, the package browser.
        + r"|^from browser import .*\b(?:aio|ajax|alert|bind|document|html|timer|window)\b",
    ),
    Runtime(
        "python-worker",
        Refused("A Worker of Cloudflare has its variables in env: read the token from self.env."),
        text=_imports("workers") + r"(?=.*\b(?:WorkerEntrypoint|Response|handler)\b)",
    ),
    Runtime(
        "micropython",
        Refused(
            "MicroPython has no environment: keep the token in a file on the board, out of git."
        ),
        text=_imports(r"micropython|urequests|umqtt|ubinascii|uasyncio|esp32|rp2|pyb")
        + r"|^[ \t]*import machine[ \t]*$"
        r"|^[ \t]*from machine import .*\b(?:ADC|I2C|PWM|Pin|RTC|SPI|Timer|UART|WDT)\b"
        r"|\bnetwork\.WLAN\(",
    ),
    Runtime(
        "circuitpython",
        _CIRCUITPYTHON,
        title="CircuitPython",
        text=_imports(r"board|digitalio|busio|microcontroller|socketpool|wifi|adafruit_\w+"),
    ),
)
