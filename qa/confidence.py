"""How likely it is that a passage answers: logistic models over the signals of retrieval.

One for a search in all documents, one for a search in a single district's, where few passages
compete and what another district says is telling: its signals are the `rival`'s. Fitted by
`qa.evaluation.tuning`; the weights can be read in `confidence.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

FEATURES = {
    "everywhere": ("words", "meaning", "late", "sentence", "coverage", "heading", "typed"),
    "district": (
        "meaning", "typed", "sentence_elsewhere", "late_elsewhere", "typed_elsewhere"
    ),
}  # fmt: skip
RIVAL = ("sentence", "late", "typed")

Signals = Mapping[str, float]


def features(signals: Signals, rival: Signals | None) -> dict[str, float]:
    """Return what the models weigh: a passage's signals, and how they compare with the rival's.

    >>> features({"sentence": 0.2, "late": 0.5, "typed": 0}, {"sentence": 0.4, "late": 0.5, "typed": 0})
    {'sentence': 0.2, 'late': 0.5, 'typed': 0, 'sentence_elsewhere': 0.1, 'late_elsewhere': 0.0, 'typed_elsewhere': 0.0}
    """
    elsewhere = (
        {f"{name}_elsewhere": only_elsewhere(signals[name], rival[name]) for name in RIVAL}
        if rival
        else {}
    )
    return {**signals, **elsewhere}


def rival_of(others: Sequence[Signals]) -> Signals | None:
    """Return what other districts' best passages come to, each signal by itself; None for none.

    That is the median, of two the lower: where several are asked together, some happen to say it in the question's
    own words, and the others aren't silent for it. A single other one counts as it is.
    """
    if not others:
        return None
    return {
        name: sorted((signals[name] for signals in others), reverse=True)[len(others) // 2]
        for name in RIVAL
    }


def only_elsewhere(own: float, other: float) -> float:
    """Return how much it seems that another district says what is asked, and this one doesn't.

    `own` and `other` are one signal of each one's best passage, such as how much of the question
    stands in one sentence of it. A little more there means nothing, nearly all there and nearly
    nothing here much.

    >>> round(only_elsewhere(0.05, 0.9), 2), round(only_elsewhere(0.5, 0.8), 2)
    (0.8, 0.11)
    """
    return other * (1 - own / other) ** 2 if other > own else 0.0


def confidence(signals: Signals, rival: Signals | None) -> float:
    """Return the probability, 0 to 1, that a passage with these signals answers.

    `rival` is `rival_of` the other districts, None if all documents were searched, or there are no
    others.
    """
    model = _models()[model_for(rival)]
    values = features(signals, rival)
    total = model["bias"] + sum(w * values[name] for name, w in model["weights"].items())
    return float(1 / (1 + math.exp(-total)))


def model_for(rival: Signals | None) -> str:
    """Return the name of the model that judges a search with this `rival`."""
    return "everywhere" if rival is None else "district"


def threshold(rival: Signals | None) -> float:
    """Return the confidence from which on a passage counts as an answer."""
    return float(_models()[model_for(rival)]["threshold"])


@cache
def _models() -> dict[str, Any]:
    file = resources.files("qa") / "confidence.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))
