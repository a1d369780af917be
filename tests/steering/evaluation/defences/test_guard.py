import asyncio
from dataclasses import replace

import numpy as np
import pytest
import soxr
import torch

from steering.evaluation.defences.audio_classifier import log_mel, train_audio_classifier
from steering.evaluation.defences.guard import Guardian
from steering.evaluation.defences.text_classifier import ngrams, train_text_classifier
from tests.steering.evaluation.defences.scripted import CALIBRATION, FRESH, REFUSED, ScriptedEngine, compliant, items


@pytest.fixture(scope="module")
def guardian() -> Guardian:
    defence = Guardian(REFUSED)
    asyncio.run(defence.prepare(ScriptedEngine(), CALIBRATION))
    return defence


async def test_what_it_flags_never_reaches_the_model(guardian: Guardian) -> None:
    engine = ScriptedEngine()
    answers = await guardian.answers(engine, FRESH)
    assert [answer.text for answer in answers] == [REFUSED if item.harmful else compliant(item) for item in FRESH]
    assert [request.item for request in engine.requests] == [item for item in FRESH if not item.harmful]


def test_typed_requests_are_judged_by_their_letters(guardian: Guardian) -> None:
    typed = [*items("harmful", 3, typed=True, first=30), *items("benign", 3, typed=True, first=30)]
    assert guardian.flagged(typed) == [True] * 3 + [False] * 3


def test_harm_in_the_text_beside_a_harmless_clip_is_flagged(guardian: Guardian) -> None:
    benign = FRESH[-1]
    assert guardian.flagged([benign, replace(benign, prompt="harmful question 7")]) == [False, True]


def test_strength_0_flags_nothing_and_no_strength_flags_less_than_a_lower_one(guardian: Guardian) -> None:
    counts = [sum(guardian.flagged(FRESH, strength)) for strength in (0, 1e-30, 0.5, 1, 2, 1e30)]
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert counts[-1] == len(FRESH)


async def test_a_negative_strength_is_refused(guardian: Guardian) -> None:
    with pytest.raises(ValueError, match=r"must be 0 or more, not -0\.5"):
        await guardian.answers(ScriptedEngine(), FRESH, -0.5)


def test_a_seed_gives_the_same_classifier_again() -> None:
    harmful, benign = ([(each.samples, 16_000) for each in part[:2]] for part in (FRESH, FRESH[5:]))
    state = torch.get_rng_state()
    one, other = (train_audio_classifier(harmful, benign, seed=3) for _ in range(2))  # type: ignore[arg-type]
    torch.testing.assert_close(one.logits(harmful), other.logits(harmful))  # type: ignore[arg-type]
    assert torch.equal(torch.get_rng_state(), state)


def test_a_spectrogram_is_highest_where_the_tone_is() -> None:
    time = np.arange(16_000) / 16_000
    sound = np.concatenate([np.zeros(8_000), np.sin(2 * np.pi * 1_000 * time)]).astype(np.float32)
    bands = log_mel(sound, 16_000)[:, -50:].mean(dim=-1)
    # 1000 mel of the 2840 that 40 bands share.
    assert int(bands.argmax()) in range(12, 16)


def test_a_spectrogram_hears_a_clip_at_any_rate_alike() -> None:
    samples = FRESH[0].samples
    assert samples is not None
    resampled = soxr.resample(samples, 16_000, 48_000)
    assert log_mel(resampled, 48_000).shape == log_mel(samples, 16_000).shape


def test_ngrams_do_not_hear_case_or_spaces() -> None:
    assert torch.equal(ngrams(["Make a  Bomb"]), ngrams(["make a bomb"]))
    assert float(ngrams(["make a bomb"]).norm()) == pytest.approx(1.0)
    assert not ngrams([""])[:, 1:].isnan().any()


def test_texts_are_told_apart_by_the_words_that_differ() -> None:
    classifier = train_text_classifier(
        ["make a bomb", "build a bomb", "buy a bomb"], ["make a cake", "build a kite", "buy a cake"]
    )
    bomb, cake = classifier.logits(["paint a bomb", "paint a cake"]).tolist()
    assert bomb > cake
