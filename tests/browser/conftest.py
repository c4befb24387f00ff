"""Fixtures for tests in a real, headless Chromium.

    def test_the_orders_page_looks_right(page, sign_in, sara, look_over):
        sign_in(page, sara)
        page.goto("/office/orders/")
        look_over(page, "orders")

`page` talks to the live server (addresses may be relative) and fails the test when the browser complained:
a script's error, a blocked style, a missing file. `bare` is the same without scripts. Each has a tab of its own, in a
profile that is emptied after each test. `look_over` does all of the following in one go:
`axe` (no violation, no undecided contrast), `fits` (no sideways scroll at 360 pixels) and pictures (phone and
desktop, by day and by night, English and Italian, into `screenshots/`: look at them). `look_at` does the same for
customers' pages, which take their language from the address. A page that is open in the first of the languages is
looked at as it is, and both leave it open in the second. Where nobody looks, PASSAPAROLA_SCREENSHOTS=no saves the
pictures.

The browser is PASSAPAROLA_CHROMIUM, or a Chromium in its usual place; without one these tests are skipped.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from passaparola.kernel.ui.assets import build_assets
from passaparola.stores.models import Member

# Playwright runs an event loop in this thread; Django takes that for asynchronous code and refuses.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
NARROWEST = {"width": 360, "height": 740}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that night can break: it changes colours and nothing else."""
_SETTLED = """
    () => document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < Infinity)
                  .forEach(one => one.finish())
"""
_AXE = """
    options => axe.run(options).then(({violations, incomplete}) => ({violations, incomplete}))
"""
QUIETLY = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def chromium() -> str | None:
    """The browser's program, or None where there is none."""
    named = os.environ.get("PASSAPAROLA_CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is a browser test; without a browser all are skipped, with one reason."""
    here = Path(__file__).parent
    skip = None if chromium() else pytest.mark.skip(reason="No Chromium found: set PASSAPAROLA_CHROMIUM.")
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if skip:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def browser(live_server: LiveServer, django_db_setup: None) -> Iterator[Browser]:
    """Closed before the database goes, and no sooner: the server's threads stay connected to it until then."""
    build_assets()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=QUIETLY)
        yield running
        running.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(10)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; a test that provokes it on purpose empties the list."""
    return []


@pytest.fixture(scope="session")
def profile(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """One for all tests, emptied after each: to make one takes a second of a processor, a tab a fifth of that."""
    with browser.new_context(base_url=live_server.url, viewport=DESKTOP, locale="en-GB") as made:
        made.new_page()  # never closed: with its last tab goes the window, which costs as much as the profile
        yield made


@pytest.fixture(scope="session")
def bare_profile(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=live_server.url, java_script_enabled=False) as made:
        made.new_page()
        yield made


def _empty(profile: BrowserContext, address: str) -> None:
    """Leave nothing for the next test: as if the profile were new."""
    kept, *opened = profile.pages
    for tab in opened:
        tab.close()
    profile.clear_cookies()
    profile.clear_permissions()
    chromium = profile.new_cdp_session(kept)
    chromium.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})
    chromium.send("Network.clearBrowserCache")
    chromium.detach()


@pytest.fixture
def page(profile: BrowserContext, live_server: LiveServer, complaints: list[str]) -> Iterator[Page]:
    opened = profile.new_page()
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    _empty(profile, live_server.url)
    assert not complaints, "The browser complained: " + " | ".join(complaints)


@pytest.fixture
def bare(bare_profile: BrowserContext, live_server: LiveServer) -> Iterator[Page]:
    """A page on which no script runs."""
    opened = bare_profile.new_page()
    yield opened
    _empty(bare_profile, live_server.url)


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, Member], None]:
    """Sign a member in without the sign-in page, which has its own tests."""

    def sign(page: Page, member: Member) -> None:
        client = Client()
        client.force_login(member)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )

    return sign


def _undecided(finding: dict) -> dict | None:
    """Contrast that axe left open. It never decides on letters drawn inside a chart; their colours are
    checked as tokens in the stylesheet's own test.
    """
    nodes = [node for node in finding["nodes"] if not node["html"].startswith("<text")]
    return finding | {"nodes": nodes} if finding["id"] == "color-contrast" and nodes else None


def _told(finding: dict) -> str:
    nodes = "\n    ".join(
        f"{' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for node in finding["nodes"][:6]
    )
    return f"{finding['id']}: {finding['help']}\n    {nodes}"


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fail on what axe finds wrong, and on contrast that it could not decide; `rules` are those to look for."""

    def check(page: Page, rules: Sequence[str] = ()) -> None:
        only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": STANDARDS}
        if not page.evaluate("'axe' in window"):  # half a megabyte: once for each document
            page.evaluate(AXE_SCRIPT)
        found = page.evaluate(_AXE, {"runOnly": only, "resultTypes": ["violations", "incomplete"]})
        undecided = filter(None, map(_undecided, found["incomplete"]))
        wrong = [_told(finding) for finding in (*found["violations"], *undecided)]
        assert not wrong, f"{page.url}\n" + "\n".join(wrong)

    return check


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """Fail when the page can be scrolled sideways on the narrowest phone, and leave it there."""

    def check(page: Page) -> None:
        page.set_viewport_size(NARROWEST)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROWEST["width"], f"{page.url} is {wide} pixels wide on a phone of 360."

    return check


