"""How likely it is that a passage answers."""

from __future__ import annotations

import math

import pytest

from qa import confidence as module
from qa.confidence import (
    FEATURES,
    LIKELIER,
    Signals,
    confidence,
    features,
    in_favour,
    rival_of,
    threshold,
)

SIGNALS = ("meaning", "late", "sentence", "coverage", "typed", "asked", "tense")
NOTHING = {**dict.fromkeys(SIGNALS, 0.0), "missing": 1.0, "reads": -4.0, "most": -4.0}
HALF = {**dict.fromkeys(SIGNALS, 0.5), "missing": 0.5, "reads": 0.0, "most": 0.0}
ALL = {**dict.fromkeys(SIGNALS, 1.0), "missing": 0.0, "reads": 4.0, "most": 4.0}


@pytest.mark.parametrize("rival", [None, NOTHING, ALL])
def test_a_confidence_is_a_probability(rival: Signals | None) -> None:
    for signals in (NOTHING, ALL):
        assert 0 < confidence(signals, rival) < 1


def test_more_evidence_is_more_likely_to_answer() -> None:
    assert confidence(ALL, None) > threshold(None) > confidence(NOTHING, None)
    assert confidence(ALL, HALF) > confidence(HALF, HALF) > confidence(NOTHING, HALF)


def test_what_another_district_says_instead_speaks_against_it() -> None:
    assert confidence(HALF, ALL) < confidence(HALF, HALF) == confidence(HALF, NOTHING)


@pytest.mark.parametrize(("rival", "feature"), [(None, "most"), (HALF, "reads")])
def test_reading_speaks_for_a_passage_or_against_it(rival: Signals | None, feature: str) -> None:
    against, nothing, told = (confidence({**HALF, feature: x}, rival) for x in (-4.0, 0.0, 4.0))
    assert against < nothing < told


def test_of_a_district_reading_speaks_only_for_a_passage_to_a_broad_question() -> None:
    read = [in_favour({**HALF, "reads": logit}) for logit in (-4.0, 0.0, 4.0)]
    against, nothing, told = (confidence(signals, HALF) for signals in read)
    assert against == nothing < told


def test_where_documents_are_of_no_district_an_answer_must_be_likelier_than_not() -> None:
    assert threshold(None, districts=False) == LIKELIER > threshold(None)


def test_one_of_several_districts_need_not_be_as_sure() -> None:
    rival = {"meaning": 0.5, "typed": 0.1}
    assert threshold(rival, several=True) < threshold(rival)


def test_without_other_districts_there_is_no_rival() -> None:
    assert rival_of([]) is None


def test_each_signal_of_the_rival_is_the_median_of_the_others() -> None:
    half = {"meaning": 0.5, "typed": 0.5}
    assert rival_of([HALF]) == rival_of([ALL, HALF, NOTHING]) == half
    assert rival_of([ALL, NOTHING]) == {"meaning": 0.0, "typed": 0.0}


@pytest.mark.parametrize(("own", "other", "behind"), [(0.75, 0.75, 0), (1, 0, 0), (0.25, 1, 0.75)])
def test_a_passage_is_behind_by_what_the_rival_has_more(
    own: float, other: float, behind: float
) -> None:
    values = features({**HALF, "meaning": own}, {**HALF, "meaning": other})
    assert values["meaning_behind"] == behind
    assert values["typed_behind"] == 0


def test_the_best_sentence_may_hold_what_is_asked_for_wholly_partly_or_not() -> None:
    told = [features({**HALF, "typed": typed}, None)["held"] for typed in (0.5, 0.25, 0.0)]
    assert told == [1.0, 0.5, 0.0]
    assert features(NOTHING, None)["held"] == 1.0


@pytest.mark.parametrize(("tense", "mistimed"), [(1.0, 0.0), (0.0, 0.0), (-0.5, 0.5), (-1.0, 1.0)])
def test_results_where_a_plan_is_asked_for_are_mistimed(tense: float, mistimed: float) -> None:
    assert features({**HALF, "tense": tense}, None)["mistimed"] == mistimed
    fits, doesnt = ({**ALL, "tense": tense} for tense in (1.0, -1.0))
    assert confidence(doesnt, NOTHING) < confidence(fits, NOTHING)


def test_the_confidence_is_a_logistic_function_of_the_signals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = {
        "bias": -1.0, "weights": {"late": 2.0, "meaning_behind": -3.0}, "everyday": 1.0
    }  # fmt: skip
    monkeypatch.setattr(module, "_models", lambda: {"district": model, "everywhere": model})
    # -1 + 2 * 0.75 - 3 * 0.5 = -1, and 1 / (1 + e) = 0.2689...
    signals, rival = {**NOTHING, "late": 0.75}, {**NOTHING, "meaning": 0.5}
    assert confidence(signals, rival) == pytest.approx(1 / (1 + math.e))


def test_the_fitted_models_use_the_features_that_the_code_names() -> None:
    models = module._models()
    assert {name: tuple(model["weights"]) for name, model in models.items()} == FEATURES
