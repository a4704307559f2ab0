"""Late interaction: what it gives, and one case worked out with plain loops."""

import numpy as np
import pytest

from index.encoders import bundled_encoder
from index.late import late_match


def test_a_passage_that_holds_every_word_of_the_question_matches_wholly() -> None:
    (match,) = late_match("养老服务", ["为社区提供养老服务，人人可及。"])
    assert match.like == pytest.approx(1.0, abs=1e-3)
    assert match.said == pytest.approx(1.0, abs=1e-3)
    assert match.missing == 0.0


def test_a_word_that_finds_nothing_like_it_is_missing_by_its_weight() -> None:
    rarity = {"公交": 3.0, "粮食": 1.0}
    encoder = bundled_encoder()
    bus, grain = (
        float(np.linalg.norm(encoder.rows(encoder.tokens(word)))) * rarity[word]
        for word in ("公交", "粮食")
    )
    (match,) = late_match("公交粮食", ["粮食。"], lambda word: rarity[word])
    assert match.said == pytest.approx(grain / (bus + grain), abs=1e-5)
    assert match.missing == pytest.approx(bus / (bus + grain), abs=1e-5)


def test_a_word_that_finds_its_like_is_neither_said_nor_missing() -> None:
    (match,) = late_match("老人", ["为老年人服务"])
    assert match.said == match.missing == 0.0 < match.like < 1.0


def test_each_word_takes_its_best_counterpart_and_counts_by_its_weight() -> None:
    question, passage = "老人看病", "为老年人提供医疗服务"
    encoder = bundled_encoder()
    total = weight = 0.0
    for token in encoder.tokens(question):
        (row,) = encoder.rows(np.array([token]))
        others = encoder.rows(encoder.tokens(passage))
        cosines = [
            float(row @ other / np.linalg.norm(row) / np.linalg.norm(other)) for other in others
        ]
        total += float(np.linalg.norm(row)) * max(cosines)
        weight += float(np.linalg.norm(row))
    (match,) = late_match(question, [passage])
    assert match.like == pytest.approx(total / weight, abs=1e-5)


def test_passages_are_scored_on_their_own_whatever_stands_beside_them() -> None:
    passages = ["新建小学两所。", "扩建医院一座。", "修好三条道路。"]
    together = late_match("孩子上学", passages)
    for match, passage in zip(together, passages, strict=True):
        assert match == pytest.approx(late_match("孩子上学", [passage])[0])


@pytest.mark.parametrize(("question", "passage"), [("", "学校"), ("\u3000", "学校"), ("学校", "")])
def test_nothing_matches_a_text_without_words(question: str, passage: str) -> None:
    assert late_match(question, [passage, ""]) == [(0.0, 0.0, 1.0)] * 2


def test_no_passages_have_no_matches() -> None:
    assert late_match("学校", []) == []
