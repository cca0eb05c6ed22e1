"""Where Python runs otherwise than in CPython, and what reads a variable there."""

from __future__ import annotations

from notion_lsp.languages._python_reads import OS
from notion_lsp.lookup import Definition, Lookup, Remains, Requirement
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime


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
)

RUNTIMES = (
    Runtime(
        "colab",
        _COLAB,
        title="Colab",
        text=_imports(r"google\.colab"),
    ),
    Runtime(
        "python-in-browser",
        Refused("This Python runs in the browser, for everyone to read: ask a server of yours."),
        text=_imports("js|pyodide|pyodide_js|pyscript"),
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
