import numpy as np
import pytest

from steering.evaluation.synthesis import Espeak, SynthesisError

RATE = 16_000


def test_espeak_speaks_a_language_the_same_way_each_time() -> None:
    english = Espeak().speak("good morning", "en", RATE)
    assert english.dtype == np.dtype(np.float32)
    assert 0.3 < len(english) / RATE < 3
    assert np.abs(english).max() > 0.1
    assert np.array_equal(Espeak().speak("good morning", "en", RATE), english)
    assert not np.array_equal(Espeak().speak("good morning", "it", RATE), english)


def test_words_are_never_options() -> None:
    assert len(Espeak().speak("--version", "en", RATE)) > 0.3 * RATE


@pytest.mark.parametrize("language", ["jv", "", "../en", "-q"])
def test_a_language_without_a_voice_is_named(language: str) -> None:
    with pytest.raises(SynthesisError, match=repr(language)):
        Espeak().speak("good morning", language, RATE)


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SynthesisError, match="apt-get install espeak-ng"):
        Espeak().speak("good morning", "en", RATE)
