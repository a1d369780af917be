import io
import struct
import time

import av
import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.audio.decode import Budget, decode, sniff
from server.audio.limits import AudioLimits
from server.engine.protocol import Waveform
from server.errors import AudioTooLarge, InvalidAudio, UnsupportedAudio
from tests.server.audio.encoded import CONTAINERS, by_ffmpeg, by_sndfile, encode, tone, wav

LIMITS = AudioLimits(max_clips=8, max_clip_seconds=60, max_audio_seconds=60, max_decoded_bytes=256 * 2**20)
PARAM = "messages[0].content[0].input_audio.data"
RATE = 16_000
SECOND_OF_PCM = tone(1, RATE).tobytes()[: RATE * 2]


def heard(data: bytes, limits: AudioLimits = LIMITS) -> Waveform:
    return decode(data, RATE, Budget(limits), PARAM)


def loudest_hertz(wave: Waveform) -> float:
    spectrum = np.abs(np.fft.rfft(wave.samples * np.hanning(len(wave.samples))))
    return float(spectrum.argmax() * wave.sample_rate / len(wave.samples))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {container: encode(container, tone(1, 48_000, 2), 48_000) for container in CONTAINERS}


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_container_is_told_by_its_bytes_and_sounds_as_it_was_encoded(
    files: dict[str, bytes], container: str
) -> None:
    assert sniff(files[container]) == container
    wave = heard(files[container])
    assert wave.samples.dtype == np.dtype(np.float32)
    assert (wave.samples.ndim, wave.sample_rate) == (1, RATE)
    # AAC pads its last frame of 1024.
    assert RATE <= len(wave.samples) <= RATE + 1024
    assert loudest_hertz(wave) == pytest.approx(440, abs=2)
    middle = wave.samples[RATE // 4 : 3 * RATE // 4]
    assert float(np.sqrt(np.mean(middle**2))) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


@pytest.mark.parametrize("rate", [4_000, 8_000, 11_025, 16_000, 22_050, 44_100, 96_000, 384_000])
def test_any_rate_is_resampled_to_the_models(rate: int) -> None:
    wave = heard(by_sndfile(tone(0.5, rate), rate, "WAV", "FLOAT"))
    assert len(wave.samples) == pytest.approx(RATE / 2, abs=2)
    assert loudest_hertz(wave) == pytest.approx(440, abs=3)


def test_channels_are_mixed_to_their_mean() -> None:
    samples = np.zeros((RATE, 4), np.float32)
    samples[:, 1] = 0.8
    wave = heard(by_sndfile(samples, RATE, "WAV", "FLOAT"))
    np.testing.assert_allclose(wave.samples[100:-100], 0.2, atol=1e-3)


@pytest.mark.parametrize(
    "data",
    [b"", b"a", b"not audio at all", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + bytes(64), b"#EXTM3U\nhttp://127.0.0.1/\n"],
)
def test_what_is_no_audio_container_is_415_and_lists_those_that_are(data: bytes) -> None:
    with pytest.raises(UnsupportedAudio, match="send wav, mp3, flac, ogg, opus, m4a or webm") as caught:
        heard(data)
    assert caught.value.param == PARAM


def test_a_codec_that_is_not_read_is_415_and_named() -> None:
    with pytest.raises(UnsupportedAudio, match="codec alac"):
        heard(by_ffmpeg(tone(0.2, 44_100), 44_100, "mp4", "alac", "s16p"))


def test_an_ogg_of_another_codec_is_415() -> None:
    vorbis = encode("ogg", tone(0.1, RATE), RATE)
    with pytest.raises(UnsupportedAudio):
        heard(vorbis.replace(b"\x01vorbis", b"Speex  ", 1))


def test_the_sound_of_a_film_is_heard_without_its_pictures() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as out:
        pictures = out.add_stream("mpeg4", rate=10)
        pictures.width = pictures.height = 32
        pictures.pix_fmt = "yuv420p"
        sound = out.add_stream("aac", rate=RATE)
        sound.layout = "mono"
        for _ in range(10):
            out.mux(pictures.encode(av.VideoFrame(32, 32, "yuv420p")))
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(tone(1, RATE).T), format="fltp", layout="mono")
        frame.sample_rate = RATE
        out.mux(sound.encode(frame))
        out.mux(sound.encode(None))
        out.mux(pictures.encode(None))
    assert loudest_hertz(heard(file.getvalue())) == pytest.approx(440, abs=3)


