"""An untrained model of the reference's shape, made once."""

from pathlib import Path
from typing import Any

import pytest
import torch

from reference.training.network import WINDOW_SECONDS, untrained
from reference.training.stages import Learner
from reference.training.vocabulary import write_processor


@pytest.fixture(scope="package")
def processor(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return write_processor(Path(tmp_path_factory.mktemp("processor")), WINDOW_SECONDS)


@pytest.fixture(scope="package")
def learner(processor: Any) -> Learner:
    model = untrained(processor.tokenizer, seed=0).eval()
    return Learner(model, processor.tokenizer, torch.device("cpu"), seed=0)
