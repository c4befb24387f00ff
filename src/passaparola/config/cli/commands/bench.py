"""`passaparola bench`: the table of figures, measured on this machine, now."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import passaparola
from passaparola.config.cli.command import Command, Failure, Needs


def arguments(parser: ArgumentParser) -> None:
    """Take what bin/bench takes."""
    parser.add_argument("name", nargs="*", help="what to measure; all where none is given")
    parser.add_argument("--quick", action="store_true", help="smaller loads")
    parser.add_argument(
        "--chaos", action="store_true", help="kill processes at random and count what is left"
    )


def run(options: Namespace) -> None:
    """Run bin/bench, which brings a database of its own: no shop is touched."""
    root = Path(passaparola.__file__).parents[2]
    if not (root / "bench" / "__main__.py").exists():
        raise Failure("The benches come with the source code: run this from a clone of the repository.")
    flags = [f"--{name}" for name in ("quick", "chaos", "json") if getattr(options, name)]
    command = [sys.executable, "-m", "bench", *options.name, *flags]
    # Its answer goes straight to our own standard output, whatever ours is turned to meanwhile.
    done = subprocess.run(command, cwd=root, stdout=sys.__stdout__, check=False)
    if done.returncode:
        raise Failure("The bench could not be run to its end.")


command = Command("Measure what the project promises.", run, arguments, needs=Needs.NOTHING)
