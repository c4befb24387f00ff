"""`passaparola doctor`: what is not as it should be, each finding with its mend."""

import os
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from passaparola.config.checks import Finding, Level
from passaparola.config.cli.command import Answer, Command, Misuse, Needs


def arguments(parser: ArgumentParser) -> None:
    """Take how the names of mail are looked up; without anything, as this machine does it."""
    parser.add_argument(
        "--resolver", default="", metavar="HOST[:PORT]", help="name server asked for SPF, DKIM and DMARC"
    )
    parser.add_argument(
        "--selector",
        action="append",
        default=[],
        metavar="NAME",
        help="name of a DKIM key of the shop's domain",
    )


def run(options: Namespace) -> Answer:
    """Check everything that can be checked from here; not good as soon as there is a problem."""
    from passaparola.config import checks, environment

    try:
        names = checks.Asking(resolver=options.resolver, selectors=tuple(options.selector))
        found = list(checks.examine(environment.read(os.environ), names))
    except ValueError as error:
        raise Misuse(str(error)) from error
    is_good = all(one.level is not Level.PROBLEM for one in found)
    return Answer([asdict(one) for one in found], "\n".join(map(_line, found)), is_good)


def _line(finding: Finding) -> str:
    mend = f"\n{'':11}{finding.mend}" if finding.mend else ""
    return f"{finding.level:<10} {finding.check}: {finding.says}{mend}"


command = Command("Check database, tables, mail, clock and webhooks.", run, arguments, needs=Needs.NOTHING)
