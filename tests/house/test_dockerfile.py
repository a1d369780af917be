"""The images, as far as their text can show; building them takes an engine."""

import re
import shlex
import subprocess
import sys
import threading
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from server.settings import unknown_variables
from tests.house.dockerfile import Stage, read_dockerfile

ROOT = Path(__file__).resolve().parents[2]
STAGES = read_dockerfile(ROOT / "Dockerfile")


@pytest.fixture(params=["cpu", "gpu"])
def image(request: pytest.FixtureRequest) -> Stage:
    return STAGES[request.param]


def copied(stage: Stage) -> list[str]:
    """The sources that a stage copies from the tree."""
    lines = [shlex.split(line) for line in stage.all("COPY") if not line.startswith("--from=")]
    return [source for line in lines for source in line[:-1]]


def test_the_default_image_is_the_one_for_a_cpu() -> None:
    assert list(STAGES)[-1] == "cpu"


def test_an_image_serves_beyond_loopback_with_a_tenants_file(image: Stage) -> None:
    assert image.command == ["sarsteer", "serve", "--host", "0.0.0.0"]
    assert image.environment["SARSTEER_TENANTS_FILE"] == "/etc/sarsteer/tenants.yaml"


def test_an_image_sets_only_settings_that_exist(image: Stage) -> None:
    assert unknown_variables(image.environment) == ()


def test_an_image_ends_as_a_user_that_it_made(image: Stage) -> None:
    user, _, group = image.last("USER").partition(":")
    made = " ".join(image.all("RUN"))
    assert int(user) > 0
    assert int(group) > 0
    assert f"--uid {user} " in made
    assert f"--home-dir {image.environment['HOME']} " in made


def test_caches_lie_in_the_users_home(image: Stage) -> None:
    caches = [value for name, value in image.environment.items() if name in ("HF_HOME", "VLLM_CACHE_ROOT")]
    assert len(caches) == 2
    assert all(cache.startswith(f"{image.environment['HOME']}/") for cache in caches)


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_an_image_is_healthy_when_the_server_is_ready(
    image: Stage, status: int, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    class Ready(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Ready) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        monkeypatch.setenv("SARSTEER_PORT", str(server.server_port))
        ran = subprocess.run([sys.executable, *image.health_command[1:]], capture_output=True, check=False)
        thread.join()
    assert (ran.returncode, asked) == (code, ["/readyz"])


def test_everything_copied_is_in_the_tree_and_reaches_the_builder() -> None:
    sources = [source for stage in STAGES.values() for source in copied(stage)]
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert any(fnmatch(source.rstrip("/").split("/")[0], pattern) for pattern in kept), source


def test_what_is_copied_between_stages_comes_from_an_earlier_one() -> None:
    seen: list[str] = []
    for stage in STAGES.values():
        assert {source for line in stage.all("COPY") for source in re.findall(r"--from=(\S+)", line)} <= set(seen)
        seen.append(stage.name)


def test_every_base_is_pinned_to_a_version() -> None:
    assert all(re.search(r":v?\d", stage.base) for stage in STAGES.values())


def test_no_secret_is_built_in() -> None:
    names = [name for stage in STAGES.values() for name in (*stage.environment, *stage.all("ARG"))]
    assert not [name for name in names if re.search(r"KEY|TOKEN|SECRET|PASSWORD", name.upper())]
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"
