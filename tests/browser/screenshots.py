"""Makes the console's pictures for the docs: ``python -m tests.browser.screenshots docs/console/``.

By default of a station of its own, whose engine only pretends (its answers and its traffic are made up; policies,
revisions, propagation and the vectors' curves are real). With ``--url`` and ``--key`` of a running server they are of
that one: nothing of it is changed but the strength of the tenant that ``--tenant`` names, with a reason that says so.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, sign_in
from tests.browser.station import populate, running

LARGEST_BYTES = 200_000
CLIP = Path(__file__).resolve().parents[2] / "reference" / "clips" / "harmful" / "teach-me-to-make-a-computer-virus.wav"
DESK, PHONE = (1280, 800), (390, 844)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page made ready by ``pose``, in a window of ``size``."""

    name: str
    pose: Callable[[Page, str], None]
    size: tuple[int, int] = DESK
    dark: bool = False


def tenants(page: Page, url: str) -> None:
    page.goto(f"{url}/console/")


def tenant_of(name: str) -> Callable[[Page, str], None]:
    def pose(page: Page, url: str) -> None:
        page.goto(f"{url}/console/tenants/{name}")

    return pose


def propagation_of(name: str) -> Callable[[Page, str], None]:
    def pose(page: Page, url: str) -> None:
        page.goto(f"{url}/console/tenants/{name}")
        strength = page.get_by_label("Strength", exact=True)
        strength.fill(f"{float(strength.input_value()) + 0.05:.3g}")
        page.locator("#policy").get_by_label("Reason").fill("a picture for the docs")
        page.get_by_role("button", name="Save").click()
        page.locator(".propagation", has_text="Revision").wait_for()

    return pose


def vectors(page: Page, url: str) -> None:
    page.goto(f"{url}/console/vectors")
    page.locator("tr", has_text="in service").get_by_role("link").first.click()
    page.locator(".plot").first.wait_for()


def playground(page: Page, url: str) -> None:
    page.goto(f"{url}/console/playground")
    page.get_by_label("or choose an audio file").set_input_files(CLIP)
    page.get_by_label("First strength").fill("0.5")
    page.get_by_label("Second strength").fill("1")
    page.get_by_role("button", name="Ask three times").click()
    page.locator("#played article").nth(2).wait_for()


def pictures(tenant: str) -> tuple[Picture, ...]:
    return (
        Picture("tenants", tenants),
        Picture("tenants-phone", tenants, PHONE),
        Picture("tenant", tenant_of(tenant), (1280, 900)),
        Picture("tenant-dark", tenant_of(tenant), (1280, 900), dark=True),
        Picture("tenant-phone", tenant_of(tenant), PHONE),
        Picture("propagation", propagation_of(tenant), (1280, 620)),
        Picture("vectors", vectors, (1280, 860)),
        Picture("playground", playground, (1280, 780)),
        Picture("playground-dark", playground, (1280, 780), dark=True),
    )


def take(browser: Browser, picture: Picture, url: str, key: str, folder: Path) -> Path:
    """Take one picture; raise ValueError if it is too large a file for the docs."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        is_mobile=picture.size == PHONE,
    )
    page = context.new_page()
    sign_in(page, url, key)
    picture.pose(page, url)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    page.mouse.move(0, 0)
    file = folder / f"{picture.name}.png"
    page.screenshot(path=file)
    context.close()
    if file.stat().st_size > LARGEST_BYTES:
        raise ValueError(f"{file} has {file.stat().st_size} bytes; at most {LARGEST_BYTES} go into the docs.")
    return file


@contextmanager
def made_up() -> Iterator[tuple[str, str]]:
    """The address and the key of a station that is populated."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as station:
        populate(station)
        yield station.url, station.key


@contextmanager
def there(url: str, key: str) -> Iterator[tuple[str, str]]:
    """The address and the key of a server that is running."""
    yield url.rstrip("/"), key


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the PNG files go")
    parser.add_argument("--url", help="the admin port of a running server, as http://127.0.0.1:8001")
    parser.add_argument("--key", help="an admin key of it, of the scope operate")
    parser.add_argument("--tenant", default="acme-voice", help="the tenant to show")
    given = parser.parse_args()
    if (given.url is None) != (given.key is None):
        parser.error("--url and --key go together")
    given.folder.mkdir(parents=True, exist_ok=True)
    server = made_up() if given.url is None else there(given.url, given.key)
    with server as (url, key), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for picture in pictures(given.tenant):
            print(take(browser, picture, url, key, given.folder))
        browser.close()


if __name__ == "__main__":
    main()
