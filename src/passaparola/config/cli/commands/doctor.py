"""`passaparola doctor`: what is not as it should be, each finding with its mend."""

import os
from argparse import Namespace
from dataclasses import asdict

from passaparola.config.checks import Finding, Level
from passaparola.config.cli.command import Answer, Command, Needs


def run(options: Namespace) -> Answer:
    """Check everything that can be checked from here; not good as soon as there is a problem."""
    del options
    from passaparola.config import checks, environment

    found = list(checks.examine(environment.read(os.environ)))
    is_good = all(one.level is not Level.PROBLEM for one in found)
    return Answer([asdict(one) for one in found], "\n".join(map(_line, found)), is_good)


def _line(finding: Finding) -> str:
    mend = f"\n{'':11}{finding.mend}" if finding.mend else ""
    return f"{finding.level:<10} {finding.check}: {finding.says}{mend}"


command = Command("Check database, tables, mail, clock and webhooks.", run, needs=Needs.NOTHING)
