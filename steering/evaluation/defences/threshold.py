"""Telling harmful from benign by one number: the best cut."""

from dataclasses import dataclass
from math import inf

import torch


@dataclass(frozen=True, slots=True)
class Threshold:
    """A score of ``value`` or more is taken for harmful. ``accuracy`` is balanced: the mean of both classes'."""

    value: float
    accuracy: float


def best_threshold(harmful: torch.Tensor, benign: torch.Tensor) -> Threshold:
    """The threshold between two scores that tells the classes apart best, of equals the lowest.

    ``harmful`` and ``benign`` are [items]; flagging all and flagging nothing are among the choices.
    """
    scores = torch.unique(torch.cat([harmful, benign]))
    cuts = [-inf, *((scores[1:] + scores[:-1]) / 2).tolist(), inf]
    accuracies = [float((harmful >= cut).double().mean() + (benign < cut).double().mean()) / 2 for cut in cuts]
    accuracy = max(accuracies)
    return Threshold(cuts[accuracies.index(accuracy)], accuracy)
