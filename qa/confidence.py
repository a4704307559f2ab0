"""How likely it is that a passage answers: logistic models over the signals of retrieval.

One for a search in all documents, one for a search in a single district's, where few passages
compete and what another district says is telling. Fitted by `qa.evaluation.tuning`; the weights can
be read in `confidence.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

FEATURES = {
    "everywhere": ("words", "meaning", "sentence", "coverage", "heading", "typed"),
    "district": ("meaning", "elsewhere", "typed"),
}


def features(signals: Mapping[str, float], elsewhere: float | None) -> dict[str, float]:
    """Return the signals of a passage with `elsewhere`: see `confidence`."""
    return {**signals, "elsewhere": elsewhere or 0.0}


def only_elsewhere(own: float, other: float) -> float:
    """Return how much it seems that another district says what is asked, and this one doesn't.

    `own` and `other` are how much of the question stands in one sentence of each one's best
    passage. A little more there means nothing, nearly all there and nearly nothing here much.

    >>> round(only_elsewhere(0.05, 0.9), 2), round(only_elsewhere(0.5, 0.8), 2)
    (0.8, 0.11)
    """
    return other * (1 - own / other) ** 2 if other > own else 0.0


def confidence(signals: Mapping[str, float], elsewhere: float | None) -> float:
    """Return the probability, 0 to 1, that a passage with these signals answers.

    `elsewhere` is `only_elsewhere`, None if all documents were searched.
    """
    model = _models()[model_for(elsewhere)]
    values = features(signals, elsewhere)
    total = model["bias"] + sum(w * values[name] for name, w in model["weights"].items())
    return float(1 / (1 + math.exp(-total)))


def model_for(elsewhere: float | None) -> str:
    """Return the name of the model that judges a search with this `elsewhere`."""
    return "everywhere" if elsewhere is None else "district"


def threshold(elsewhere: float | None) -> float:
    """Return the confidence from which on a passage counts as an answer."""
    return float(_models()[model_for(elsewhere)]["threshold"])


@cache
def _models() -> dict[str, Any]:
    file = resources.files("qa") / "confidence.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))
