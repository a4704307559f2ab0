"""How likely it is that a passage answers."""

from __future__ import annotations

import math

import pytest

from qa import confidence as module
from qa.confidence import FEATURES, Signals, confidence, only_elsewhere, rival_of, threshold
from qa.retrieve import SIGNALS

NOTHING = dict.fromkeys(SIGNALS, 0.0)
HALF = dict.fromkeys(SIGNALS, 0.5)
ALL = dict.fromkeys(SIGNALS, 1.0)


@pytest.mark.parametrize("rival", [None, NOTHING, ALL])
def test_a_confidence_is_a_probability(rival: Signals | None) -> None:
    for signals in (NOTHING, ALL):
        assert 0 < confidence(signals, rival) < 1


def test_more_evidence_is_more_likely_to_answer() -> None:
    assert confidence(ALL, None) > threshold(None) > confidence(NOTHING, None)
    assert confidence(ALL, HALF) > confidence(HALF, HALF) > confidence(NOTHING, HALF)


def test_what_another_district_says_instead_speaks_against_it() -> None:
    assert confidence(HALF, ALL) < confidence(HALF, HALF) == confidence(HALF, NOTHING)


def test_without_other_districts_there_is_no_rival() -> None:
    assert rival_of([]) is None


def test_each_signal_of_the_rival_is_the_median_of_the_others() -> None:
    assert rival_of([HALF]) == {"sentence": 0.5, "late": 0.5, "typed": 0.5}
    assert rival_of([ALL, HALF, NOTHING]) == {"sentence": 0.5, "late": 0.5, "typed": 0.5}
    assert rival_of([ALL, NOTHING]) == {"sentence": 0.0, "late": 0.0, "typed": 0.0}


@pytest.mark.parametrize(
    ("own", "other", "expected"),
    [(0.8, 0.8, 0.0), (0.9, 0.2, 0.0), (0.0, 0.6, 0.6), (0.4, 0.8, 0.2), (0.0, 0.0, 0.0)],
)
def test_another_district_counts_by_how_much_more_it_says(
    own: float, other: float, expected: float
) -> None:
    # 0.8 * (1 - 0.4 / 0.8) ** 2 = 0.8 * 0.25
    assert only_elsewhere(own, other) == pytest.approx(expected)


def test_the_confidence_is_a_logistic_function_of_the_signals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = {"bias": -1.0, "weights": {"words": 2.0, "sentence_elsewhere": -3.0}}
    monkeypatch.setattr(module, "_models", lambda: {"district": model, "everywhere": model})
    # -1 + 2 * 0.75 - 3 * 0.5 = -1, and 1 / (1 + e) = 0.2689...
    signals, rival = {**NOTHING, "words": 0.75}, {**NOTHING, "sentence": 0.5}
    assert confidence(signals, rival) == pytest.approx(1 / (1 + math.e))


def test_the_fitted_models_use_the_features_that_the_code_names() -> None:
    models = module._models()
    assert {name: tuple(model["weights"]) for name, model in models.items()} == FEATURES
