"""What an administrator does at the console, in a browser."""

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

from server.policy.actor import LOCAL
from server.policy.records import TenantRecord
from tests.browser.station import Station


def saved(page: Page, reason: str) -> None:
    """Give a reason and save; the page that follows tells of it."""
    page.locator("#policy").get_by_label("Reason").fill(reason)
    page.keyboard.press("Enter")


def propagation(page: Page) -> Locator:
    return page.locator(".propagation")


def test_the_strength_is_moved_by_keyboard_saved_and_seen_on_every_replica(station: Station, page: Page) -> None:
    station.tenant("acme")
    page.reload()
    page.get_by_role("link", name="acme").click()
    page.wait_for_load_state()
    slider = page.get_by_label("Strength, slider")
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    number = page.get_by_label("Strength", exact=True)
    expect(number).to_have_value("1.25")
    own = page.locator('[data-own="field-strength"]')
    expect(own).to_be_checked()
    in_force = page.locator("#in-force")
    expect(in_force).to_contain_text("As it would be after saving.")
    expect(in_force.get_by_role("row", name="Strength")).to_contain_text("1.25")
    saved(page, "a little more")
    expect(propagation(page)).to_contain_text(re.compile(r"Revision 3 on 3/3 replicas in \d\.\d s"))
    assert station.context.replica.latest[0].tenants["acme"].record == TenantRecord(strength=1.25)
    number.fill("0.9")
    expect(slider).to_have_value("0.9")


def test_a_replica_that_lags_is_told_until_it_is_given_up(station: Station, page: Page) -> None:
    station.tenant("acme")
    page.goto(f"{station.url}/console/tenants/acme")
    page.get_by_label("Strength", exact=True).fill("1.3")
    station.halt("west")
    saved(page, "while west is stuck")
    expect(propagation(page)).to_contain_text("on 2/3 replicas")
    expect(propagation(page)).to_contain_text("west still serves revision 2")
    # One that is not seen for five seconds is gone, and nobody waits for it.
    expect(propagation(page)).to_contain_text("on 2/2 replicas in")


def test_a_tenant_is_set_off_with_an_end(station: Station, page: Page) -> None:
    station.tenant("acme")
    page.goto(f"{station.url}/console/tenants/acme")
    ends = page.get_by_label("If off, for")
    expect(ends).to_be_hidden()
    page.get_by_label("Mode", exact=True).select_option("off")
    ends.select_option("60")
    saved(page, "incident 42")
    live = page.locator(".live-tenant")
    expect(live).to_contain_text(re.compile(r"off until \d\d \w+ \d{4} \d\d:\d\d:\d\d UTC"))
    record = station.context.replica.latest[0].tenants["acme"].record
    assert record.mode == "off"
    assert record.off_until is not None
    page.goto(f"{station.url}/console/")
    expect(page.get_by_role("row", name="acme")).to_contain_text("off")


def test_a_tenant_is_created_and_its_key_copied(station: Station, context: BrowserContext, page: Page) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="New tenant").click()
    page.get_by_label("Name").fill("bravo")
    saved(page, "onboarding")
    expect(page.get_by_role("heading", name="bravo", exact=True)).to_be_visible()
    issue = page.locator("#keys form")
    issue.get_by_label("Label").fill("app")
    issue.get_by_label("Reason").fill("onboarding")
    issue.get_by_role("button", name="Issue key").click()
    key = page.get_by_label("The key").input_value()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == key
    assert key not in page.url
    tenant = station.context.replica.tenant_of(key)
    assert tenant is not None
    assert tenant.name == "bravo"
    page.get_by_role("link", name="Done").click()
    page.locator("summary", has_text="Revoke").click()
    revoke = page.locator('form[action$="/revoke"]')
    expect(revoke.get_by_label("Reason")).to_be_focused()
    revoke.get_by_label("Reason").fill("only tried it")
    page.keyboard.press("Enter")
    expect(page.locator("#keys")).to_contain_text("revoked")
    assert station.context.replica.tenant_of(key) is None
    assert key not in page.content()


