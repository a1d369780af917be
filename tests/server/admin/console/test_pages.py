"""What holds for every page: its headers, its markup, and that nothing of what people wrote is markup."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest

import server.admin.console
from server.admin.console.guard import SECURITY_HEADERS
from server.policy.actor import LOCAL
from server.policy.records import TenantRecord
from tests.server.admin.console.pages import FORMS, PAGES
from tests.server.admin.console.visitor import HOME, Visitor, words_of
from tests.server.admin.plane import Plane

STATIC = Path(server.admin.console.__file__).parent / "static"
HTMX_VERSION = "2.0.11"
HTMX_SHA256 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"
HOSTILE = """<script>alert(1)</script>"><img src=x onerror='alert(2)'>{{ 7*7 }}"""


class Markup(HTMLParser):
    """What of a page could run, style, or not be read aloud."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.inline: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.labelled: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self._in_label = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "script":
            self.scripts.append(given)
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" else []
        self.addresses += [value for name, value in attributes if name in ("href", "src", "action") and value]
        self.ids += [value for name, value in attributes if name == "id" and value]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "label":
            self._in_label += 1
            self.labelled.add(given.get("for") or "")
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.controls.append({**given, "inside": "yes" if self._in_label else None})

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label -= 1


def assert_guarded(answer: httpx.Response) -> None:
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers[name] == value, name


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_guarded_and_holds_nothing_inline(security: Visitor, acme: None, path: str) -> None:
    answer = await security.get(path)
    assert answer.status_code == 200, answer.text
    assert_guarded(answer)
    markup = Markup(answer.text)
    assert not markup.inline
    assert all(script["src"] for script in markup.scripts)
    assert all(address.startswith(("/console/", "#")) for address in markup.addresses), markup.addresses


@pytest.mark.parametrize("path", PAGES)
async def test_every_control_has_a_label_and_headings_come_in_order(security: Visitor, acme: None, path: str) -> None:
    answer = await security.get(path)
    markup = Markup(answer.text)
    assert len(markup.ids) == len(set(markup.ids))
    for control in markup.controls:
        assert control["inside"] or control.get("aria-label") or control.get("id") in markup.labelled, control
    if "<html" in answer.text:
        assert markup.headings[0] == 1
        assert markup.headings.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(markup.headings, markup.headings[1:], strict=False))


def test_the_policy_of_content_is_strict() -> None:
    policy = SECURITY_HEADERS["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "*" not in policy
    for directive in ("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert directive in policy


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/console/nothing", 404),
        ("/console/tenants/nobody", 404),
        ("/console/tenants/%3Cscript%3E", 404),
        ("/console/vectors/refusal/9.9.9", 404),
        ("/console/vectors/..%2F..%2Fetc/passwd", 404),
        ("/console/vectors/UPPER/1.0.0", 404),
        ("/console/revisions/999", 404),
        ("/console/revisions/0", 404),
        ("/console/revisions/99999999999999999999999999", 404),
        ("/console/propagation/99999999999999999999999999", 404),
        ("/console/playground?tenant=nobody", 400),
        ("/console/sign-out", 405),
        ("/console/static/nothing.js", 404),
        ("/console/static/..%2Fapp.py", 404),
    ],
)
async def test_what_is_not_there_is_a_page_that_says_so(security: Visitor, path: str, status: int) -> None:
    answer = await security.get(path)
    assert answer.status_code == status
    assert_guarded(answer)
    assert "<script>" not in answer.text
    assert "Sign out" in answer.text, "one stays signed in"


@pytest.mark.parametrize("query", ["?page=-1&show=x&q=%00%ff", "?page=9e9&q=" + "z" * 5_000, "?saved=nonsense"])
@pytest.mark.parametrize("path", ["/console/", "/console/part/tenants", "/console/revisions", "/console/audit"])
async def test_a_query_that_makes_no_sense_is_a_page_all_the_same(
    security: Visitor, acme: None, path: str, query: str
) -> None:
    for more in ("", "&before=-1&until=x", "&before=999999999999999&until=999999999999999"):
        assert (await security.get(path + query + more)).status_code == 200


WRONG: tuple[dict[str, Any], ...] = (
    {},
    {"reason": ""},
    {"reason": "x" * 600},
    {"reason": "nul \0 and bell \a"},
    {"label": "x" * 300, "expires": "soon", "overlap": "-1", "scope": "all"},
    {"label": "line\nbreak"},
    {"expected": "x", "base": "-1", "confirm": "no"},
    {"expected": "99999999999999", "base": "99999999999999"},
    {"name": "../etc"},
    {"name": "<script>"},
    {"by": "nonsense", "strength": ["a", "b"], "text": ""},
    {
        "field": ["strength", "mode", "vector", "gate"],
        "own": ["strength", "mode", "vector", "gate"],
        "strength": "x",
    },
    {"field": ["mode"], "own": ["mode"], "mode": "off", "off_for": "9999999"},
    {"field": ["vector"], "own": ["vector"], "vector": "refusal@"},
    {"field": ["vector"], "own": ["vector"], "vector": "../x@1.0.0"},
    {"field": ["floor", "ceiling"], "own": ["floor", "ceiling"], "floor": "nan", "ceiling": "1e999"},
    {"field": ["requests_per_minute"], "own": ["requests_per_minute"], "requests_per_minute": "²"},
    {"field": ["models"], "own": ["models"], "models": "\0\n" * 200},
    {"field": ["nothing"], "own": ["nothing"]},
)


@pytest.mark.parametrize("path", [path for path in FORMS if path != "/console/sign-out"])
async def test_no_form_however_wrong_crashes_the_server(security: Visitor, acme: None, path: str) -> None:
    for changed in WRONG:
        # What went through has changed the tenant, and then the next ones conflict: that is one more way to be wrong.
        answer = await security.send(path, page="/console/service", **{**FORMS[path], **changed})
        assert answer.status_code < 500, (changed, words_of(answer))
        assert_guarded(answer)


@pytest.mark.parametrize("content", [b"%ff%00=1&csrf=x", b"--b\r\nbroken", b"\xff" * 100])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain"])
async def test_a_body_that_is_no_form_is_refused(security: Visitor, acme: None, kind: str, content: bytes) -> None:
    for path in ("/console/sign-in", "/console/tenants/acme", "/console/playground"):
        await security.get("/console/sign-in")
        answer = await security.client.post(path, content=content, headers={"content-type": kind})
        assert 400 <= answer.status_code < 500, path


async def test_names_labels_and_reasons_are_text_on_every_page(plane: Plane, security: Visitor, acme: None) -> None:
    made = TenantRecord(models=(HOSTILE,))
    plane.administration.put_tenant(LOCAL, "acme", made, 4, HOSTILE)
    plane.administration.issue_key(LOCAL, "acme", HOSTILE, HOSTILE)
    plane.administration.issue_admin_key(LOCAL, "read", HOSTILE, HOSTILE)
    plane.beat(HOSTILE, 1, HOSTILE)
    await plane.replica.look()
    seen = 0
    for path in (*PAGES, "/console/revisions/5", "/console/revisions/6"):
        answer = await security.get(path)
        if path == "/console/audit/export":
            assert answer.headers["content-type"].startswith("application/x-ndjson")
            assert answer.headers["content-disposition"].startswith("attachment")
            continue
        seen += "&lt;script&gt;alert(1)" in answer.text
        assert "<script>" not in answer.text, path
        assert "<img" not in answer.text, path
        assert "49" not in re.findall(r"onerror=&#39;alert\(2\)&#39;&gt;(\d+)", answer.text)
    assert seen >= 8


async def test_keys_are_on_no_page_but_that_which_issued_them(plane: Plane, security: Visitor, acme: None) -> None:
    answer = await security.send("/console/tenants/acme/keys", page=HOME, **FORMS["/console/tenants/acme/keys"])
    key = re.search(r"sk-sar-[a-z2-7]{8}-[A-Za-z0-9_-]{43}", answer.text)
    assert key is not None
    assert plane.replica.tenant_of(key[0]) is not None
    assert_guarded(answer)
    for path in PAGES:
        page = (await security.get(path)).text
        assert key[0][16:] not in page
        assert plane.replica.latest[1].keys[key[0].split("-")[2]].record.mac not in page


def test_htmx_is_the_published_file_unchanged() -> None:
    data = (STATIC / "htmx.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == HTMX_SHA256
    assert f'version:"{HTMX_VERSION}"'.encode() in data
    assert (STATIC / "htmx.LICENSE").read_text().startswith("Zero-Clause BSD")


async def test_what_pages_are_made_with_is_served_and_checked_anew(visitor: Visitor) -> None:
    for name in ("htmx.min.js", "console.js", "console.css", "icon.svg"):
        answer = await visitor.get(f"/console/static/{name}")
        assert answer.status_code == 200
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-cache"
        again = await visitor.get(f"/console/static/{name}", headers={"if-none-match": answer.headers["etag"]})
        assert again.status_code == 304
