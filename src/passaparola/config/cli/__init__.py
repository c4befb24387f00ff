"""The command line: `passaparola COMMAND …`, each command a file in `commands`, found by listing the folder.

With --json standard output carries exactly one object or list, whatever else is said goes to standard
error. A failure is one sentence on standard error and exit code 1, a wrong call exit code 2.
"""

import os
import sys
from collections.abc import Sequence

from passaparola.config.cli.command import Failure, Misuse


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    from passaparola.config.cli import running

    try:
        return running.run(list(sys.argv[1:] if arguments is None else arguments))
    except Misuse as misuse:
        return _refuse(misuse, 2)
    except Failure as failure:
        return _refuse(failure, 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has had enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except Exception as error:  # noqa: BLE001 - people at a terminal are owed a sentence
        return _refuse(error, 1)


def _refuse(error: Exception, code: int) -> int:
    if os.environ.get("PASSAPAROLA_LOG", "").lower() == "debug":
        import traceback

        traceback.print_exception(error)
    elif isinstance(error, Failure):
        print(error, file=sys.stderr)
    else:
        from passaparola.config.cli import sentences

        print(sentences.about(error), file=sys.stderr)
    return code
