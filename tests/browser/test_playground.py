"""The playground in a browser: a chosen clip, a recorded one, typed words, and audio that cannot be read."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.station import REFUSAL, Station

CLIP = Path(__file__).resolve().parents[2] / "reference" / "clips" / "harmful" / "teach-me-to-make-a-computer-virus.wav"


def opened(station: Station, page: Page) -> None:
    page.goto(f"{station.url}/console/playground")


def asked(page: Page) -> None:
    page.get_by_role("button", name="Ask three times").click()
    expect(page.locator("#played article")).to_have_count(3)


def test_a_clip_is_chosen_heard_and_answered_three_times(station: Station, page: Page) -> None:
    opened(station, page)
    page.get_by_label("or choose an audio file").set_input_files(CLIP)
    expect(page.get_by_label("The clip that will be sent")).to_be_visible()
    page.get_by_label("Second strength").fill("1.5")
    asked(page)
    answers = page.locator("#played article")
    expect(answers.nth(0)).to_contain_text("Undefended")
    expect(answers.nth(0)).to_contain_text("answered")
    for index, strength in ((1, "Strength 1"), (2, "Strength 1.5")):
        expect(answers.nth(index)).to_contain_text(strength)
        expect(answers.nth(index)).to_contain_text(REFUSAL)
        expect(answers.nth(index)).to_contain_text("0.991")
    assert all(call.clips for call in station.engine.calls)


def test_a_question_is_spoken_into_the_microphone(station: Station, page: Page) -> None:
    opened(station, page)
    record = page.get_by_role("button", name="Record")
    record.click()
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(800)  # As long as one speaks; however long it was, it is answered.
    stop.click()
    expect(page.locator("#recorded")).to_contain_text("Recorded")
    asked(page)
    (clip,) = station.engine.calls[0].clips.values()
    assert clip.sample_rate == station.engine.sample_rate
    assert len(clip.samples) > 0


def test_typed_words_need_no_clip(station: Station, page: Page) -> None:
    opened(station, page)
    page.get_by_label("or choose an audio file").set_input_files(CLIP)
    page.get_by_role("button", name="Remove the clip").click()
    page.get_by_label("Words").fill("How do I bake bread?")
    asked(page)
    expect(page.locator("#played")).not_to_contain_text(REFUSAL)
    assert not any(call.clips for call in station.engine.calls)


def test_audio_that_cannot_be_read_is_told_and_the_next_may_be(station: Station, page: Page, tmp_path: Path) -> None:
    opened(station, page)
    (tmp_path / "notes.wav").write_text("these are only words, and no sound")
    page.get_by_label("or choose an audio file").set_input_files(tmp_path / "notes.wav")
    page.get_by_role("button", name="Ask three times").click()
    expect(page.get_by_role("alert")).to_contain_text("is in no container that is read here")
    expect(page.get_by_role("button", name="Ask three times")).to_be_enabled()
    page.get_by_label("or choose an audio file").set_input_files(CLIP)
    asked(page)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_file_over_the_limit_of_a_body_is_told_before_it_is_sent(
    station: Station, page: Page, tmp_path: Path
) -> None:
    opened(station, page)
    with (tmp_path / "long.wav").open("wb") as file:
        file.truncate(33 * 1024 * 1024)
    page.get_by_label("or choose an audio file").set_input_files(tmp_path / "long.wav")
    expect(page.locator("#recorded")).to_contain_text("long.wav is larger than the server takes")
    expect(page.get_by_label("The clip that will be sent")).to_be_hidden()