def test_a_conflict_shows_what_changed_and_keeps_what_was_typed(station: Station, page: Page) -> None:
    station.tenant("acme")
    page.goto(f"{station.url}/console/tenants/acme")
    page.get_by_label("Strength", exact=True).fill("1.6")
    page.get_by_label("Tokens a minute").fill("500")
    station.tenant("acme", "they were first", strength=1.2, refusal_style="openai")
    expect(page.locator(".live-tenant")).to_contain_text("Somebody changed this tenant at revision 3")
    saved(page, "my own reason")
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("they were first")
    expect(conflict).to_be_focused()
    expect(conflict.get_by_role("row", name="Strength")).to_contain_text(re.compile(r"inherited\s*1\.2\s*1\.6"))
    expect(page.get_by_label("Strength", exact=True)).to_have_value("1.6")
    expect(page.get_by_label("Tokens a minute")).to_have_value("500")
    expect(page.locator("#policy").get_by_label("Reason")).to_have_value("my own reason")
    page.get_by_role("button", name="Save").click()
    expect(propagation(page)).to_contain_text("on 3/3 replicas")
    expected = TenantRecord(strength=1.6, tokens_per_minute=500, refusal_style="openai")
    assert station.context.replica.latest[0].tenants["acme"].record == expected


def test_a_rollback_and_the_audit_that_holds(station: Station, page: Page) -> None:
    station.tenant("acme", strength=1.2)
    station.tenant("acme", strength=1.7)
    page.get_by_role("link", name="Revisions").click()
    page.get_by_role("link", name="2", exact=True).click()
    page.locator("summary", has_text="Roll back").click()
    rollback = page.locator('form[action$="/rollback"]')
    rollback.get_by_role("checkbox").check()
    rollback.get_by_label("Reason").fill("it was better before")
    rollback.get_by_role("button", name="Roll back").click()
    expect(page.get_by_role("heading", name="Revision 4")).to_be_visible()
    expect(propagation(page)).to_contain_text("Revision 4 on 3/3 replicas")
    expect(page.locator(".diff")).to_contain_text("1.7")
    assert station.context.replica.latest[0].tenants["acme"].record == TenantRecord(strength=1.2)
    page.get_by_role("link", name="Audit").click()
    page.get_by_role("link", name="Verify the chain").click()
    expect(page.locator("#verdict")).to_contain_text("The chain holds: 4 entries")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    assert download.value.path().read_text().count("\n") == 4


def test_a_search_is_done_while_typing_and_survives_a_reload(station: Station, page: Page) -> None:
    for name in ("acme", "bravo", "acrobat"):
        station.tenant(name)
    page.reload()
    page.get_by_label("Find by name").press_sequentially("ac")
    expect(page.locator("#tenants tbody tr")).to_have_count(2)
    page.wait_for_url("**/console/?q=ac")
    expect(page.get_by_label("Find by name")).to_be_focused()
    page.reload()
    expect(page.locator("#tenants tbody tr")).to_have_count(2)
    expect(page.get_by_label("Find by name")).to_have_value("ac")


def test_what_refreshes_itself_takes_neither_focus_nor_an_edit(station: Station, page: Page) -> None:
    station.tenant("acme")
    page.reload()
    link = page.get_by_role("link", name="acme")
    link.focus()
    station.context.recent.count("acme", True)
    expect(page.get_by_role("row", name="acme")).to_contain_text("100 % of 1")
    expect(link).to_be_focused()
    link.press("Enter")
    field = page.get_by_label("Strength", exact=True)
    field.fill("1.4")
    station.context.recent.count("acme", False)
    expect(page.locator(".live-tenant")).to_contain_text("50 % refused of 2 answers")
    expect(field).to_be_focused()
    expect(field).to_have_value("1.4")


def test_a_session_that_ends_leads_to_the_sign_in_by_itself(station: Station, page: Page) -> None:
    station.tenant("acme")
    page.goto(f"{station.url}/console/replicas")
    station.change(lambda each: each.issue_admin_key(LOCAL, "security", "so that one is left"))
    (own,) = [
        id_ for id_, stored in station.context.replica.latest[1].admin_keys.items() if stored.record.label == "first"
    ]
    station.change(lambda each: each.revoke_admin_key(LOCAL, own, "lost"))
    expect(page.get_by_role("heading", name="Sign in to the console")).to_be_visible()


def test_signing_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to the console")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in to the console")).to_be_visible()


def test_a_server_that_goes_away_is_told(context: BrowserContext, page: Page, problems: list[str]) -> None:
    page.goto(page.url.replace("/console/", "/console/replicas"))
    context.set_offline(True)
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer.")
    context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert problems
    assert all("DISCONNECTED" in each or "htmx:" in each for each in problems)
    problems.clear()
