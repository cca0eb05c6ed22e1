"""`python -m benchmarks [PART…]`: measure all, or some parts."""

from __future__ import annotations

import sys

from benchmarks import (
    check,
    detection,
    exposure,
    history,
    keystroke,
    large,
    lightbulb,
    organization,
    search,
    soak,
    startup,
    tree,
)

PARTS = {
    "keystroke": keystroke.main,
    "lightbulb": lightbulb.main,
    "startup": startup.main,
    "check": check.main,
    "large": large.main,
    "detection": detection.main,
    "tree": tree.main,
    "search": search.main,
    "history": history.main,
    "exposure": exposure.main,
    "organization": organization.main,
    "soak": soak.main,
}
# It takes an hour: only who names it waits for it.
_UNASKED = [name for name in PARTS if name != "soak"]


def main(arguments: list[str]) -> int:
    """Measure the parts named, else all but the soak; 2 when one has no such name."""
    unknown = [name for name in arguments if name not in PARTS]
    if unknown:
        print(f"{', '.join(unknown)}: the parts are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in arguments or _UNASKED:
        PARTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
