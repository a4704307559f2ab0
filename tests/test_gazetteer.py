from pathlib import Path

import pytest
from helpers import cut

from index.errors import GazetteerError
from index.gazetteer import Gazetteer, read_gazetteer


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("鲤城", "鲤城区"),
        ("鯉城區", "鲤城区"),
        ("豐澤", "丰泽区"),
        (" 石狮 ", "石狮市"),
        ("泉州经开区", "泉州经济技术开发区"),
        ("台商投資區", "泉州台商投资区"),
        ("內蒙古", "内蒙古自治区"),
        ("新疆", "新疆维吾尔自治区"),
        ("恩施州", "恩施土家族苗族自治州"),
        ("湘西自治州", "湘西土家族苗族自治州"),
        ("海南", "海南省"),
        ("海南州", "海南藏族自治州"),
        ("黔南州", "黔南布依族苗族自治州"),
        ("火星", None),
        ("", None),
    ],
)
def test_short_and_traditional_names_stand_for_full_ones(
    gazetteer: Gazetteer, name: str, full: str | None
) -> None:
    assert gazetteer.full_name(name) == full


def test_it_knows_quanzhous_districts_and_chinas_provinces(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.districts) == 14 + 34 + 333
    assert gazetteer.ancestors("洛江区") == ["泉州市", "福建省"]


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("洛江区2025年工作要点", "洛江区"),
        ("福建省泉州市洛江区", "洛江区"),
        ("福建省洛江", "洛江区"),
        ("鯉城區修繕老街", "鲤城区"),
        ("洛江与丰泽携手", None),
        ("湖南安全生产", "湖南省"),
        ("学习晋江经验", None),
        ("金门大桥通车", None),
        ("惠安女", None),
        ("福建日报", None),
        ("来源：福建日报", None),
        ("晋江经济报第3版", None),
        ("石狮日报 2024年8月27日", None),
        ("新华社福建分社", None),
        ("石狮日报谈洛江", "洛江区"),
        ("晋江报告", "晋江市"),
        ("恩施州2025年政府工作报告", "恩施土家族苗族自治州"),
        ("青海海南州2025年计划", "海南藏族自治州"),
        ("贵州黔东南州", "黔东南苗族侗族自治州"),
        ("海南各州县", "海南省"),
        ("大理石", None),
        ("恩施玉露", None),
        ("夜校章程", None),
        ("", None),
    ],
)
def test_a_text_is_about_the_one_district_that_it_names(
    gazetteer: Gazetteer, text: str, district: str | None
) -> None:
    assert gazetteer.named_in(text, cut) == district


def test_mentions_tell_where_each_district_is_named(gazetteer: Gazetteer) -> None:
    text = "請比較鯉城區和洛江的夜校"
    found = gazetteer.mentions(text, cut)
    assert [(m.district, text[m.span.start : m.span.end]) for m in found] == [
        ("鲤城区", "鯉城區"),
        ("洛江区", "洛江"),
    ]


def test_a_users_file_adds_districts(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("name,aliases,parent\n甲子县,甲子|甲县,福建省\n", encoding="utf-8-sig")
    gazetteer = read_gazetteer(file)
    assert gazetteer.full_name("甲县") == "甲子县"
    assert gazetteer.full_name("洛江") == "洛江区"
    assert gazetteer.ancestors("甲子县") == ["福建省"]


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("福州市鼓楼区", "福州市鼓楼区"),
        ("福州鼓楼区", "福州市鼓楼区"),
        ("南京鼓楼區", "南京市鼓楼区"),
        ("鼓楼区", None),
        ("火星环形区", None),
        ("泉州渔村", None),
        ("洛江区", "洛江区"),
    ],
)
def test_a_district_that_documents_name_with_its_town_needs_no_shi(
    gazetteer: Gazetteer, name: str, full: str | None
) -> None:
    own = ["福州市鼓楼区", "南京市鼓楼区", "火星市环形区", "泉州市渔村", "洛江区"]
    assert gazetteer.with_districts(own).full_name(name) == full


def test_what_is_saved_is_what_is_loaded(gazetteer: Gazetteer, tmp_path: Path) -> None:
    whole = gazetteer.with_districts(["石狮渔村", "洛江", "福州市鼓楼区"])
    whole.save(tmp_path / "gazetteer.csv")
    again = Gazetteer.load(tmp_path / "gazetteer.csv")
    assert again.full_names == whole.full_names
    assert again.parents == whole.parents
    assert again.full_name("石狮渔村") == "石狮渔村"
    assert again.full_name("洛江") == "洛江区"


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (b"", "地名表 {file} 的第一行要有列名 name,aliases,parent"),
        ("洛江区,洛江\n".encode(), "地名表 {file} 的第一行要有列名 name,aliases,parent"),
        ("name,aliases\n甲县,洛江\n".encode(), "地名表里“洛江”同时指洛江区和甲县；请删去一处"),
    ],
)
def test_a_bad_gazetteer_is_refused_with_a_message(
    tmp_path: Path, contents: bytes, message: str
) -> None:
    file = tmp_path / "own.csv"
    file.write_bytes(contents)
    with pytest.raises(GazetteerError) as error:
        read_gazetteer(file)
    assert str(error.value) == message.format(file=file)


def test_a_gazetteer_that_cant_be_read_is_named(tmp_path: Path) -> None:
    for file in (tmp_path / "missing.csv", tmp_path / "gb.csv"):
        if file.name == "gb.csv":
            file.write_bytes("name\n甲县\n".encode("gb18030"))
        with pytest.raises(GazetteerError, match=f"地名表 {file} 读不了（.*）；请给一个 UTF-8 的"):
            read_gazetteer(file)


def test_a_gazetteer_that_is_loaded_again_counts_as_the_same(
    gazetteer: Gazetteer, tmp_path: Path
) -> None:
    gazetteer.save(tmp_path / "table.csv")
    again = Gazetteer.load(tmp_path / "table.csv")
    assert (again, hash(again)) == (gazetteer, hash(gazetteer))
    assert again.with_districts(["甲子县"]) != gazetteer
