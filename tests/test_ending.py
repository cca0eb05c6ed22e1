"""A process that a terminal or the system asks to end."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")

# Python prints what is raised here, and goes on.
IN_A_FINALISER = """
class Made:
    def __del__(self):
        os.kill(os.getpid(), number)
Made()
"""
# The main thread has nothing else to do, and runs the handler at once.
WHILE_ANOTHER_THREAD_WRITES = """
from threading import Event, Thread
writes, came = Event(), Event()
def write():
    with held():
        writes.set()
        came.wait()
        print("written", flush=True)
writer = Thread(target=write)
writer.start()
writes.wait()
os.kill(os.getpid(), number)
came.set()
writer.join()
"""


def output(program: str, name: str, before: str = "SIG_DFL") -> tuple[int, str]:
    """Return the exit code of a process, and what it prints."""
    script = f"""
import os, signal
from notion_lsp.ending import end_on_signals, held
number = signal.{name}
signal.signal(number, signal.{before})
end_on_signals()
{program}
print("goes on", flush=True)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_no_signal_is_lost_where_an_exception_would_be(name: str, code: int) -> None:
    assert output(IN_A_FINALISER, name) == (code, "")


def test_a_signal_waits_for_what_another_thread_writes() -> None:
    assert output(WHILE_ANOTHER_THREAD_WRITES, "SIGTERM") == (143, "written\n")


def test_a_signal_that_is_to_be_ignored_stays_so() -> None:
    assert output(IN_A_FINALISER, "SIGHUP", before="SIG_IGN") == (0, "goes on\n")
