"""Places inside a district that a question names."""

from __future__ import annotations

import pytest

from index.gazetteer import bundled_gazetteer
from index.segmenter import full_segmenter
from qa.inside import lying_in


@pytest.mark.parametrize(
    ("question", "inside"),
    [
        ("福建厦门新增就业多少？", ("厦门市",)),
        ("福建省厦门市新增就业多少？", ("厦门市",)),
        ("福建的厦门和漳州", ("漳州市", "厦门市")),
        ("福建安溪有多少茶园？", ("安溪县",)),
        ("福建永泰有多少茶园？", ("永泰县",)),
        ("福建建瓯江多长？", ()),
        ("福建除了厦门还有哪些港？", ()),
        ("福建厦门周边要修路吗？", ()),
        ("福建新增就业多少？", ()),
    ],
)
def test_a_place_inside_a_district_is_what_is_asked_about(
    question: str, inside: tuple[str, ...]
) -> None:
    known = bundled_gazetteer()
    assert lying_in("福建省", question, ["福建省"], known, full_segmenter(known)) == inside
