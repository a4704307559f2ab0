import csv
from importlib import resources

import pytest
from helpers import document_of_text

from index.counties import city_of
from index.townships import (
    county_of_places,
    names_place_of,
    opening_county,
)

CITY = "常德市"
HEAD = "常德日报\n2025年1月21日　星期二　第3版\n\n"


def test_every_county_of_the_table_is_known_and_has_each_town_once() -> None:
    file = resources.files("index") / "data" / "towns.csv"
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        towns = row["towns"].split("|")
        assert len(towns) == len(set(towns))
        assert city_of(row["county"]), row["county"]


@pytest.mark.parametrize(
    ("text", "city", "county"),
    [
        ("三岔河镇的泵站今年全部检修。", CITY, "安乡县"),
        ("安乡县三岔河镇的泵站今年全部检修。", None, "安乡县"),
        ("我们大田今年种茶，全县的茶园归屏山、吴山、济阳三个乡管。", None, "大田县"),
        ("三岔河镇和漆河镇今年修泵站。", CITY, None),  # of two counties
        ("城关镇今年修泵站。", None, None),  # many have one
        ("三岔河镇今年修泵站。", None, None),  # several have one
        ("全市今年修泵站。", CITY, None),
        ("编者按：三岔河镇修泵站。", "泉州市", None),
        ("旧金山今年修路。旧金山的路全市都在修，我们都去旧金山。", None, None),
        ("", None, None),
    ],
)
def test_the_places_that_a_text_names_tell_its_county(
    text: str, city: str | None, county: str | None
) -> None:
    assert county_of_places(text, city) == county


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("三岔河镇的大棚里，菜农在收菜。", "安乡县"),
        ("▲3月15日，安乡县三岔河镇的大棚里，菜农在收菜。", "安乡县"),
        ("3月15日，安乡县的大棚里，菜农在收菜。", "安乡县"),
        ("安乡县派来二十名教师。", None),  # what others do is told of the owner
        ("三岔河镇和漆河镇的大棚里，菜农在收菜。", None),
        ("澧县三岔河镇的大棚里，菜农在收菜。", None),
        ("", None),
    ],
)
def test_a_paragraph_opens_with_a_place(text: str, county: str | None) -> None:
    assert opening_county(text, CITY) == county


def test_a_county_is_named_by_its_towns() -> None:
    assert names_place_of("三岔河镇修路", "安乡县")
    assert not names_place_of("三岔河镇修路", "澧县")


def test_an_article_that_names_only_its_towns_is_its_countys() -> None:
    text = HEAD + "泵站赶在汛前过一遍\n\n三岔河镇的排涝泵站去年转了十九天，今年还没开春就检修。\n"
    assert {a.district for a in document_of_text(text).articles} == {"安乡县"}


def test_what_opens_with_another_countys_town_inside_an_article_is_that_countys() -> None:
    text = (
        HEAD
        + "澧县开了夜校\n□本报记者 王甲\n\n"
        + "　　澧县今年开夜校九所，全县的祠堂都亮了灯。\n"
        + "　　三岔河镇的渡口撤了，车开到堤上，沿堤公交一天八班。\n"
        + "　　澧县的夜校一周三晚。\n"
    )
    told = {p.text[:4]: a.district for a in document_of_text(text).articles for p in a.paragraphs}
    assert told == {"澧县今年": "澧县", "三岔河镇": "安乡县", "澧县的夜": "澧县"}


@pytest.mark.parametrize(
    "next_one", ["隔壁石门县今年种茶九百亩。", "全市今年修路九百公里，钱由市财政出。"]
)
def test_what_is_of_another_or_of_all_ends_what_a_place_began(next_one: str) -> None:
    text = (
        HEAD + "澧县开了夜校\n□本报记者 王甲\n\n　　澧县今年开夜校九所，全县的祠堂都亮了灯。\n"
        f"　　三岔河镇的渡口撤了，车开到堤上。\n　　{next_one}\n"
    )
    told = {p.text[:2]: a.district for a in document_of_text(text).articles for p in a.paragraphs}
    assert told["三岔"] == "安乡县"
    assert told[next_one[:2]] != "安乡县"


