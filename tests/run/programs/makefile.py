"""GNU make, whose recipe asks with curl."""

from programs import Program

_TEXT = """\
AUTH = Authorization: Bearer TOKEN

all:
\t@curl --fail --silent --header '$(AUTH)' "$$RECEIVER"
"""

PROGRAMS = [
    Program(
        "makefile",
        "makefile",
        "Makefile",
        _TEXT,
        run=lambda folder: ["make", "--file", folder / "Makefile"],
        needs=("make", "curl"),
        is_kept=False,
    )
]
