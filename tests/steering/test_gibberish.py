import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering.gibberish import Gibberish


def is_gibberish(*pieces: str) -> bool:
    gibberish = Gibberish()
    for piece in pieces:
        gibberish.add(piece)
    return bool(gibberish)


def random_words(letters: str, count: int, seed: int) -> str:
    source = random.Random(seed)
    return " ".join("".join(source.choices(letters, k=source.randint(3, 9))) for _ in range(count))


@pytest.mark.parametrize(
    "text",
    [
        random_words("bcdfghjklmnpqrstvwxz", 20, seed=1),
        random_words(string.ascii_lowercase, 300, seed=2),
        "Ça va très bien, même l'été à la forêt, où il a été reçu à côté. Déjà arrivé ?".encode().decode("latin-1"),
        "Привет, как дела?".encode().decode("cp1252", errors="ignore"),
        "\ufffd\ufffd a \ufffd\ufffd b",
        "mсlр тоrп ал\u0915б бв\u0627г гh\u0915д ко\u0627л",
    ],
)
def test_what_no_language_looks_like_is_gibberish(text: str) -> None:
    assert is_gibberish(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "xq",
        "qwx vjk",
        "Angstschweiß, Rechtsschutz und Dampfschifffahrtsgesellschaft",
        "Chrząszcz brzmi w trzcinie w Szczebrzeszynie, strząsa skrzydła z dżdżu.",
        "Strč prst skrz krk. Čtvrtek, čtvrt, scvrkl, zhltl, prst, vlk, smrt, krk, drn, trn.",
        "Mwyn mwyn yw llwyn, cwm, cwrw, bws, plwc, gwrthgrwydd a chwrs.",
        'const fmt = (str, ptr) => { x = q.js ? qx : vk; return JSON.stringify({"k": [1, 2]}); }',
        "QZXJ VKWQ PXJZ QVJK WXZQ JVQX KZWQ VXJQ",
        "c2F5IHdoYXQgeW91IG1lYW4gYW5kIG1lYW4gd2hhdCB5b3Ugc2F5IGFnYWlu",
        "« Café » — “naïve” à la carte… «é» «à» «ô»",
        "AIは便利です。APIを使うとJSONが返ります。",
        "Hello Привет こんにちは مرحبا 안녕 नमस्ते",
    ],
)
def test_what_is_merely_odd_is_not(text: str) -> None:
    assert not is_gibberish(text)


@given(st.text(max_size=200), st.integers(0, 200))
def test_the_cut_does_not_matter(text: str, place: int) -> None:
    assert is_gibberish(text[:place], text[place:]) == is_gibberish(text) == is_gibberish(*text)
