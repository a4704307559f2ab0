"""Passages by words and meaning, in one order; the formulas by hand."""

from __future__ import annotations

import math

import pytest
from conftest import IndexOfTexts

from index.late import Match
from index.store import Index
from index.types import Passage
from qa.retrieve import (
    READ,
    SIGNALS,
    Query,
    candidates,
    ranking_weights,
    reading_weight,
    retrieve,
    same_words,
    signals_of,
    typed_match,
    weighted,
)


def passage(text: str, section: str | None = None) -> Passage:
    return Passage("p", text, "文件.txt", "d", 1, (), section=section)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("惠女水库周边的养猪场", "三公里内不再养猪"),
        ("长者食堂", "长者食堂开到每个社区"),
        ("機械產業基金", "2亿元的机械产业基金"),
        ("骑行道", "骑行道"),
        ("５４００个学位", "新增学位5400个"),
    ],
)
def test_the_passage_that_says_it_comes_first(plans: Index, text: str, words: str) -> None:
    assert words in retrieve(text, plans, 3)[0].passage.text


def test_the_search_is_restricted_to_districts(plans: Index) -> None:
    found = retrieve("新增学位", plans, 12, ["洛江区", "鲤城区"])
    assert {hit.passage.district for hit in found} == {"洛江区", "鲤城区"}
    assert {hit.passage.text[:2] for hit in found[:2]} == {"洛江", "鲤城"}


def test_no_more_than_k_passages_come_each_once_best_first(plans: Index) -> None:
    for k in (1, 3, 12):
        found = retrieve("新增学位", plans, k)
        assert len(found) <= k
        assert len({hit.ordinal for hit in found}) == len(found)
        assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


def test_a_section_that_the_question_names_brings_its_passages(
    index_of_texts: IndexOfTexts,
) -> None:
    text = "各项打算\n一、夜间经济\n西街的灯亮到十一点。\n二、教师宿舍\n先盖两栋，后年再盖两栋。"
    index = index_of_texts({"鲤城区.txt": text})
    assert "先盖两栋" in retrieve("教师宿舍", index, 1)[0].passage.text


@pytest.mark.parametrize("text", ["", " ", "？", "zzzz", "\ufffd", "AND OR ("])
def test_a_search_for_nothing_that_is_there_does_not_fail(plans: Index, text: str) -> None:
    assert len(retrieve(text, plans, 5)) <= 5


def test_the_score_is_the_weighted_sum_of_the_signals(plans: Index) -> None:
    hit = retrieve("新增学位", plans, 1)[0]
    weights = ranking_weights()
    by_hand = sum(weights[name] * hit.signals[name] for name in weights)
    assert weighted(hit.signals) == pytest.approx(by_hand)
    assert hit.score == pytest.approx(by_hand + reading_weight() * hit.read()["reads"])


def test_what_reads_as_an_answer_comes_before_what_is_only_near(
    index_of_texts: IndexOfTexts,
) -> None:
    near = "石桥中学新校区总投资3亿元，石桥中学新校区占地80亩。"
    index = index_of_texts({"a.txt": near, "b.txt": "石桥中学新校区将于2026年9月建成投用。"})
    found = retrieve("石桥中学新校区哪年建成", index, 2)
    assert "2026年" in found[0].passage.text
    assert found[0].read()["reads"] > found[1].read()["reads"]


def test_what_is_not_read_stays_behind_what_is(plans: Index) -> None:
    found = retrieve("新增学位", plans, 12)
    by_signals = sorted(found, key=lambda hit: (-weighted(hit.signals), hit.ordinal))
    assert found[READ:] == by_signals[READ:]


def test_every_signal_has_a_learned_weight() -> None:
    assert set(ranking_weights()) == set(SIGNALS)


def test_the_shares_of_words_lie_between_0_and_1(plans: Index) -> None:
    for signals in candidates([("洛江区新增多少学位", "")], plans).values():
        assert 0 <= signals["sentence"] <= 1
        assert 0 <= signals["coverage"] <= 1
        assert 0 <= signals["said"] <= 1 - signals["missing"] + 1e-6
        assert 0 <= signals["meaning"] <= 1.0001


# 学: 3, 位: 2, 学位: 5, so the share of a sentence with 学 alone is 3 / 10.
QUERY = Query(
    grams={"学": 3.0, "位": 2.0, "学位": 5.0}, words={"学位": 4.0, "新增": 1.0}, total=10, length=0
)


def test_a_sentence_matches_by_the_weight_of_the_grams_in_it() -> None:
    assert QUERY.sentence_match("新增学位") == 1
    assert QUERY.sentence_match("放学后") == pytest.approx(0.3)
    assert QUERY.sentence_match("座位") == pytest.approx(0.2)
    assert QUERY.sentence_match("骑行道") == 0


def test_coverage_is_the_share_of_words_by_weight() -> None:
    assert QUERY.coverage("学位有几个") == pytest.approx(0.8)
    assert QUERY.coverage("新增学位") == 1
    assert QUERY.coverage("") == 0


def test_a_heading_is_named_by_the_share_of_it_that_the_question_has() -> None:
    # 「学位」 has the grams 学, 位 and 学位; 「学校」 has 学, 校 and 学校.
    assert QUERY.names("学位") == 1
    assert QUERY.names("学校") == pytest.approx(1 / 3)
    assert QUERY.names("学校 / 学位") == 1
    assert QUERY.names(None) == 0


@pytest.mark.parametrize(("length", "excess"), [(5, 0), (360, 0), (720, math.log(2))])
def test_a_text_counts_as_too_long_from_where_a_passage_would_have_been_cut(
    length: int, excess: float
) -> None:
    signals = signals_of(QUERY, "学位", passage("学" * length), "", 0.5, 0.5, Match(0.5, 0.5, 0.5))
    assert signals["excess"] == pytest.approx(excess)


def test_only_a_sentence_with_a_figure_matches_a_question_for_one() -> None:
    assert typed_match(QUERY.matches("学位。放学。"), "学位有多少？") == 0
    assert typed_match(QUERY.matches("学位很多。新增座位20个。"), "学位有多少？") == pytest.approx(
        0.2
    )
    assert typed_match(QUERY.matches("学位很多。"), "学位怎么样？") == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("新增学位1200个。", "新增学位1200个。", True),
        ("新增學位１２００個。", "新增学位1200个。", True),
        ("新增学位1200个。", "新增学位5400个。", False),
        ("新增学位1200个。", "海边步道连成八公里。", False),
    ],
)
def test_two_passages_say_the_same_if_nearly_all_their_words_are_one(
    one: str, other: str, same: bool
) -> None:
    assert same_words(passage(one), passage(other)) is same
