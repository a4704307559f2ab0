import math
import stat
from pathlib import Path

import pytest

from index.words import Entry, WordIndex

PASSAGES = [
    Entry(["夜", "校"], ["办", "学"], "洛江区"),
    Entry(["夜", "夜", "市", "场"], ["学", "艺"], "丰泽区"),
    Entry(["码", "头", "渔"]),
]


@pytest.fixture
def words(tmp_path: Path) -> WordIndex:
    WordIndex.build(tmp_path / "words", PASSAGES)
    return WordIndex(tmp_path / "words")


def test_scores_are_bm25s_worked_by_hand(words: WordIndex) -> None:
    # 3 passages of 2, 4 and 3 terms, 3 on average; 夜 stands in 2 of them; k1 = 1.2, b = 0.75.
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))  # ln 1.6 = 0.4700
    twice_in_four = 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / 3))  # 4.4 / 3.5 = 1.2571
    once_in_two = 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 3))  # 2.2 / 1.9 = 1.1579
    hits = words.search(["夜"], 5)
    assert [hit.ordinal for hit in hits] == [1, 0]
    assert [hit.score for hit in hits] == pytest.approx(
        [idf * twice_in_four, idf * once_in_two], abs=1e-5
    )
    assert hits[0].score == pytest.approx(0.59086, abs=1e-5)


def test_a_term_said_twice_in_the_question_counts_once(words: WordIndex) -> None:
    assert words.search(["夜", "夜"], 5) == words.search(["夜"], 5)


def test_districts_restrict_the_search_and_leave_the_scores_alone(words: WordIndex) -> None:
    everywhere = {hit.ordinal: hit.score for hit in words.search(["夜"], 5)}
    (hit,) = words.search(["夜"], 5, ["洛江区", "鲤城区"])
    assert hit.ordinal == 0
    assert hit.score == pytest.approx(everywhere[0])
    assert words.search(["夜"], 5, ["鲤城区"]) == []


@pytest.mark.parametrize("terms", [[], ["山"], [""]])
def test_terms_that_stand_nowhere_find_nothing(words: WordIndex, terms: list[str]) -> None:
    assert words.search(terms, 5) == []


def test_headings_are_searched_apart_from_the_text(words: WordIndex) -> None:
    assert [hit.ordinal for hit in words.search(["学"], 5, field="heading")] == [0, 1]
    assert words.search(["学"], 5) == []
    assert words.search(["夜"], 5, field="heading") == []


def test_only_the_k_best_are_returned(words: WordIndex) -> None:
    assert len(words.search(["夜", "码"], 2)) == 2
    assert words.search(["夜"], 0) == []


def test_signs_of_a_query_language_are_plain_terms(words: WordIndex) -> None:
    assert words.search(["terms:*", "AND", "(", '"', "夜) OR (码"], 5) == []


def test_equal_scores_keep_the_order_of_the_passages(tmp_path: Path) -> None:
    WordIndex.build(tmp_path / "words", [Entry(["夜", "校"])] * 4)
    assert [hit.ordinal for hit in WordIndex(tmp_path / "words").search(["夜"], 4)] == [0, 1, 2, 3]


def test_the_weight_of_terms_is_the_sum_of_their_inverse_document_frequencies(
    words: WordIndex,
) -> None:
    of_night, of_unknown = math.log(1.6), math.log(1 + 3.5 / 0.5)
    assert words.weight(["夜", "夜", "山"]) == pytest.approx(of_night + of_unknown)


def test_an_index_without_passages_finds_nothing(tmp_path: Path) -> None:
    WordIndex.build(tmp_path / "words", [])
    assert WordIndex(tmp_path / "words").search(["夜"], 5) == []


def test_opening_and_searching_writes_nothing_into_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    WordIndex.build(folder, PASSAGES)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    WordIndex(folder).search(["夜"], 5)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert not any(name.endswith(".lock") for name in before)
    folder.chmod(stat.S_IRWXU)
