"""How likely it is that a passage answers: a logistic model over the signals of retrieval.

Fitted by `qa.evaluation.tuning` on questions whose answering passages are known, and on the same
questions with those passages taken away; the weights can be read in `confidence.json`.
"""

from __future__ import annotations

import json
import math
import typing
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

THRESHOLD = 0.5


def confidence(signals: Mapping[str, float]) -> float:
    """Return the probability, 0 to 1, that a passage with these signals answers."""
    model = _model()
    total = model["bias"] + sum(
        weight * signals.get(name, 0.0) for name, weight in model["weights"].items()
    )
    return 1 / (1 + math.exp(-total))


@cache
def _model() -> dict[str, Any]:
    file = resources.files("qa") / "confidence.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))
