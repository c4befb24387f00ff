"""A child process that dies with its parent, even when the parent is killed with SIGKILL.

Linux keeps this promise (PR_SET_PDEATHSIG); elsewhere it is left out, and whoever starts next cleans up.
Run as a script it ties itself to its parent and becomes the program it is given: this is how programs
that aren't ours are tied, without running Python code between fork and exec in a threaded process.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

_PR_SET_PDEATHSIG = 1


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Have the kernel send this process a signal when the thread that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)


def command(program: Sequence[str], number: int = signal.SIGTERM) -> list[str]:
    """Return the command that runs a program tied to the process that starts it."""
    # -I -S: a bare interpreter, there in 20 ms and deaf to what is set for Python outside.
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), str(number), *program]


def _become(parent: str, number: str, *program: str) -> None:
    die_with_parent(int(number))
    if os.getppid() != int(parent):  # it died before the kernel knew of our wish
        sys.exit(1)
    os.execvp(program[0], program)  # noqa: S606 - no shell is what we want


if __name__ == "__main__":
    _become(*sys.argv[1:])
