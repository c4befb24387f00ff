"""A whole installation in a folder of its own, used the way people use it: through its command line."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

import passaparola

SOURCE = str(Path(passaparola.__file__).parent.parent)
_OURS = ("DATABASE_URL", "MAIL_URL", "DJANGO_SETTINGS_MODULE")


class Installation:
    """Commands with one data folder; nothing set from outside gets through but what is given here."""

    def __init__(self, data: Path, **environ: str) -> None:
        self.data = data
        self.port = _free_port()
        self._served: list[Serving] = []
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PASSAPAROLA_")}
        for name in _OURS:
            clean.pop(name, None)
        self.environ = clean | {"PYTHONPATH": SOURCE, "PASSAPAROLA_WEB_PROCESSES": "1", **environ}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(*words), env=self.environ, capture_output=True, text=True, check=False, timeout=90
        )

    def answer(self, *words: str) -> Any:
        """Return what a command answers with --json; anything else on standard output is a failure."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def serve(self, *words: str) -> "Serving":
        command = self._command("serve", "--port", str(self.port), *words)
        serving = Serving(
            self, subprocess.Popen(command, env=self.environ, stdout=subprocess.PIPE, text=True)
        )
        self._served.append(serving)
        return serving

    def close(self) -> None:
        """End whatever a failed test left running."""
        for serving in self._served:
            if serving.process.poll() is None:
                serving.end(signal.SIGKILL)
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def processes(self) -> set[int]:
        """Everything that has to do with the data folder and still lives."""
        found = set()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                environ = (process / "environ").read_bytes()
                place = (process / "cwd").resolve()
                state = (process / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            is_ours = str(self.data).encode() in environ or self.data in place.parents
            if is_ours and state != "Z":
                found.add(int(process.name))
        return found

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-P", "-m", "passaparola.config.cli", *words, "--data", str(self.data)]


class Serving:
    """A running `serve`."""

    def __init__(self, installation: Installation, process: "subprocess.Popen[str]") -> None:
        self.installation = installation
        self.process = process
        assert process.stdout is not None
        self.announced = process.stdout.readline()

    def status(self, path: str = "/") -> int:
        """Return the status of a page, however long the web server takes to come back."""
        address = f"http://127.0.0.1:{self.installation.port}{path}"
        for _ in range(200):
            try:
                with urllib.request.urlopen(address, timeout=10) as response:
                    return int(response.status)
            except urllib.error.HTTPError as refusal:
                refusal.close()
                return refusal.code
            except OSError:
                time.sleep(0.1)
        raise AssertionError("The web server does not answer.")

    def children(self) -> dict[int, str]:
        """The living children by number, with their command lines."""
        found = {}
        for pid in self.installation.processes():
            with suppress(OSError):  # it may end while we look
                status = Path(f"/proc/{pid}/status").read_text()
                if int(status.split("PPid:")[1].split()[0]) == self.process.pid:
                    found[pid] = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        code = self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def _free_port() -> int:
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return int(attempt.getsockname()[1])
