"""浏览器: Chromium on a live server with the made-up office; skipped, with the reason, where there is no Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from xiaoneng.kernel.organisation.api import User
from xiaoneng.kernel.organisation.testing import Office, build_office
from xiaoneng.programme.api import Programme
from xiaoneng.programme.testing import start_programme

# Playwright's own loop runs in the test's thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

RESULTS = Path(__file__).resolve().parents[2] / "test-results"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--lang=zh-CN",
]
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def people(transactional_db: None) -> Office:
    return build_office()


@pytest.fixture
def programme(people: Office) -> Programme:
    return start_programme()


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[Visit]:
    """A page of a new browser: `visit(person, "/board/")`, optionally at another width or without JavaScript.

    Whatever the browser complains of on its console fails the test: a violated security policy above all.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def visit(
        person: User | None, path: str, *, size: tuple[int, int] = WIDTHS["desktop"], script: bool = True
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, locale="zh-CN"
        )
        contexts.append(context)
        if person is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": live_server.url}
            context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def session_of(person: User) -> str:
    """A session as signing in leaves it; signing in itself has a story of its own."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def check(page: Page, name: str) -> list[str]:
    """What is wrong with a page: axe's findings, wider than the window. Photographs it for whoever wants to look."""
    RESULTS.mkdir(exist_ok=True)
    if page.locator("figure[data-chart]").count() and page.locator("script[type=module]").count():
        page.wait_for_selector(".bars-canvas canvas")
    page.screenshot(path=RESULTS / f"{name}.png", full_page=True)
    result = Axe().run(page)
    wrong = [f"{name}: {result.generate_report()}"] if result.violations_count else []
    beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return wrong + ([f"{name}: {beyond} pixels wider than the window"] if beyond > 0 else [])


def check_all(visit: Visit, person: User | None, paths: dict[str, str], look: str = "") -> None:
    """Each page at both widths; all that is wrong is told at once."""
    wrong: list[str] = []
    page = visit(person, "/")
    site = urlsplit(page.url)
    for name, path in paths.items():
        for width, (x, y) in WIDTHS.items():
            page.set_viewport_size({"width": x, "height": y})
            answer = page.goto(f"{site.scheme}://{site.netloc}{path}")
            if answer is None or answer.ok == (name == "not-found"):
                wrong.append(f"{name}: {answer and answer.status}")
            wrong += check(page, f"{name}-{width}{look}")
    assert wrong == []
