"""The opening of the article that a passage is part of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.openings import openings
from index.types import Passage
from qa.opening import Settings, open_settings
from qa.retrieve import retrieve


def test_paragraphs_of_one_article_share_its_headline_and_first_words() -> None:
    first = Passage("d-1-1", "洛江区要修路。", "甲.txt", "d", 1, (), "洛江区", "修路")
    second = Passage("d-2-1", "年底完工。", "甲.txt", "d", 2, (), "洛江区", "修路")
    other = Passage("d-3-1", "丰泽区要种树。", "甲.txt", "d", 3, (), "丰泽区", "种树")
    assert openings([first, second, other]) == [
        "修路\n洛江区要修路。",
        "修路\n洛江区要修路。",
        "种树\n丰泽区要种树。",
    ]


def test_of_a_long_first_passage_the_beginning_counts() -> None:
    (opening,) = openings([Passage("d-1-1", "路" * 300, "甲.txt", "d", 1, ())])
    assert opening == "\n" + "路" * 120


@pytest.mark.parametrize(
    ("ids", "same"),
    [
        (("a-0", "a-1"), True),
        (("政策:1", "政策:2"), True),
        (("a-0", "b-1"), False),
        (("a-0", "a-2"), False),
        (("2024-03", "2024-04"), False),
        (("q1", "q2"), False),
        (("a-x", "a-y"), False),
    ],
)
def test_lines_of_records_are_one_article_if_their_ids_count_on(
    ids: tuple[str, str], same: bool
) -> None:
    first, second = (Passage(id, f"文字{id}", "甲.JSONL", "d", 1, ()) for id in ids)
    assert (openings([first, second])[1] == f"\n文字{ids[0]}") is same


def test_an_article_of_records_ends_with_its_file() -> None:
    first = Passage("p-0", "甲市的通知", "甲.jsonl", "d", 1, ())
    other = Passage("p-1", "乙市的安排", "乙.jsonl", "e", 1, ())
    assert openings([first, other]) == ["\n甲市的通知", "\n乙市的安排"]


def test_a_passage_is_found_by_what_only_the_opening_of_its_text_says(tmp_path: Path) -> None:
    rows = {
        "g-0": "晋安市关于帮助小店渡过难关的通知。",
        "g-1": "对小店免收三个月的摊位租金。",
        "h-0": "武平市关于帮助小店渡过难关的通知。",
        "h-1": "对小店减收一半的摊位租金。",
    }
    file = tmp_path / "政策.jsonl"
    file.write_text("\n".join(json.dumps({"id": id, "text": text}) for id, text in rows.items()))
    index = open_settings(Settings((file,)))
    for asked, expected in (("晋安市小店的摊位租金", "g-1"), ("武平市小店的摊位租金", "h-1")):
        assert retrieve(asked, index, 1)[0].passage.id == expected
