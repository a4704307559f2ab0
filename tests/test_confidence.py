"""How likely it is that a passage answers."""

from __future__ import annotations

import math

import pytest

from qa import confidence as module
from qa.confidence import FEATURES, confidence, only_elsewhere, threshold

NOTHING = dict.fromkeys(("words", "meaning", "sentence", "coverage", "heading", "typed"), 0.0)
ALL = dict.fromkeys(NOTHING, 1.0)


@pytest.mark.parametrize("elsewhere", [None, 0.0, 0.5])
def test_a_confidence_is_a_probability(elsewhere: float | None) -> None:
    for signals in (NOTHING, ALL):
        assert 0 < confidence(signals, elsewhere) < 1


def test_more_evidence_is_more_likely_to_answer() -> None:
    assert confidence(ALL, None) > threshold(None) > confidence(NOTHING, None)
    assert confidence(ALL, 0.0) > confidence(NOTHING, 0.0)


def test_what_another_district_says_instead_speaks_against_it() -> None:
    assert confidence(ALL, 1.0) < confidence(ALL, 0.0)


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
    model = {"bias": -1.0, "weights": {"words": 2.0, "elsewhere": -3.0}}
    monkeypatch.setattr(module, "_models", lambda: {"district": model, "everywhere": model})
    # -1 + 2 * 0.75 - 3 * 0.5 = -1, and 1 / (1 + e) = 0.2689...
    assert confidence({**NOTHING, "words": 0.75}, 0.5) == pytest.approx(1 / (1 + math.e))


def test_the_fitted_models_use_the_features_that_the_code_names() -> None:
    models = module._models()
    assert {name: tuple(model["weights"]) for name, model in models.items()} == FEATURES
