"""The recipe for Qwen2-Audio: the page's own commands, run on a random checkpoint of the same layout."""

import json
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from string import Template

import httpx
import numpy as np
import pytest
import soundfile
from openai import OpenAI
from typer.testing import CliRunner

from server.cli import app
from steering.store import VectorStore
from steering.vector_set import VectorSetId
from tests.contract.asking import spoken
from tests.contract.serving import CLIPS, ROOT, serving
from tests.contract.test_plugin import free_port, wait_until_ready
from tests.contract.tiny_model import LAYERS, write_tiny_model

pytestmark = [pytest.mark.engine, pytest.mark.slow]
PAGE = (ROOT / "docs" / "recipe-qwen2-audio.md").read_text(encoding="utf-8")
# A random model refuses nothing, so nothing is gained; the bounds let that pass, and the rest keeps it short.
LOOSENED = {
    "calibrate": "--positions last-prompt-and-decoded --sweep 1 --finalists 1 --max-tokens 4 "
    "--over-refusal 1 --exactness 1 --broken 1 --gain -1",
    "evaluate": "--max-tokens 4 --engine max_num_batched_tokens=4096 --engine dtype=float32",
}


@dataclass(frozen=True)
class Recipe:
    """The page's commands with ``variables`` in the place of its own, and its program."""

    variables: dict[str, str]

    def command(self, *opening: str) -> list[str]:
        """The arguments of the page's one command that opens so, without the opening."""
        [arguments] = self.commands(*opening)
        return arguments

    def commands(self, *opening: str) -> list[list[str]]:
        lines = [line for block in _blocks("sh") for line in block.replace("\\\n", " ").splitlines()]
        split = [shlex.split(Template(line).substitute(self.variables)) for line in lines if " " in line]
        return [words[len(opening) :] for words in split if tuple(words[: len(opening)]) == opening]

    @property
    def program(self) -> str:
        [program] = _blocks("python")
        for name in ("SARSTEER", "WORK"):
            meant = f'Path("{_variables()[name]}")'
            assert meant in program
            program = program.replace(meant, f"Path({self.variables[name]!r})")
        return program


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def _variables() -> dict[str, str]:
    """What the page itself sets."""
    return dict(re.findall(r"^([A-Z]+)=(\S+)", "".join(_blocks("sh")), re.MULTILINE))


