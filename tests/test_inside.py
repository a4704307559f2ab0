"""Places inside a district that a question names."""

from __future__ import annotations

import pytest

from index.gazetteer import bundled_gazetteer
from index.segmenter import full_segmenter
from qa.inside import lacks_place, lying_in, places_asked


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


@pytest.mark.parametrize(
    ("question", "district", "text", "lacks"),
    [
        ("滑冰场建在哪些县市？", "吉林省", "建设24个群众滑冰场。", True),
        ("滑冰场建在哪些县市？", "吉林省", "支持延吉建设滑冰场。", False),
        ("夜校办在哪几个村？", "洛江区", "推进城中村改造，办夜校9所。", True),
        ("夜校办在哪几个村？", "洛江区", "在高山村、下游村办夜校。", False),
        ("夜校建在哪个镇、哪条路上？", "洛江区", "建夜校两所。", True),
        ("夜校建在哪个镇、哪条路上？", "洛江区", "夜校建在育新路上。", False),
        ("办了几所夜校，在哪些村？", "洛江区", "办夜校9所。", False),
        ("哪个区的夜校最多？", "洛江区", "办夜校9所。", False),
        ("改造哪些市场？", "洛江区", "改造两个大棚。", False),
        ("发展哪些乡村产业？", "洛江区", "发展芋头种植。", False),
        ("整治哪条街？", "洛江区", "整治中山路立面。", False),
        ("夜校在哪些村？", "洛江区", "夜校\t9\t马甲", False),
    ],
)
def test_where_only_places_are_asked_for_a_text_must_name_one(
    question: str, district: str, text: str, *, lacks: bool
) -> None:
    kinds = places_asked(question, district)
    assert (bool(kinds) and lacks_place(kinds, district, text, bundled_gazetteer())) is lacks
