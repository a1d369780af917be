"""What holds for every page, in light, in dark, on a phone and by keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import contrast_problems, focused, too_wide, unnamed_controls
from tests.browser.conftest import sign_in, watch
from tests.browser.station import Station, populate

PAGES = (
    "/console/",
    "/console/new-tenant",
    "/console/tenants/acme-voice",
    "/console/tenants/glasshouse",
    "/console/service",
    "/console/vectors",
    "/console/vectors/refusal/3.0.1",
    "/console/vectors/refusal/2.0.0",
    "/console/revisions",
    "/console/revisions/3",
    "/console/replicas",
    "/console/audit",
    "/console/audit/verify",
    "/console/admin-keys",
    "/console/playground",
    "/console/nothing-here",
)
MOST_TABS = 140


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)])
def test_every_page_can_be_read(
    browser: Browser, station: Station, problems: list[str], scheme: str, width: int
) -> None:
    populate(station)
    context = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme="dark" if scheme == "dark" else "light"
    )
    watch(context, problems)
    page = context.new_page()
    page.goto(f"{station.url}/console/sign-in")
    assert contrast_problems(page) == []
    assert too_wide(page) == []
    sign_in(page, station.url, station.key)
    for path in PAGES:
        page.goto(station.url + path)
        # What is folded is read, too.
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert contrast_problems(page) == [], path
        assert unnamed_controls(page) == [], path
        assert too_wide(page) == [], path
    context.close()
    assert problems == []


def tab_to(page: Page, what: str) -> None:
    """Press Tab until ``what`` has the focus, which can be seen at every step."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        at = focused(page)
        if at is not None:
            assert at["seen"], at
            if at["what"] == what:
                return
    raise AssertionError(f"{what} cannot be reached by keyboard.")


def test_a_strength_is_changed_by_keyboard_alone(station: Station, page: Page) -> None:
    station.tenant("acme")
    page.reload()
    page.keyboard.press("Tab")
    at = focused(page)
    assert at is not None
    assert at["what"] == "#main"
    page.keyboard.press("Enter")
    tab_to(page, "to-acme")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="acme").wait_for()
    slider = page.get_by_label("Strength, slider")
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if slider.evaluate("(each) => each === document.activeElement"):
            break
    page.keyboard.press("ArrowLeft")
    tab_to(page, "reason")
    page.keyboard.type("by keyboard alone")
    tab_to(page, "Save")
    page.keyboard.press("Space")
    expect(page.locator(".propagation")).to_contain_text("on 3/3 replicas")
    assert station.context.replica.latest[0].tenants["acme"].record.strength == 0.95


@pytest.mark.parametrize("path", ["/console/tenants/acme", "/console/playground", "/console/admin-keys"])
def test_the_keyboard_is_trapped_nowhere(station: Station, page: Page, path: str) -> None:
    station.tenant("acme")
    page.goto(station.url + path)
    page.locator("main").evaluate("(main) => main.insertAdjacentHTML('afterend', '<a id=the-end href=\"#\">end</a>')")
    tab_to(page, "the-end")
    for _ in range(MOST_TABS):
        page.keyboard.press("Shift+Tab")
        at = focused(page)
        if at is not None and at["what"] == "#main":
            return
    raise AssertionError("The way back to the beginning is barred.")


def test_nothing_moves_for_who_wants_no_motion(browser: Browser, station: Station, problems: list[str]) -> None:
    context = browser.new_context(reduced_motion="reduce")
    watch(context, problems)
    page = context.new_page()
    sign_in(page, station.url, station.key)
    durations = page.evaluate(
        "[...document.querySelectorAll('*')].map((each) => getComputedStyle(each).transitionDuration)"
    )
    assert set(durations) == {"0s"}
    context.close()
    assert problems == []


def test_the_form_works_without_scripts(browser: Browser, station: Station) -> None:
    station.tenant("acme")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{station.url}/console/sign-in")
    page.get_by_label("Admin key").fill(station.key)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="acme").click()
    page.locator('[data-own="field-strength"]').check()
    page.get_by_label("Strength", exact=True).fill("1.45")
    page.locator("#policy").get_by_label("Reason").fill("no scripts here")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as revision 3.")).to_be_visible()
    assert station.context.replica.latest[0].tenants["acme"].record.strength == 1.45
    context.close()
