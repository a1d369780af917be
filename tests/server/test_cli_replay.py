"""``sarsteer replay``: which receipt it takes, what it sends, and how it ends."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from server.telemetry.receipts import SECRET_PURPOSE, Answers, Digester, Receipt
from tests.server.admin.plane import REFUSAL, SERVED
from tests.server.commands import Commands
from tests.server.telemetry.test_receipts import RECEIPT


@pytest.fixture
def receipt(commands: Commands) -> Receipt:
    digester, answer = Digester(commands.plane.context.hasher.derive(SECRET_PURPOSE)), Answers()
    answer.whole({"choices": [{"message": {"content": REFUSAL}}]})
    return replace(
        RECEIPT,
        model="idle",
        vector=str(SERVED.id),
        digest=SERVED.digest,
        gate=False,
        gate_score=None,
        request=digester.request({"messages": [{"role": "user", "content": "hello"}]}, {}),
        answer=digester.answer(answer.choices),
    )


def line_of(receipt: Receipt) -> str:
    return json.dumps({"event": "receipt", "level": "info", **receipt.to_json()})


def test_one_of_a_logs_receipts_is_replayed_and_compared(commands: Commands, receipt: Receipt, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(
        "\n".join(["starting", line_of(replace(receipt, request_id="r-0")), f"web-1  | {line_of(receipt)}", "{"])
    )
    shown = commands.done("replay", str(log), "--request-id", "r-1", "--text", "hello")
    assert "The answer is the same." in shown
    assert "strength 1, alpha 0.5" in shown
    assert commands.printed("replay", str(log), "--request-id", "r-1", "--text", "hello")["equal"] is True
    assert "There are 2 receipts (r-0, r-1...)" in commands.refused("replay", str(log), "--text", "hello")
    assert "no receipt of the request r-2" in commands.refused(
        "replay", str(log), "--request-id", "r-2", "--text", "hello"
    )


def test_what_differs_is_refused_and_by_force_shown_and_told_by_the_exit_code(
    commands: Commands, receipt: Receipt, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(receipt.to_json(), indent=2))
    assert "request is" in commands.refused("replay", str(file), "--text", "goodbye")
    result = commands.run("replay", str(file), "--text", "goodbye", "--force")
    assert result.exit_code == 1
    assert "The answer is the same." in result.stdout
    assert receipt.request in result.stdout


def test_an_answer_that_was_sampled_is_said_not_to_be_repeatable(
    commands: Commands, receipt: Receipt, tmp_path: Path
) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(line_of(replace(receipt, sampling={"temperature": 1.0})))
    assert "not repeatable" in commands.done("replay", str(file), "--text", "hello")


def test_a_request_may_be_given_as_its_body_or_its_messages(
    commands: Commands, receipt: Receipt, tmp_path: Path
) -> None:
    file, request = tmp_path / "receipt.json", tmp_path / "request.json"
    file.write_text(line_of(receipt))
    messages = [{"role": "user", "content": "hello"}]
    for body in (messages, {"messages": messages, "temperature": 1, "stream": True}):
        request.write_text(json.dumps(body))
        commands.done("replay", str(file), "--request", str(request))


def test_what_cannot_be_read_is_told(commands: Commands, receipt: Receipt, tmp_path: Path) -> None:
    file, clip = tmp_path / "receipt.json", tmp_path / "clip.xyz"
    assert "cannot be read" in commands.refused("replay", str(file), "--text", "hello")
    file.write_text("nothing\n")
    assert "There is no receipt in there." in commands.refused("replay", str(file), "--text", "hello")
    file.write_text(line_of(receipt))
    assert "holds no content" in commands.refused("replay", str(file))
    assert "no ending of audio" in commands.refused("replay", str(file), "--audio", str(clip))
    assert "cannot be read" in commands.refused("replay", str(file), "--audio", str(clip.with_suffix(".wav")))
    clip.write_text("{")
    assert "is not JSON" in commands.refused("replay", str(file), "--request", str(clip))
