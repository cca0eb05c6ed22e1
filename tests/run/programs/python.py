"""Python."""

import kits

from programs import Program

_TEXT = """
import os
import urllib.request

HEADERS = {"Authorization": "Bearer TOKEN"}
urllib.request.urlopen(urllib.request.Request(os.environ["RECEIVER"], headers=HEADERS))
"""
_ASYNC = """
import asyncio
import os
import urllib.request


async def main():
    request = urllib.request.Request(os.environ["RECEIVER"])
    request.add_header("Authorization", "Bearer " + "TOKEN")
    urllib.request.urlopen(request)


asyncio.run(main())
"""

PROGRAMS = [
    Program(
        name,
        "python",
        "program.py",
        text,
        run=lambda folder: [kits.python() / "python", folder / "program.py"],
    )
    for name, text in (("python", _TEXT), ("python-async", _ASYNC))
]