def test_a_list_below_a_signature_is_attached() -> None:
    text = (
        "关于第7号建议的答复\n\n您提的建议收到。\n\n清流县交通运输局\n2024年7月26日\n\n任务清单\n\n修路3公里。\n\n"
        "关于第9号建议的答复\n\n您提的建议收到。\n\n宁化县交通运输局\n2024年7月26日\n"
    )
    told = {p.text[:3]: a.district for a in document_of_text(text).articles for p in a.paragraphs}
    assert told["修路3"] != "宁化县"


def test_two_documents_in_one_file_are_each_their_countys() -> None:
    letter = "关于第{n}号建议的答复\n\n您提的建议收到。我局今年修路{n}公里，年底完工。\n\n{county}交通运输局\n2024年7月26日\n"
    text = letter.format(n=7, county="清流县") + letter.format(n=9, county="宁化县")
    assert [a.district for a in document_of_text(text).articles] == ["清流县", "宁化县"]


def test_rows_that_came_out_without_lines_are_each_their_countys() -> None:
    rows = "安乡县 三岔河镇泵站 1.2 2026年6月\n澧县 夜校 0.9 2026年9月\n石门县 茶厂 3.1 2026年5月\n"
    text = (
        HEAD + "桃源县开了夜校\n□本报记者 王甲\n\n桃源县今年开夜校九所。\n\n各县项目一览\n" + rows
    )
    told = {p.text[:3]: a.district for a in document_of_text(text).articles for p in a.paragraphs}
    assert told["安乡县"] == "安乡县"
    assert told["石门县"] == "石门县"


def test_two_narrow_blanks_begin_a_paragraph_where_most_lines_have_none() -> None:
    lines = [
        "  今年全县开夜校九所，村里的",
        "祠堂都亮了灯，老师从邻县请来",
        "一周三晚，谁来都行，不收钱。",
    ] * 5
    text = "\n".join([*lines, "  夜校在第二年里要再添两所，都", "在山里。"])
    told = [p.text for a in document_of_text(text).articles for p in a.paragraphs]
    assert told[-1] == "夜校在第二年里要再添两所，都在山里。"


def test_a_headline_between_paragraphs_that_begin_with_narrow_blanks_is_no_part_of_them() -> None:
    lines = ["  今年全县开夜校九所，村里的", "祠堂都亮了灯，老师从邻县请", "来。"] * 5
    text = "\n".join([*lines, "夜校的第二年", *lines])
    told = [p.text for a in document_of_text(text).articles for p in a.paragraphs]
    assert not any("夜校的第二年今年" in text for text in told)
    assert "今年全县开夜校九所，村里的祠堂都亮了灯，老师从邻县请来。" in told


def test_a_citys_sections_are_of_the_counties_whose_towns_they_name() -> None:
    text = (
        "常德市2026年民生实事清单\n\n一、泵站检修\n三岔河镇、大鲸港镇的泵站汛前修完。\n\n"
        "二、茶园\n漆河镇、陬市镇的茶园添三百亩。\n\n三、夜校\n都开夜校。\n"
    )
    document = document_of_text(text, "常德市2026年民生实事清单.txt")
    told = {p.text[:2]: a.district for a in document.articles for p in a.paragraphs}
    assert told == {"三岔": "安乡县", "漆河": "桃源县", "都开": "常德市"}


def test_paragraphs_between_places_of_one_county_are_its_own() -> None:
    text = (
        HEAD
        + "村里的夜校\n\n入夜，三岔河镇、大鲸港镇的祠堂都亮了灯。\n\n老师一周来三晚，不收钱。\n\n"
        "夜里的深柳镇、三岔河镇又添一所。\n\n山那边的漆河镇、陬市镇还在修，年底开课。\n"
    )
    told = {p.text[:2]: a.district for a in document_of_text(text).articles for p in a.paragraphs}
    assert told == {"入夜": "安乡县", "老师": "安乡县", "夜里": "安乡县", "山那": "桃源县"}


def test_a_line_above_another_countys_towns_is_a_headline() -> None:
    text = (
        HEAD + "澧县开了夜校\n□本报记者 王甲\n\n　　澧县今年开夜校九所，全县的祠堂都亮了灯。\n"
        "　　澧县的老师一周来三晚，不收钱。\n\n渡口撤了以后\n"
        "　　车开到堤上，沿堤公交一天八班，三岔河镇、大鲸港镇的老人进城不用等船。\n"
    )
    articles = document_of_text(text).articles
    assert [(a.headline, a.district) for a in articles][-1] == ("渡口撤了以后", "安乡县")
