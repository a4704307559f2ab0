"""Measures, each worked once by hand."""

from __future__ import annotations

import math

import pytest

from qa.evaluation.metrics import (
    auroc,
    brier,
    first_rank,
    interval,
    mean,
    ndcg,
    recall_at,
    reciprocal_rank,
)

FOUND = ["a", "b", "c", "d"]


def test_ndcg_is_the_gain_by_rank_over_that_of_the_best_order() -> None:
    # b stands second and d fourth: 1 / log2(3) + 1 / log2(5) = 0.6309 + 0.4307 = 1.0616.
    # First and second would be best:  1 / log2(2) + 1 / log2(3) = 1 + 0.6309 = 1.6309.
    assert ndcg(FOUND, {"b", "d"}) == pytest.approx(1.0616 / 1.6309, abs=1e-4)
    assert ndcg(FOUND, {"b", "d"}) == pytest.approx(
        (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))
    )


def test_ndcg_looks_no_further_than_k() -> None:
    assert ndcg(FOUND, {"d"}, k=3) == 0
    assert ndcg(FOUND, {"a", "b", "c"}, k=2) == 1
    assert ndcg(FOUND, set()) == 0
    assert ndcg([], {"a"}) == 0


def test_the_mean_reciprocal_rank_is_the_mean_of_one_over_the_first_rank() -> None:
    ranks = [reciprocal_rank(FOUND, relevant) for relevant in ({"a"}, {"c", "d"}, {"z"})]
    assert ranks == [1, 1 / 3, 0]
    assert mean(ranks) == pytest.approx(4 / 9)
    assert reciprocal_rank(FOUND, {"d"}, k=3) == 0


def test_recall_at_k_tells_whether_something_right_is_among_the_first_k() -> None:
    assert first_rank(FOUND, {"d", "c"}) == 3
    assert first_rank(FOUND, {"z"}) is None
    assert recall_at(2, FOUND, {"c"}) == 0
    assert recall_at(3, FOUND, {"c"}) == 1


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    # Positives 0.9 and 0.3, negatives 0.5 and 0.3: of 4 pairs 2 are right and 1 is a tie.
    assert auroc([0.9, 0.3, 0.5, 0.3], [True, True, False, False]) == 2.5 / 4
    assert auroc([0.9, 0.1], [True, False]) == 1
    assert auroc([0.1, 0.9], [True, False]) == 0


def test_auroc_of_one_class_alone_is_nothing() -> None:
    assert auroc([0.9, 0.1], [True, True]) == 0
    assert auroc([], []) == 0


def test_the_brier_score_is_the_mean_squared_error() -> None:
    # (0.8 - 1)² = 0.04 and (0.4 - 0)² = 0.16.
    assert brier([0.8, 0.4], [True, False]) == pytest.approx(0.10)
    assert brier([1.0, 0.0], [True, False]) == 0


def test_the_mean_of_nothing_is_0() -> None:
    assert mean([]) == 0


def test_the_interval_of_a_share_is_about_two_standard_errors_to_either_side() -> None:
    # 100 questions, half of them right: the standard error is sqrt(0.5 * 0.5 / 100) = 0.05.
    low, high = interval([1.0, 0.0] * 50)
    assert low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.02)
    assert high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.02)
    assert interval([]) == (0.0, 0.0)
