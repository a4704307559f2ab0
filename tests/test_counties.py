"""Counties that no gazetteer lists until documents are of them."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

import pytest
from conftest import IndexOfTexts

from index.build import build_index
from index.changes import change_index
from index.counties import counties_of, namesakes, with_counties
from index.encoders import Encoder
from index.gazetteer import Gazetteer
from index.sources import read_bytes
from index.store import Index, open_index
from index.types import Source
from qa.districts import known_as
from qa.places import short_name
from qa.types import Question
from qa.understand import understand


def table() -> list[dict[str, str]]:
    file = resources.files("index") / "data" / "counties.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def test_every_county_lies_in_a_place_that_the_gazetteer_has(gazetteer: Gazetteer) -> None:
    assert {row["parent"] for row in table()} <= set(gazetteer.districts)
    assert len(table()) > 2800


def test_no_county_bears_the_name_of_a_place_that_the_gazetteer_has(gazetteer: Gazetteer) -> None:
    taken = [row for row in table() if {row["name"], row["aliases"]} & {*gazetteer.names}]
    assert taken == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("番禺区2025年工作要点.txt", "今年建学校。", ["番禺区"]),
        ("番禺2025年工作要点.txt", "番禺区今年建学校。", ["番禺区"]),
        ("番禺.txt", "今年建学校。", ["番禺区"]),
        ("要点.txt", "番禺区：建学校\n今年建学校。", ["番禺区"]),
        ("要点.txt", "走进番禺\n番禺区今年建学校。", ["番禺区"]),
        ("要点.txt", "番禺區：建學校\n今年建學校。", ["番禺区"]),
        ("要点.txt", "学校的事\n番禺区的同志也来取经，一起谈了谈明年的打算，一直谈到天黑才散，约好下个月再来谈第二次。", []),
        ("鼓楼区要点.txt", "福州今年建学校。", ["福州市鼓楼区"]),
        ("鼓楼区要点.txt", "南京的学校。南京今年建，福州不建。", ["南京市鼓楼区"]),
        ("鼓楼区要点.txt", "今年建学校。", []),
        ("鼓楼区要点.txt", "南京建，福州也建。", []),
        ("和平区要点.txt", "沈阳今年建学校。", ["沈阳市和平区"]),
        ("新城区建设.txt", "西安今年建新城区。", []),
        ("西安市新城区要点.txt", "今年建学校。", ["西安市新城区"]),
        ("忠县要点.txt", "今年建学校。", []),
        ("专版.txt", "平和：种柚子\n平和县今年种柚子。平和人爱柚子。", ["平和县"]),
        ("专版.txt", "建平：组长\n建平今年教做茶。建平说，夜校要办好。", []),
        ("专版.txt", "洞头：算一笔账\n洞头今年修路。瑞安市也修。洞头人爱海。", ["洞头区"]),
        ("专版.txt", "平和：怎样说话\n话要说得平和，平和不是软弱。", []),
        ("简讯.txt", "【镇宁自治县】\n今年种李子。", ["镇宁布依族苗族自治县"]),
        ("忠县要点.txt", "重庆今年建学校。", ["忠县"]),
        ("洛江区要点.txt", "今年建学校。", []),
    ],
)  # fmt: skip
def test_a_document_is_of_the_counties_that_its_name_or_a_short_line_names(
    name: str, text: str, expected: list[str]
) -> None:
    assert counties_of(read_bytes(name, text.encode())) == expected


def test_a_district_named_for_a_people_goes_by_its_short_names(gazetteer: Gazetteer) -> None:
    known = with_counties(gazetteer, ["管城回族区"])
    assert {known.full_name(name) for name in ("管城区", "管城", "管城回族区")} == {"管城回族区"}


def test_a_county_given_by_front_matter_is_known_by_its_short_name_too() -> None:
    given = read_bytes("要点.txt", "---\ndistrict: 番禺\n---\n今年建学校。".encode())
    assert counties_of(given) == ["番禺区"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("番禺区", "番禺"),
        ("福州市鼓楼区", "鼓楼"),
        ("岫岩满族自治县", "岫岩"),
        ("忠县", "忠县"),
    ],
)
def test_a_text_most_likely_names_a_county_by_its_short_name(
    gazetteer: Gazetteer, place: str, expected: str
) -> None:
    assert short_name(place, with_counties(gazetteer, [place])) == expected


def test_what_was_known_before_stays_as_it_was(gazetteer: Gazetteer) -> None:
    assert with_counties(gazetteer, ["洛江区", "泉州市"]) == gazetteer
    known = with_counties(gazetteer, ["番禺区"])
    assert {name: known.full_names[name] for name in gazetteer.names} == gazetteer.full_names


def test_a_name_that_two_counties_bear_is_none_of_theirs(gazetteer: Gazetteer) -> None:
    both = ["福州市鼓楼区", "南京市鼓楼区"]
    known = with_counties(gazetteer, both)
    assert known.full_name("鼓楼区") is None
    assert known.full_name("福州鼓楼") == "福州市鼓楼区"
    assert namesakes(both)["鼓楼区"] == tuple(both)
    assert known_as("鼓楼", known, both) == tuple(both)
    assert with_counties(gazetteer, both[:1]).full_name("鼓楼") == "福州市鼓楼区"


@pytest.fixture(scope="module")
def counties(index_of_texts: IndexOfTexts) -> Index:
    return index_of_texts(
        {
            "番禺区2025年工作要点.txt": "番禺区今年新建学校12所。",
            "天河区2025年工作要点.txt": "天河区今年新建公园9座。",
            "福州市鼓楼区2025年工作要点.txt": "鼓楼区今年新建学校4所。",
            "南京市鼓楼区2025年工作要点.txt": "鼓楼区今年新建学校6所。",
        }
    )


@pytest.mark.parametrize(
    ("question", "districts", "missing"),
    [
        ("番禺要建多少学校？", ["番禺区"], []),
        ("番禺和天河要建什么？", ["番禺区", "天河区"], []),
        ("越秀要建多少学校？", [], ["越秀区"]),
        ("广州各区要建什么？", ["番禺区", "天河区"], []),
        ("福州市要建多少学校？", ["福州市鼓楼区"], []),
        ("鼓楼区要建多少学校？", ["福州市鼓楼区", "南京市鼓楼区"], []),
        ("南京鼓楼区要建多少学校？", ["南京市鼓楼区"], []),
        ("南京市鼓楼区要建多少学校？", ["南京市鼓楼区"], []),
        ("南京那个鼓楼区要建多少学校？", ["南京市鼓楼区"], []),
        ("福州的鼓楼和番禺要建多少学校？", ["福州市鼓楼区", "番禺区"], []),
        ("除了鼓楼区，其他区要建什么？", ["番禺区", "天河区"], []),
        ("徐州鼓楼区要建多少学校？", [], ["徐州鼓楼区"]),
        ("深圳天河区要建多少学校？", [], ["深圳天河区"]),
        ("深圳市天河区要建多少学校？", [], ["深圳市天河区"]),
        ("各区要建多少学校？", ["番禺区", "天河区", "福州市鼓楼区", "南京市鼓楼区"], []),
    ],
)
def test_a_question_names_counties_as_any_other_district(
    counties: Index, question: str, districts: list[str], missing: list[str]
) -> None:
    understood = understand(Question(question), counties)
    assert sorted(understood.districts) == sorted(districts)
    assert list(understood.missing) == missing


def test_a_follow_up_goes_to_another_county(counties: Index) -> None:
    asked = Question("那天河呢？", history=("番禺要建什么？",))
    assert understand(asked, counties).districts == ("天河区",)


def test_a_follow_up_goes_to_the_county_of_the_same_name(counties: Index) -> None:
    asked = Question("南京那个鼓楼呢？", history=("福州鼓楼区要建多少学校？",))
    understood = understand(asked, counties)
    assert understood.districts == ("南京市鼓楼区",)
    assert understood.question == "南京市鼓楼区要建多少学校？"
    assert understood.groups == {}


def test_counties_that_are_added_later_are_known_as_if_they_had_been_there(
    tmp_path: Path, encoder: Encoder, gazetteer: Gazetteer
) -> None:
    first, second = (
        read_bytes(f"{name}区要点.txt", f"{name}区今年新建学校。".encode())
        for name in ("番禺", "天河")
    )
    build_index([first], tmp_path / "grown", encoder, gazetteer)
    grown = change_index(tmp_path / "grown", encoder, add=[second]).index
    build_index([first, second], tmp_path / "whole", encoder, gazetteer)
    whole = open_index(tmp_path / "whole", encoder)
    assert grown.gazetteer == whole.gazetteer
    assert grown.segmenter.counts == whole.segmenter.counts
    assert [*grown.by_district] == ["番禺区", "天河区"]


@pytest.mark.parametrize(
    ("district", "name", "full"),
    [
        ("东乌珠穆沁旗", "东乌旗", "东乌珠穆沁旗"),
        ("东乌珠穆沁旗", "苏右旗", "苏尼特右旗"),
        ("陈巴尔虎旗", "莫旗", "莫力达瓦达斡尔族自治旗"),
        ("科尔沁右翼中旗", "科右中旗", "科尔沁右翼中旗"),
        ("正蓝旗", "蓝旗", "正蓝旗"),
        ("朝阳县", "朝阳", None),
    ],
)
def test_short_names_are_those_that_people_use(
    gazetteer: Gazetteer, district: str, name: str, full: str | None
) -> None:
    assert with_counties(gazetteer, [district]).full_name(name) == full


@pytest.mark.parametrize(
    ("text", "counties"),
    [
        ("把夜校办好\n\n中共宁洱县委书记　某某\n\n今年办夜校九所。", ["宁洱哈尼族彝族自治县"]),
        ("把夜校办好\n\n五峰县教育局\n\n今年在宜昌办夜校九所。", ["五峰土家族自治县"]),
        ("河南县域经济怎么干\n\n今年办夜校九所。", []),
        (
            "望奎：猪肥了\n\n今年养猪。\n\n青冈：玉米熟了\n\n今年种玉米。\n\n兰西：戏开了\n\n今年唱戏。",
            ["望奎县", "青冈县", "兰西县"],
        ),
        ("望奎：猪肥了\n\n今年养猪。", []),
    ],
)
def test_counties_are_named_as_people_call_them(text: str, counties: list[str]) -> None:
    assert sorted(counties_of(Source("a.txt", text))) == sorted(counties)