@pytest.fixture(scope="module")
def judge() -> Iterator[str]:
    """A judge behind an OpenAI-style API, to which every answer complies."""

    class Complies(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            body = json.dumps({"choices": [{"message": {"role": "assistant", "content": "1"}}]}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Complies) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"llm=http://127.0.0.1:{listening.server_port}/v1,sorry-bench-judge"
        listening.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def recipe(tmp_path_factory: pytest.TempPathFactory, judge: str) -> Recipe:
    """The recipe, done up to the calibrated version."""
    folder = tmp_path_factory.mktemp("recipe")
    given = {
        "MODEL": str(write_tiny_model(folder / "model")),
        "SARSTEER": str(write_authors_data(folder / "SARSteer")),
        "WORK": str(folder / "work"),
        "MIDDLE": "1,2",
        "LATE": "2,3",
        "JUDGE": judge,
    }
    assert given.keys() == _variables().keys()
    recipe = Recipe(given)
    exec(recipe.program, {})
    for arguments in recipe.commands("sarsteer", "extract"):
        sarsteer("extract", arguments)
    sarsteer("calibrate", recipe.command("sarsteer", "calibrate"))
    return recipe


def write_authors_data(clone: Path) -> Path:
    """The reference's clips in the folders and tables of SARSteer's authors, over and over in more noise."""
    for suffix, label in (("", "harmful"), ("_safe", "benign")):
        clips = [soundfile.read(file) for file in sorted((CLIPS / label).glob("*.wav"))[:6]]
        figstep = clone / "dataset" / "figstep" / f"figstep_audio{suffix}"
        advbench = clone / "dataset" / "advbench" / f"advbench_audio{suffix}"
        (figstep / "question").mkdir(parents=True)
        advbench.mkdir(parents=True)
        # To ablate ten components it takes eleven queries, and the baselines hold some out.
        names = [f"{place}.wav" for place in range(25)]
        for place, name in enumerate(names):
            # No two alike, or what is centred would have fewer than ten directions.
            samples, rate = clips[place % len(clips)]
            noise = np.random.default_rng([len(suffix), place]).normal(0, 0.002 * place, len(samples))
            for folder in (figstep / "question", advbench):
                soundfile.write(folder / name, (samples + noise).clip(-1, 1), rate)
        rows = [{"scenario": "1", "audio_file": name, "question": f"Question {name}?"} for name in names]
        (figstep / "train_100.json").write_text(json.dumps(rows[:22]))
        (figstep / "test_250.json").write_text(json.dumps(rows[22:]))
        table = [{"audio_name": name, "question": f"Question {name}?"} for name in names[:6]]
        advbench.with_suffix(".json").write_text(json.dumps(table))
    return clone


def sarsteer(command: str, arguments: list[str]) -> None:
    loosened = shlex.split(LOOSENED.get(command, ""))
    ran = CliRunner().invoke(app, [command, *arguments, *loosened], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output


def test_the_extracted_and_the_calibrated_version_are_there(recipe: Recipe) -> None:
    store = VectorStore(Path(recipe.variables["WORK"]) / "vectors")
    ablated, unablated, calibrated = (
        store.manifest(VectorSetId("refusal", version)) for version in ("0.1.0", "0.2.0", "1.0.0")
    )
    assert (ablated.provenance.components, unablated.provenance.components) == (10, 0)
    assert ablated.layers == unablated.layers == tuple(range(LAYERS))
    assert ablated.gate is not None
    assert ablated.gate.fitted_on == "audio"
    assert calibrated.layers in (ablated.layers, (1, 2), (2, 3))
    assert "<svg" in (Path(recipe.variables["WORK"]) / "calibration.svg").read_text()


def test_the_evaluation_reports_every_defence_by_both_judges(recipe: Recipe) -> None:
    sarsteer("evaluate", recipe.command("sarsteer", "evaluate"))
    report = json.loads((Path(recipe.variables["WORK"]) / "figstep.json").read_text())
    assert report["judges"] == ["sorry-bench:sorry-bench-judge", "detector"]
    first = [cell for cell in report["cells"] if cell["judge"] == report["judges"][0]]
    assert [cell["defence"] for cell in first] == [
        *("undefended", "refusal-suffix", "sarsteer-paper", "sarsteer-unablated", "sarsteer"),
    ]
    assert {cell["all"]["attack_success"]["rate"] for cell in first} == {1.0}


def test_the_server_answers_a_spoken_request(recipe: Recipe, tmp_path: Path) -> None:
    with serving(tmp_path / "log", *recipe.command("sarsteer", "serve"), "--enforce-eager") as server:
        client = OpenAI(base_url=server.url, api_key="any", max_retries=0, timeout=60)
        [model] = [each.id for each in client.models.list()]
        clip = next((CLIPS / "harmful").glob("*.wav"))
        answer = client.chat.completions.create(model=model, messages=spoken(clip), max_tokens=4)  # type: ignore[arg-type]
    assert answer.usage is not None
    assert answer.usage.completion_tokens > 0
    assert answer.model_extra is not None
    steering = answer.model_extra["steering"]
    assert (steering["vector"], steering["version"], steering["strength"]) == ("refusal", "1.0.0", 1.0)


def test_plain_vllm_serves_the_version(recipe: Recipe, tmp_path: Path) -> None:
    log, port = tmp_path / "log", free_port()
    arguments = [*recipe.command("vllm", "serve"), "--enforce-eager", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.contract.vllm_serve", *arguments], stdout=output, stderr=output, cwd=ROOT
        )
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}", log)
        request = {"model": recipe.variables["MODEL"], "prompt": "hello", "max_tokens": 4, "ignore_eos": True}
        answer = httpx.post(f"http://127.0.0.1:{port}/v1/completions", json=request, timeout=60).json()
    finally:
        process.terminate()
        process.wait(60)
    assert answer["usage"]["completion_tokens"] == 4