def test_a_wav_cut_short_says_how_much_is_missing(files: dict[str, bytes]) -> None:
    with pytest.raises(InvalidAudio, match=r"cut short: its WAV header promises 192000 bytes of sound, 9\d+ came"):
        heard(files["wav"][: len(files["wav"]) // 2])


@pytest.mark.parametrize("container", ["flac", "ogg", "opus", "m4a"])
def test_a_file_cut_in_half_is_refused(files: dict[str, bytes], container: str) -> None:
    with pytest.raises(InvalidAudio):
        heard(files[container][: len(files[container]) // 2])


def test_a_wav_that_was_piped_and_so_claims_4_gb_is_heard_as_far_as_it_goes() -> None:
    assert len(heard(wav(SECOND_OF_PCM, data_size=0xFFFF_FFFF)).samples) == RATE


@pytest.mark.parametrize(
    "forged",
    [
        wav(SECOND_OF_PCM, channels=0),
        wav(SECOND_OF_PCM, channels=65_535),
        wav(SECOND_OF_PCM, rate=0),
        wav(SECOND_OF_PCM, rate=1_000),
        wav(SECOND_OF_PCM, rate=500_000),
        wav(SECOND_OF_PCM, rate=0xFFFF_FFFF),
        wav(SECOND_OF_PCM, bits=0),
        wav(SECOND_OF_PCM, data_size=2_000_000_000),
        wav(b""),
        wav(SECOND_OF_PCM)[:12],
        wav(SECOND_OF_PCM)[:36],
    ],
    ids=lambda data: data[20:44].hex(),
)
def test_a_forged_or_empty_wav_is_400(forged: bytes) -> None:
    with pytest.raises(InvalidAudio) as caught:
        heard(forged)
    assert caught.value.param == PARAM


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_samples_that_are_no_finite_numbers_are_400(value: float) -> None:
    samples = np.zeros(RATE, np.float32)
    samples[RATE // 2] = value
    with pytest.raises(InvalidAudio, match="no finite numbers"):
        heard(wav(samples.tobytes(), kind=3, bits=32))


@pytest.mark.parametrize(("channels", "rate"), [(1, 44_100), (2, 16_000)])
def test_samples_so_large_that_mixing_or_resampling_overflows_are_400(channels: int, rate: int) -> None:
    samples = np.full(RATE * channels, 3.4e38, np.float32)
    with pytest.raises(InvalidAudio, match="too large"):
        heard(wav(samples.tobytes(), kind=3, bits=32, channels=channels, rate=rate))


def test_a_clip_too_short_for_one_sample_at_the_models_rate_is_400() -> None:
    with pytest.raises(InvalidAudio, match="no sound"):
        heard(by_sndfile(tone(1, 384_000)[:1], 384_000, "WAV", "PCM_16"))


@pytest.mark.parametrize("container", CONTAINERS)
def test_a_clip_over_its_seconds_is_413_and_names_the_limit(files: dict[str, bytes], container: str) -> None:
    with pytest.raises(AudioTooLarge, match=r"limit of 0\.5 s in one clip"):
        heard(files[container], AudioLimits(8, 0.5, 60, 2**28))


def test_a_clip_of_just_the_limit_is_heard() -> None:
    assert len(heard(by_sndfile(tone(2, RATE), RATE, "WAV", "PCM_16"), AudioLimits(8, 2, 2, 2**28)).samples) == 2 * RATE


def test_the_clips_of_one_request_share_its_seconds() -> None:
    budget = Budget(AudioLimits(8, 2, 3, 2**28))
    clip = by_sndfile(tone(1.2, RATE), RATE, "WAV", "PCM_16")
    decode(clip, RATE, budget, "first")
    decode(clip, RATE, budget, "second")
    with pytest.raises(AudioTooLarge, match="third goes over the limit of 3 s of audio in one request"):
        decode(clip, RATE, budget, "third")


def test_decoded_bytes_count_every_channel() -> None:
    clip = by_sndfile(np.zeros((RATE, 8), np.float32), RATE, "WAV", "PCM_U8")
    assert len(heard(clip, AudioLimits(8, 60, 60, RATE * 8 * 4)).samples) == RATE
    with pytest.raises(AudioTooLarge, match=f"limit of {RATE * 8 * 4 - 1:g} bytes"):
        heard(clip, AudioLimits(8, 60, 60, RATE * 8 * 4 - 1))


def test_an_hour_in_a_small_flac_stops_at_the_limit_at_once() -> None:
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", RATE, 1, "PCM_16", format="FLAC") as out:
        for _ in range(60):
            out.write(np.zeros(60 * RATE, np.float32))
    assert len(file.getvalue()) < 300_000
    start = time.perf_counter()
    with pytest.raises(AudioTooLarge):
        heard(file.getvalue())
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(("muxer", "codec", "format_"), [("mp3", "libmp3lame", "fltp"), ("ogg", "libopus", "flt")])
def test_minutes_in_a_small_lossy_file_stop_at_the_limit(muxer: str, codec: str, format_: str) -> None:
    bomb = by_ffmpeg(np.zeros((300 * RATE, 1), np.float32), RATE, muxer, codec, format_, 8_000)
    assert len(bomb) < 350_000
    start = time.perf_counter()
    with pytest.raises(AudioTooLarge):
        heard(bomb, AudioLimits(8, 10, 10, 2**28))
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("count", [1_000_000, 85_000_000, 0xFFFF_FFFF])
def test_an_mp4_that_declares_more_samples_than_it_has_bytes_is_refused_before_it_is_indexed(
    files: dict[str, bytes], count: int
) -> None:
    forged = bytearray(files["m4a"])
    at = forged.find(b"stsz")
    forged[at + 8 : at + 16] = struct.pack(">II", 1, count)
    with pytest.raises(InvalidAudio, match=f"declares {count} samples in a file of {len(forged)} bytes"):
        heard(bytes(forged))


def test_a_rate_that_changes_midway_is_400() -> None:
    parts = [by_ffmpeg(tone(0.5, rate), rate, "mp3", "libmp3lame", "fltp") for rate in (16_000, 44_100)]
    with pytest.raises(InvalidAudio):
        heard(b"".join(parts))


SMALL = {container: encode(container, tone(0.1, 16_000), 16_000) for container in CONTAINERS}
MAGIC = [b"", b"RIFF\xff\xff\xff\xffWAVE", b"fLaC", b"OggS\x00\x02", b"ID3\x04", b"\xff\xfb", b"\x1a\x45\xdf\xa3"]
MAGIC += [b"\x00\x00\x00\x18ftypM4A "]


def only_api_errors(data: bytes) -> None:
    try:
        wave = heard(data, AudioLimits(8, 5, 5, 2**24))
    except (InvalidAudio, AudioTooLarge, UnsupportedAudio):
        return
    assert len(wave.samples) > 0
    assert np.isfinite(wave.samples).all()


@settings(max_examples=300)
@given(magic=st.sampled_from(MAGIC), rest=st.binary(max_size=600))
def test_random_bytes_raise_nothing_but_api_errors(magic: bytes, rest: bytes) -> None:
    only_api_errors(magic + rest)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), container=st.sampled_from(CONTAINERS))
def test_damaged_files_raise_nothing_but_api_errors(data: st.DataObject, container: str) -> None:
    file = bytearray(SMALL[container])
    # The first bytes hold the headers, where damage tells.
    places = st.integers(0, min(len(file), 400) - 1) | st.integers(0, len(file) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=6)):
        file[place] = value
    end = data.draw(st.none() | st.integers(0, len(file)))
    only_api_errors(bytes(file[:end]))
