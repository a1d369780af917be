"""Speech for sets that come as text."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Protocol

from steering.clip import ClipError, Samples, read_clip


class SynthesisError(Exception):
    """Words that cannot be spoken; the message says what is missing."""


class Synthesiser(Protocol):
    """Speaks words in a language."""

    @property
    def voice(self) -> str:
        """Who speaks, as items name it."""

    def speak(self, text: str, language: str, sample_rate: int) -> Samples:
        """``text`` as float32 mono at ``sample_rate`` Hz; ``language`` is an ISO 639-1 code. Raise SynthesisError."""


class Espeak:
    """espeak-ng's own voice of each language; the same words always give the same samples."""

    voice = "espeak-ng"

    def speak(self, text: str, language: str, sample_rate: int) -> Samples:
        program = shutil.which("espeak-ng")
        if program is None:
            raise SynthesisError(
                "espeak-ng is not found; install it (apt-get install espeak-ng) or pass recorded speech."
            )
        if not language.replace("-", "").isalnum():
            raise SynthesisError(f"{language!r} is no language; give a code such as en or it.")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "speech.wav"
            # The words go in by stdin: as an argument, some would be options.
            run = [program, "-b", "1", "-v", language, "-w", str(path), "--stdin"]
            spoken = subprocess.run(run, input=text.encode(), capture_output=True, check=False)
            if spoken.returncode or not path.is_file():
                said = spoken.stderr.decode(errors="replace").strip().removeprefix("Error: ")
                raise SynthesisError(
                    f"espeak-ng does not speak {language!r} ({said}); leave it out or use another voice."
                )
            try:
                return read_clip(path, sample_rate, None)
            except ClipError as error:
                raise SynthesisError(f"espeak-ng made no sound of {text!r}; give it words.") from error
