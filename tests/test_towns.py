"""Towns, streets and zones, by the names that documents give themselves."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts
from helpers import document_of_text

from index.gazetteer import Gazetteer
from index.sources import read_bytes
from index.store import Index
from index.towns import known_to
from qa.types import Question
from qa.understand import understand


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("石碁镇2025年工作要点.txt", "今年修路。", {"石碁镇": None}),
        ("番禺区石碁镇工作要点.txt", "今年修路。", {"石碁镇": "番禺区"}),
        ("广州市番禺区桥南街道要点.txt", "今年修路。", {"桥南街道": "番禺区"}),
        ("要点.txt", "石碁镇2025年工作要点\n今年修路。", {"石碁镇": None}),
        ("要点.txt", "各镇的打算\n石碁镇：先修路\n今年修路。\n化龙镇：先建学校\n今年建学校。", {"石碁镇": None, "化龙镇": None}),
        ("要点.txt", "先修路\n石碁镇人民政府\n今年修路。", {"石碁镇": None}),
        ("番禺经开区要点.txt", "今年修路。", {"番禺经开区": None}),
        ("番禺高新区要点.txt", "今年修路。", {"番禺高新区": None}),
        ("要点.txt", "德阳经济技术开发区管理委员会文件\n今年修路。", {"德阳经济技术开发区": "德阳市"}),
        ("铜官街道要点.txt", "今年修路。", {"铜官街道": None}),
        ("03石碁镇简讯.txt", "今年修路。", {"石碁镇": None}),
        ("要点.txt", "【简讯】石碁镇修路\n今年修路。", {"石碁镇": None}),
        ("3年石碁镇要点.txt", "今年修路。", {}),
        ("20多个镇通天然气.txt", "今年修路。", {}),
        ("10大强镇名单.txt", "今年修路。", {}),
        ("城镇化建设规划.txt", "今年修路。", {}),
        ("古城镇化建设.txt", "今年修路。", {}),
        ("特色小镇要点.txt", "今年修路。", {}),
        ("白箬铺乡村振兴计划.txt", "今年修路。", {}),
        ("各街道要点.txt", "今年修路。", {}),
        ("高新区要点.txt", "今年修路。", {}),
        ("要点.txt", "今年的打算\n石碁镇今年修路，化龙镇建学校。", {}),
    ],
)  # fmt: skip
def test_a_document_is_called_after_a_town(
    gazetteer: Gazetteer, name: str, text: str, expected: dict[str, str | None]
) -> None:
    known = known_to(read_bytes(name, text.encode()), gazetteer)
    below = ("镇", "乡", "街道", "开区", "新区", "开发区")
    towns = [d for d in known.districts if d not in gazetteer.districts and d.endswith(below)]
    assert {town: known.parents.get(town) for town in towns} == expected


def test_a_towns_short_name_is_looked_for_unless_it_is_a_common_word(gazetteer: Gazetteer) -> None:
    known = gazetteer.with_districts(["石碁镇", "解放街道"], {"解放": 4000})
    assert known.full_name("石碁") == "石碁镇"
    assert known.full_name("解放") is None
    assert known.full_name("解放街道") == "解放街道"


def test_a_town_of_a_people_is_known_by_its_shorter_names_too(gazetteer: Gazetteer) -> None:
    known = gazetteer.with_districts(["云梯畲族乡"])
    assert {known.full_name(name) for name in ("云梯畲族乡", "云梯乡", "云梯")} == {"云梯畲族乡"}
    known = gazetteer.with_districts(["八寨苗族彝族乡"])
    assert known.full_name("八寨乡") == "八寨苗族彝族乡"


def test_a_zone_is_known_by_its_longer_name_too(gazetteer: Gazetteer) -> None:
    known = gazetteer.with_districts(["望城经开区", "长沙高新技术产业开发区"])
    assert known.full_name("望城经济技术开发区") == "望城经开区"
    assert known.full_name("长沙高新区") == "长沙高新技术产业开发区"


@pytest.fixture(scope="module")
def towns(index_of_texts: IndexOfTexts) -> Index:
    return index_of_texts(
        {
            "石碁镇2025年工作要点.txt": "石碁镇今年修路12公里。",
            "解放街道2025年工作要点.txt": "解放街道今年建公园9座。",
            "番禺经开区要点.txt": "番禺经开区今年引进项目30个。",
        }
    )


@pytest.mark.parametrize(
    ("question", "districts", "missing"),
    [
        ("石碁要修多少路？", ["石碁镇"], []),
        ("解放街道建几座公园？", ["解放街道"], []),
        ("解放思想有什么打算？", [], []),
        ("各镇今年做什么？", ["石碁镇"], []),
        ("各镇街今年做什么？", ["石碁镇", "解放街道"], []),
        ("各乡今年做什么？", [], []),
        ("各地今年做什么？", ["石碁镇", "解放街道", "番禺经开区"], []),
        ("化龙镇要修多少路？", [], ["化龙镇"]),
        ("番禺经济技术开发区引进多少项目？", ["番禺经开区"], []),
        ("石碁镇和化龙镇要修多少路？", ["石碁镇"], ["化龙镇"]),
        ("城镇道路怎么修？", [], []),
    ],
)
def test_a_question_names_towns_as_any_other_district(
    towns: Index, question: str, districts: list[str], missing: list[str]
) -> None:
    understood = understand(Question(question), towns)
    assert sorted(understood.districts) == sorted(districts)
    assert list(understood.missing) == missing


@pytest.fixture(scope="module")
def panyu(index_of_texts: IndexOfTexts) -> Index:
    return index_of_texts(
        {
            "番禺区2025年工作要点.txt": "番禺区今年修路120公里。",
            "番禺区石碁镇工作要点.txt": "石碁镇今年修路12公里。",
            "番禺区化龙镇工作要点.txt": "化龙镇今年修路9公里。",
            "桥南街道工作要点.txt": "桥南街道今年修路3公里。",
        }
    )


@pytest.mark.parametrize(
    ("question", "districts"),
    [
        ("番禺各镇今年修多少路？", ["石碁镇", "化龙镇"]),
        ("番禺区各街道今年修多少路？", ["桥南街道"]),
        ("番禺的各镇街今年修多少路？", ["石碁镇", "化龙镇", "桥南街道"]),
        ("番禺今年修多少路？", ["番禺区"]),
        ("番禺区各区位优势如何？", ["番禺区"]),
        ("番禺哪些镇要修路？", ["石碁镇", "化龙镇"]),
        ("番禺哪个镇要修路？", []),
    ],
)
def test_the_towns_of_a_district_are_asked_though_it_has_documents_too(
    panyu: Index, question: str, districts: list[str]
) -> None:
    asked = understand(Question(question), panyu).districts
    assert sorted(asked) == sorted(districts)


@pytest.mark.parametrize(
    ("follow_up", "districts"),
    [
        ("全区呢？", ("番禺区",)),
        ("区里的目标是多少？", ("番禺区",)),
        ("整个区呢？", ("番禺区",)),
        ("占全区的比重是多少？", ("石碁镇",)),
        ("全县呢？", ("石碁镇",)),
        ("社区里的食堂呢？", ("石碁镇",)),
        ("园区里的路修多少？", ("石碁镇",)),
        ("排全区第几？", ("石碁镇",)),
    ],
)
def test_all_of_it_is_what_the_town_lies_in(
    panyu: Index, follow_up: str, districts: tuple[str, ...]
) -> None:
    asked = understand(Question(follow_up, ("石碁镇今年修多少路？",)), panyu)
    assert asked.districts == districts


COMPILED = """番禺区部分镇2026年计划汇编
石碁镇2026年工作计划
今年修路12公里。
化龙镇2026年工作计划
今年修路9公里。"""


def test_a_part_headed_as_a_towns_plan_is_the_towns() -> None:
    document = document_of_text(COMPILED, "计划.txt")
    assert [a.district for a in document.articles] == ["石碁镇", "化龙镇"]


def test_a_row_of_a_table_is_the_towns_that_it_begins_with(index_of_texts: IndexOfTexts) -> None:
    table = "番禺区各镇任务\n任务如下。\n| 镇 | 修路（公里） |\n| --- | --- |\n| 石碁镇 | 12 |\n| 化龙镇 | 9 |\n| 石楼镇 | 7 |"
    index = index_of_texts({"番禺区各镇任务.md": table})
    assert sorted(index.by_district) == ["化龙镇", "番禺区", "石楼镇", "石碁镇"]
    assert index.gazetteer.ancestors("石楼镇")[0] == "番禺区"
    asked = understand(Question("番禺各镇要修多少路？"), index).districts
    assert sorted(asked) == ["化龙镇", "石楼镇", "石碁镇"]
