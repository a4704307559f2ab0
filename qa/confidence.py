"""How likely it is that a passage answers: logistic models over the signals of retrieval and reading.

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
    "everywhere": ("typed", "missing", "asked", "most"),
    "district": ("held", "missing", "asked", "reads", "mistimed", "meaning_behind", "typed_behind"),
}
RIVAL = ("meaning", "typed")
# From which confidence on a passage answers where documents are of no district.
LIKELIER = 0.5

Signals = Mapping[str, float]


def features(signals: Signals, rival: Signals | None) -> dict[str, float]:
    """Return what the models weigh: a passage's signals, and how far they are behind the rival's.

    ``held`` tells how nearly the sentence that fits best is one that holds what is asked for; where
    no sentence shares a character with the question, nothing speaks against it. ``mistimed`` tells that
    a plan is asked for and the passage tells results, or the other way. ``most`` is how far any of
    the first passages that were read answers, for the first of them (`qa.answer.Hits.told`).

    >>> signals = {"meaning": 0.2, "sentence": 0.4, "typed": 0.2, "tense": -1.0}
    >>> told = features(signals, {"meaning": 0.5, "typed": 0.1})
    >>> told["held"], told["mistimed"], told["meaning_behind"], told["typed_behind"]
    (0.5, 1.0, 0.3, 0.0)
    """
    held = signals["typed"] / signals["sentence"] if signals["sentence"] else 1.0
    behind = {f"{name}_behind": max(0.0, rival[name] - signals[name]) for name in RIVAL if rival}
    return {**signals, "held": held, "mistimed": max(0.0, -signals["tense"]), **behind}


def in_favour(signals: Signals) -> Signals:
    """Return the signals with reading only as far as it speaks for a passage, for a broad question.

    One clause among others answers 「产业方面有什么举措」; what else the passage says doesn't speak against it.
    """
    return {**signals, "reads": max(0.0, signals["reads"])}


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


def confidence(signals: Signals, rival: Signals | None, everyday: float = 0.0) -> float:
    """Return the probability, 0 to 1, that a passage with these signals answers.

    `rival` is `rival_of` the other districts, None if all documents were searched, or there are no
    others. How far the question is an `everyday` one (`qa.everyday`) speaks against it.
    """
    model = _models()[model_for(rival)]
    values = features(signals, rival)
    total = model["bias"] + sum(w * values[name] for name, w in model["weights"].items())
    return float(1 / (1 + math.exp(model["everyday"] * everyday - total)))


def model_for(rival: Signals | None) -> str:
    """Return the name of the model that judges a search with this `rival`."""
    return "everywhere" if rival is None else "district"


def threshold(rival: Signals | None, districts: bool = True, several: bool = False) -> float:
    """Return the confidence from which on a passage counts as an answer.

    A lower one for each of `several` districts asked together: the answer is whole only if none is refused
    wrongly. Where documents are of `districts`, few questions with an answer may be refused: what a district
    doesn't say is mostly told by what others say. Where they are of none, as news from the web, a question
    must be answered likelier than not.
    """
    if not districts:
        return LIKELIER
    model = _models()[model_for(rival)]
    return float(model["threshold_of_several"] if several else model["threshold"])


@cache
def _models() -> dict[str, Any]:
    file = resources.files("qa") / "confidence.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))
