"""How likely it is that a passage answers: a logistic model over the signals of retrieval.

Fitted by `qa.evaluation.tuning` on questions whose answering passages are known, and on the same
questions with those passages taken away; the weights can be read in `confidence.json`.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources
from typing import Any

from qa.highlight import asks_figure, has_figure
from qa.retrieve import Candidate
from qa.types import Understood

THRESHOLD = 0.5
FEATURES = ("words", "meaning", "sentence", "coverage", "restricted", "no_figure", "length")


def features(understood: Understood, candidate: Candidate) -> list[float]:
    """Return what the model judges by, in the order of `FEATURES`.

    The signals of `qa.retrieve.signals_of`; whether the search was restricted to a district;
    whether a figure is asked for and the passage has none; the length of the topic, in tens of
    characters.
    """
    lacks = asks_figure(understood.question) and not has_figure(candidate.passage.text)
    return [
        candidate.signals["words"],
        candidate.signals["meaning"],
        candidate.signals["sentence"],
        candidate.signals["coverage"],
        float(bool(understood.districts)),
        float(lacks),
        len(understood.topic) / 10,
    ]


def confidence(understood: Understood, candidate: Candidate) -> float:
    """Return the probability, 0 to 1, that a candidate answers."""
    model = _model()
    values = zip(FEATURES, features(understood, candidate), strict=True)
    total = model["bias"] + sum(model["weights"][name] * value for name, value in values)
    return 1 / (1 + math.exp(-total))


@cache
def _model() -> dict[str, Any]:
    file = resources.files("qa") / "confidence.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))