def shoot(page: Page, name: str) -> None:
    """Take a picture of the whole page, unless nobody looks."""
    if os.environ.get("PASSAPAROLA_SCREENSHOTS") == "no":
        return
    SCREENSHOTS.mkdir(exist_ok=True)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, animations="disabled")


Check = Callable[..., None]


@pytest.fixture
def look_over(axe: Check, fits: Check) -> Callable[[Page, str], None]:
    """Everything at once: pictures in every look, axe in the English ones, no sideways scroll in any language."""

    def look(page: Page, name: str) -> None:
        address = page.url
        site = "/".join(address.split("/")[:3])

        def load(language: str) -> None:
            page.context.add_cookies(
                [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": site}]
            )
            page.goto(address)

        for language in _each_spoken(page, ("en", "it"), load):
            _in_each_look(page, f"{name}-{{}}-{language}", fits, axe if language == "en" else None)

    return look


@pytest.fixture
def look_at(page: Page, axe: Check, fits: Check) -> Callable[..., None]:
    """The same for a page of customers: there the address says the language, or `load` knows what does."""

    def look(name: str, load: Callable[[str], None] | None = None) -> None:
        address = page.url.split("?")[0]

        def load_by_address(language: str) -> None:
            page.goto(f"{address}?lang={language}")

        for language in _each_spoken(page, ("it", "en"), load or load_by_address):
            _in_each_look(page, f"{name}-{{}}-{language}", fits, axe if language == "en" else None)

    return look


def _each_spoken(page: Page, languages: Sequence[str], load: Callable[[str], None]) -> Iterator[str]:
    """Have the page speak each of them; it is not loaded anew for the first where it does so already."""
    for language in languages:
        if language != languages[0] or _spoken(page) != language:
            load(language)
        assert _spoken(page) == language, f"{page.url} does not speak {language!r}."
        yield language


def _spoken(page: Page) -> str:
    page.wait_for_load_state()
    return str(page.evaluate("document.documentElement.lang"))


def _in_each_look(page: Page, name: str, fits: Check, axe: Check | None) -> None:
    fits(page)
    for device, size in (("phone", PHONE), ("desktop", DESKTOP)):
        page.set_viewport_size(size)
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(_SETTLED)  # colours that fade from day to night are read as they end
            shoot(page, name.format(f"{device}-{scheme}"))
            if axe:
                axe(page, COLOURS if scheme == "dark" else ())
