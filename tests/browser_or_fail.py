"""Whether browser tests really ran: PASSAPAROLA_BROWSER_TESTS=required fails a run without any."""

import os

import pytest

_ran: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count those that got as far as running, here or in one of xdist's workers."""
    if report.when == "call" and "browser" in report.keywords and not report.skipped:
        _ran.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where they had to run and did not."""
    if _is_required() and not _ran and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line whether pages were looked at."""
    if _ran:
        terminalreporter.write_line(f"Browser tests: {len(_ran)} ran.")
    elif _is_required():
        terminalreporter.write_line("FAILED: no browser test ran, and here they have to.")
    else:
        terminalreporter.write_line("Browser tests: none ran; they need Chromium (or PASSAPAROLA_CHROMIUM).")


def _is_required() -> bool:
    return os.environ.get("PASSAPAROLA_BROWSER_TESTS") == "required"
