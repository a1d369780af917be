from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.station import Station, running

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
PATIENCE_MS = 15_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. For one module only: while it runs, an event loop does that no other test may meet."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with running(tmp_path) as started:
        yield started


@pytest.fixture
def problems() -> list[str]:
    """What the browser complained of: errors of scripts, of the content policy, of the server."""
    return []


@pytest.fixture
def context(browser: Browser, problems: list[str]) -> Iterator[BrowserContext]:
    """A browser's profile that has seen nothing; at the end, nothing may have gone wrong in it."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    watch(opened, problems)
    yield opened
    opened.close()
    assert problems == []


def watch(context: BrowserContext, problems: list[str]) -> None:
    context.set_default_timeout(PATIENCE_MS)
    context.on("weberror", lambda error: problems.append(f"script: {error.error}"))
    context.on(
        "console",
        lambda said: (
            problems.append(f"console: {said.text}")
            # A form that was refused is an answer like another; Chromium tells of it as of a failure.
            if said.type in ("error", "warning") and "status of 4" not in said.text
            else None
        ),
    )
    context.on(
        "response",
        lambda answer: problems.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
    )


@pytest.fixture
def page(context: BrowserContext, station: Station) -> Page:
    """Signed in with a key of the scope security, at the tenants."""
    opened = context.new_page()
    sign_in(opened, station.url, station.key)
    return opened


def sign_in(page: Page, url: str, key: str) -> None:
    page.goto(url)
    page.get_by_label("Admin key").fill(key)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Tenants", exact=True).wait_for()
