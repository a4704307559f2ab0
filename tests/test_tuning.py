"""Learning the weights: from cases whose right passage is known in advance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from index.types import Passage
from qa.confidence import FEATURES
from qa.evaluation import tuning
from qa.evaluation.tuning import (
    Case,
    Judged,
    Ranking,
    first_right,
    fit_everyday,
    fit_reading,
    judged,
    ranked_groups,
)
from qa.hits import Hits
from qa.retrieve import READ, SIGNALS, Candidate

pytest.importorskip("scipy")


def candidate(number: int, text: str, **signals: float) -> Candidate:
    passage = Passage(f"p{number}", text, "文件.txt", "d", number, ())
    return Candidate(number, passage, {**dict.fromkeys(SIGNALS, 0.0), **signals}, 0.0, "问题")


def case(*texts: str, right: str, **first: float) -> Case:
    """A case whose first candidate alone has signals."""
    hits = [candidate(n, text, **(first if n == 0 else {})) for n, text in enumerate(texts)]
    return Case("group", "retrieval set", Hits(None, hits, "问题"), [t == right for t in texts])


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that takes every text with 答 in it for an answer."""
    monkeypatch.setattr(tuning, "_reads", lambda question, text: 2.0 if "答" in text else -2.0)


def test_reading_gets_weight_where_it_finds_what_the_signals_miss() -> None:
    cases = [
        case("近", "答", right="答", late=0.1),
        case("近", "远", "答", right="答", late=0.1),
    ] * 4
    ranking = Ranking.fitted(cases)
    assert ranking.reading > 0.1
    assert first_right(cases, ranking) == 1.0
    assert first_right(cases, Ranking(ranking.weights)) < 1.0


def test_a_refusal_set_tells_whether_a_question_is_answerable_but_not_by_what(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Candidate, "read", lambda self: {**self.signals, "reads": 0.0})
    known = case("答", "近", right="答", sentence=1.0, asked=1.0)
    asked = [
        replace(known, group="refusal", origin="refusal", relevant=[False, False], answerable=told)
        for told in (True, False)
    ]
    rows = judged([known, *asked])
    assert [row.right for row in rows if row.origin == "refusal"] == [True, False]
    # With and without the relevant one, from the whole pool and from a small one.
    assert sorted(row.right for row in rows if row.group == "group")[-2:] == [True, True]
    assert ranked_groups([known, *asked]) == ["group"]


def test_reading_gets_no_weight_where_it_misleads() -> None:
    cases = [case("近", "答", right="近", late=0.5)] * 4
    assert fit_reading(cases, Ranking.fitted(cases).weights) == pytest.approx(0, abs=1e-3)


def test_only_the_first_few_are_read() -> None:
    texts = [*(f"近{n}" for n in range(READ)), "答"]
    far = case(*texts, right="答", late=0.1)
    first, reads = far.read(far.signals() @ Ranking.fitted([case("近", right="近")]).weights)
    assert first.tolist() == list(range(READ))
    assert reads.tolist() == [-2.0] * READ


class Even:
    """A model to which everything is as likely as not."""

    def decision_function(self, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a logit for each row."""
        return np.zeros(len(matrix))


def judged_row(right: bool, everyday: float) -> Judged:
    features = dict.fromkeys(FEATURES["district"], 0.0)
    return Judged("everyday", "everyday", "district", features, right, everyday)


def test_that_a_question_is_an_everyday_one_counts_as_far_as_it_tells() -> None:
    telling = [judged_row(right, everyday=0.0 if right else 2.0) for right in (True, False) * 9]
    telling += [judged_row(True, 1.0), judged_row(False, 1.0)]
    idle = [judged_row(right, everyday=1.0) for right in (True, False) * 9]
    assert fit_everyday(telling, "district", Even()) > 0.5
    assert fit_everyday(idle, "district", Even()) == pytest.approx(0, abs=1e-4)
