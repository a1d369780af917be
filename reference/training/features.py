"""Training speech as log-mel, made once by all cores and kept on disk, and how it is changed anew at every step."""

import json
import math
import multiprocessing
import random
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor

from reference.corpus import Query, held_out_queries, scrambled_questions, training_queries
from reference.speech import (
    SAMPLING_RATE,
    Condition,
    Delivery,
    Emotion,
    Intensity,
    Prosody,
    SpeechError,
    synthesise,
)
from reference.training.network import WINDOW_SECONDS

MEL_BINS = 80
_FLOOR = 2.0
"""Whisper's log-mel is cut this far below its loudest value; silence stands at the cut."""
_SHARES = {"harmful": 0.34, "look": 0.16, "benign": 0.36, "qa": 0.14}
_SCRAMBLED = 0.25


@dataclass(frozen=True, slots=True)
class ClipJob:
    """One clip to make, by what decides its samples. ``scrambled``: for transcription only, no query of the corpus."""

    text: str
    condition: Condition
    seed: int
    scrambled: bool = False
    varied: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SpeechSet:
    """Clips as one log-mel array float16 [frames, MEL_BINS]; clip i holds the frames offsets[i] to offsets[i + 1]."""

    jobs: tuple[ClipJob, ...]
    mel: npt.NDArray[np.float16]
    offsets: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.jobs)

    def frames(self, index: int) -> int:
        return int(self.offsets[index + 1] - self.offsets[index])

    def batch(self, indices: list[int]) -> tuple[Tensor, Tensor]:
        """[clips, MEL_BINS, longest] float32, silent after each clip's end, and the clips' frame counts."""
        counts = [self.frames(index) for index in indices]
        longest = min(50 * WINDOW_SECONDS, math.ceil((max(counts) + 4) / 4) * 4)
        batch = torch.empty(len(indices), MEL_BINS, longest)
        for row, (index, count) in enumerate(zip(indices, counts, strict=True)):
            clip = torch.from_numpy(np.array(self.mel[self.offsets[index] : self.offsets[index + 1]], np.float32).T)
            batch[row, :, :count] = clip
            batch[row, :, count:] = clip.max() - _FLOOR
        return batch, torch.tensor(counts)


def training_jobs(count: int, seed: int) -> tuple[ClipJob, ...]:
    """Clips in known voices, varied; harmful and benign queries in fixed shares, and scrambled questions."""
    draw = random.Random(f"training {seed}")
    pools: dict[str, list[Query]] = {name: [] for name in _SHARES}
    for query in training_queries():
        pools["harmful" if query.harmful else query.group if query.group in pools else "benign"].append(query)
    scrambled = int(count * _SCRAMBLED)
    jobs = [
        ClipJob(text, "known", draw.randrange(2**31), scrambled=True, varied=True)
        for text in scrambled_questions(scrambled, seed)
    ]
    for name in draw.choices(list(_SHARES), list(_SHARES.values()), k=count - scrambled):
        jobs.append(ClipJob(draw.choice(pools[name]).text, "known", draw.randrange(2**31), varied=True))
    draw.shuffle(jobs)
    return tuple(jobs)


def development_jobs(count: int, seed: int) -> tuple[ClipJob, ...]:
    """``count`` clips of the dev fold in each condition, to watch training by."""
    draw = random.Random(f"development {seed}")
    pool = held_out_queries("dev")
    return tuple(
        ClipJob(draw.choice(pool).text, condition, draw.randrange(2**31))
        for condition in get_args(Condition)
        for _ in range(count)
    )


def _delivery(job: ClipJob) -> Delivery:
    if not job.varied:
        return Delivery()
    draw = random.Random(f"delivery {job.seed}")
    prosody, reverberation = Prosody(), 0.0
    if draw.random() < 0.25:
        prosody = Prosody.of(draw.choice(get_args(Emotion)), draw.choice(get_args(Intensity)))
    if draw.random() < 0.2:
        reverberation = draw.uniform(0.1, 0.5)
    return Delivery(prosody, reverberation, varied=True)


_extractor: Any = None


def _start_worker() -> None:
    global _extractor
    from transformers import WhisperFeatureExtractor

    torch.set_num_threads(1)
    _extractor = WhisperFeatureExtractor(feature_size=MEL_BINS, chunk_length=WINDOW_SECONDS, hop_length=320)


def _make(job: ClipJob) -> npt.NDArray[np.float16] | None:
    """Log-mel [frames, MEL_BINS] of one clip; None where the text cannot be said in the window."""
    try:
        samples = synthesise(job.text, job.condition, job.seed, _delivery(job)).samples
    except SpeechError:
        return None
    heard = _extractor(samples, sampling_rate=SAMPLING_RATE, return_attention_mask=True, return_tensors="np")
    count = int(heard["attention_mask"][0].sum())
    return np.asarray(heard["input_features"][0][:, :count].T, dtype=np.float16)


