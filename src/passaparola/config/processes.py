"""One tree of processes: started together, kept alive, stopped together, and never left behind.

Children are tied to this process: if it is killed, the kernel ends them.
"""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from types import FrameType

from passaparola.kernel import tied

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 0.1
_HEAD_START_SECONDS = 10.0
_GRACE_SECONDS = 15.0
"""For the batch and the requests in hand."""
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0
_STEADY_SECONDS = 10.0
"""A child that lived this long died by accident, not by a fault it will die of again."""


@dataclass(frozen=True, slots=True)
class Program:
    """What one child runs."""

    name: str
    command: Sequence[str]


def ours(*words: str) -> list[str]:
    """Return the command that runs another `passaparola` command, installed or not."""
    return [sys.executable, "-P", "-m", "passaparola.config.cli", *words]


@contextmanager
def stop_on_signals() -> Iterator[Event]:
    """Give an event that Ctrl-C or a polite request to end sets; a second Ctrl-C interrupts for real."""
    stopping = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        if stopping.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stopping.set()

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for number, handler in before.items():
        # `nohup` means that hanging up is ignored; a shell that ignores Ctrl-C for us means only its own.
        if number != signal.SIGHUP or handler is not signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(
    programs: Sequence[Program],
    stopping: Event,
    *,
    first_is_up: Callable[[], bool] = lambda: True,
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Run programs until `stopping` is set, starting again what dies; `meanwhile` is called all the while.

    The first has the machine for itself until it is up (or ten seconds have passed): all at once would take
    each of them as long as all of them together, and somebody waits for the first.
    """
    children = [_Child(program) for program in programs]
    others = children[1:]
    until = time.monotonic() + _HEAD_START_SECONDS
    try:
        children[0].start()
        while not stopping.wait(_LOOK_SECONDS):
            if others and (first_is_up() or time.monotonic() > until):
                for child in others:
                    child.start()
                others = []
            for child in children:
                child.look_after()
            meanwhile()
    finally:
        _stop(children)


@dataclass(slots=True)
class _Child:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = _FIRST_PAUSE
    died: float | None = field(default=None)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches us alone, and the children end in order.
        self.process = subprocess.Popen(
            tied.command(self.program.command), stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.started, self.died = time.monotonic(), None

    def look_after(self) -> None:
        """Start it again once it has died, a little later each time it dies young."""
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if self.died is None:
            self.died = now
            is_steady = now - self.started > _STEADY_SECONDS
            self.pause = _FIRST_PAUSE if is_steady else min(self.pause * 2, _LONGEST_PAUSE)
            code = self.process.returncode
            logger.warning("%s ended unexpectedly (%s) and is started again.", self.program.name, code)
        if now - self.died >= self.pause:
            self.start()


def _stop(children: Sequence[_Child]) -> None:
    """Ask all at once, wait for each, and end whoever has not ended by then with all it started."""
    living = [child.process for child in children if child.process and child.process.poll() is None]
    for process in living:
        process.terminate()
    until = time.monotonic() + _GRACE_SECONDS
    for process in living:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