def speak(
    jobs: tuple[ClipJob, ...], folder: Path, progress: Callable[[int, int], None] = lambda done, total: None
) -> SpeechSet:
    """Make the clips with every core, or read them back from ``folder`` if they are the same ones.

    Raise SpeechError if a synthesiser is missing, or if more than one clip in fifty does not fit the window.
    """
    wanted = [asdict(job) for job in jobs]
    listing = folder / "jobs.json"
    if not listing.exists() or json.loads(listing.read_text())["asked"] != wanted:
        synthesise("hello", "known", 0)  # A missing synthesiser is named here, once.
        made, mels = [], []
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(mp_context=spawn, initializer=_start_worker) as pool:
            for job, mel in zip(jobs, pool.map(_make, jobs, chunksize=32), strict=True):
                if mel is not None:
                    made.append(asdict(job))
                    mels.append(mel)
                progress(len(made), len(jobs))
        if len(made) < 0.98 * len(jobs):
            raise SpeechError(f"Only {len(made)} of {len(jobs)} clips fit {WINDOW_SECONDS} s; shorten the corpus.")
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "mel.npy", np.concatenate(mels))
        np.save(folder / "offsets.npy", np.cumsum([0, *(len(mel) for mel in mels)]))
        listing.write_text(json.dumps({"asked": wanted, "made": made}))
    made_jobs = tuple(ClipJob(**job) for job in json.loads(listing.read_text())["made"])
    return SpeechSet(made_jobs, np.load(folder / "mel.npy", mmap_mode="r"), np.load(folder / "offsets.npy"))


def batches(speech: SpeechSet, size: int, seed: str) -> list[list[int]]:
    """One epoch's batches: clips of like length together, in random order."""
    draw = random.Random(seed)
    order = list(range(len(speech)))
    draw.shuffle(order)
    result = []
    for start in range(0, len(order), 20 * size):
        alike = sorted(order[start : start + 20 * size], key=speech.frames)
        result += [alike[first : first + size] for first in range(0, len(alike), size)]
    draw.shuffle(result)
    return [batch for batch in result if len(batch) == size]


def vary(mel: Tensor, counts: Tensor, seed: int) -> tuple[Tensor, Tensor]:
    """Change a batch [clips, MEL_BINS, time] anew: speed, vocal tract length, colour, and masked stripes.

    Stripes are SpecAugment's (Park et al. 2019); the vocal tract is warped along the mel axis (Jaitly and Hinton
    2013). A clip stays within the window, and silence stays at Whisper's floor.
    """
    random_ = torch.Generator().manual_seed(seed)
    clips, bins, time = mel.shape

    def uniform(low: float, high: float) -> Tensor:
        return low + (high - low) * torch.rand(clips, generator=random_)

    slower = torch.minimum(uniform(0.85, 1.15), (50 * WINDOW_SECONDS) / counts)
    new_counts = (counts * slower).long().clamp(min=20)
    longest = min(50 * WINDOW_SECONDS, math.ceil((int(new_counts.max()) + 4) / 4) * 4)
    at_time = torch.arange(longest)[None] / slower[:, None]
    at_bin = (torch.arange(bins)[None] - 8) * uniform(0.88, 1.12)[:, None] + 8 + uniform(-2, 2)[:, None]
    grid = torch.stack(
        [
            (2 * at_time / (time - 1) - 1)[:, None].expand(-1, bins, -1),
            (2 * at_bin / (bins - 1) - 1)[:, :, None].expand(-1, -1, longest),
        ],
        dim=-1,
    )
    varied = F.grid_sample(mel[:, None], grid, padding_mode="border", align_corners=True)[:, 0]
    ramp = torch.linspace(0, math.pi, bins)[None]
    for wave in (1, 2, 3):
        varied += (uniform(-0.12, 0.12)[:, None] * torch.cos(wave * ramp))[:, :, None]
    means = varied.mean(dim=(1, 2), keepdim=True)
    for axis, widest, stripes in ((1, 10, 2), (2, 6, 2)):
        extent = torch.full((clips,), bins) if axis == 1 else new_counts
        places = torch.arange(varied.shape[axis])
        for _ in range(stripes):
            width = uniform(0, widest)
            start = uniform(0, 1) * (extent - width)
            stripe = (places[None] >= start[:, None]) & (places[None] < (start + width)[:, None])
            varied = torch.where(stripe[:, :, None] if axis == 1 else stripe[:, None], means, varied)
    floor = varied.amax(dim=(1, 2), keepdim=True) - _FLOOR
    silent = torch.arange(longest)[None, None] >= new_counts[:, None, None]
    return torch.where(silent, floor, varied.maximum(floor)), new_counts
