"""What may change in a question without changing its answer, and what must change it.

Nothing is said of what an answer is, only of how two answers stand to each other.
"""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts
from helpers import PLANS
from opencc import OpenCC

from index.store import Index
from qa.answer import ask
from qa.types import Answer, Question
from qa.years import year_told

QUESTIONS = [
    "洛江区新增多少学位？",
    "鲤城区的旅游收入达到多少？",
    "丰泽区的长者食堂一餐收多少钱？",
    "洛江区机械产业基金有多少亿元？",
    "沿街老屋由谁动手修？",
    "惠女水库周边怎么治理？",
    "各区新增多少学位？",
    "除了鲤城，其他区的旅游收入达到多少？",
    "软件园添40万平方米",
]


def answer(index: Index, text: str) -> Answer:
    return ask(Question(text), index)


def first(index: Index, text: str) -> str:
    return answer(index, text).passages[0].passage.id


@pytest.fixture(scope="module")
def to_traditional() -> OpenCC:
    return OpenCC("s2t")


# --- what must change the answer ------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", ["{}新增多少学位？", "{}的旅游收入达到多少？", "请问{}新增学位几个呢"]
)
@pytest.mark.parametrize("names", [("洛江区", "丰泽区", "鲤城区"), ("洛江", "丰泽", "鲤城")])
def test_another_district_gives_another_answer(
    plans_by_model: Index, question: str, names: tuple[str, ...]
) -> None:
    found = [answer(plans_by_model, question.format(name)) for name in names]
    assert [own.passages[0].passage.district for own in found] == ["洛江区", "丰泽区", "鲤城区"]
    assert all(own.answered for own in found)


@pytest.mark.parametrize(
    ("question", "owner"),
    [
        ("{}的长者食堂一餐收多少钱？", "丰泽区"),
        ("{}的软件园再添多少平方米楼面？", "丰泽区"),
        ("{}的机械产业基金有多少亿元？", "洛江区"),
        ("{}的水库周边几公里内不再养猪？", "洛江区"),
        ("{}沿街老屋的工料钱补贴多少？", "鲤城区"),
        ("{}的菜市场改造成双层吗？", "鲤城区"),
    ],
)
def test_what_one_district_alone_says_is_refused_for_the_others(
    plans_by_model: Index, question: str, owner: str
) -> None:
    assert answer(plans_by_model, question.format(owner)).answered
    for other in {"洛江区", "丰泽区", "鲤城区"} - {owner}:
        refused = answer(plans_by_model, question.format(other))
        assert (refused.answered, refused.reason) == (False, "district_silent"), other


@pytest.mark.parametrize(
    "name", ["石狮", "泉港区", "金门县", "晋江", "台商投资区", "浙江", "思明区"]
)
def test_a_district_without_documents_is_never_given_anothers_answer(
    plans_by_model: Index, name: str
) -> None:
    found = answer(plans_by_model, f"{name}的旅游收入达到多少？")
    assert (found.answered, found.reason) == (False, "unknown_district")
    assert found.passages == ()


@pytest.mark.parametrize(
    "question", ["鲤城区{}旅游收入目标是多少？", "洛江区{}新建公办幼儿园几所？"]
)
def test_another_year_gives_another_answer(two_years: Index, question: str) -> None:
    found = [answer(two_years, question.format(f"{year}年")) for year in (2024, 2025)]
    assert [own.passages[0].passage.year for own in found] == [2024, 2025]


@pytest.mark.parametrize(
    "pair",
    [
        ("今年", "2025年"),
        ("今年", "二〇二五年"),
        ("今年", "25年"),
        ("去年", "2024年"),
    ],
)
@pytest.mark.parametrize("question", ["鲤城区{}新增多少学位？", "洛江区{}建设几家智能工厂？"])
def test_a_year_may_be_told_in_several_ways(
    two_years: Index, pair: tuple[str, str], question: str
) -> None:
    one, other = (answer(two_years, question.format(year)) for year in pair)
    assert one.understood.years == other.understood.years
    # 「去年」 asks for the result; a year's number leaves open whether its plan is meant.
    told = [year_told(own.passages[0].passage) for own in (one, other)]
    assert told == [one.understood.years[0]] * 2


@pytest.mark.parametrize(
    "city", ["厦门", "厦门市", "福建省厦门市", "厦门市思明区", "广州", "同安区"]
)
@pytest.mark.parametrize("form", ["{}新增多少学位？", "{}的学位新增多少？", "请问{}今年怎样？"])
def test_a_place_in_any_form_without_documents_is_unknown(
    two_years: Index, city: str, form: str
) -> None:
    found = answer(two_years, form.format(city))
    assert (found.answered, found.reason) == (False, "unknown_district")


# --- what changes nothing -------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "form",
    [
        "请问一下，{}谢谢！",
        "你好，{}",
        "好的，{}",
        "您好！麻烦帮我查一下{}非常感谢",
        "我想了解一下：{}",
        "能不能告诉我，{}",
        "{}😊🙏",
        "  {}  \n",
        "{}？？？",
        "「{}」",
        "\u200b{}\u200b",
    ],
)
def test_politeness_emoji_and_marks_change_nothing(plans: Index, question: str, form: str) -> None:
    said = answer(plans, form.format(question))
    assert said.passages[0].passage.id == first(plans, question)
    assert said.understood.districts == answer(plans, question).understood.districts
    assert said.answered


@pytest.mark.parametrize("question", QUESTIONS)
def test_traditional_script_changes_nothing(
    plans: Index, question: str, to_traditional: OpenCC
) -> None:
    traditional = to_traditional.convert(question)
    one, other = answer(plans, question), answer(plans, traditional)
    assert [f.passage.id for f in other.passages] == [f.passage.id for f in one.passages]
    assert [f.highlights for f in other.passages] == [f.highlights for f in one.passages]
    assert other.by_district == one.by_district
    assert other.confidence == pytest.approx(one.confidence)


FULL_WIDTH = str.maketrans("0123456789.,?%", "０１２３４５６７８９．，？％")


@pytest.mark.parametrize(
    "question",
    ["9.5亿元的教育项目", "新增学位5400个", "86亿元", "软件园添40万平方米", "洛江区15个教育项目?"],
)
def test_full_width_digits_change_nothing(plans: Index, question: str) -> None:
    one, other = answer(plans, question), answer(plans, question.translate(FULL_WIDTH))
    assert [f.passage.id for f in other.passages] == [f.passage.id for f in one.passages]
    assert other.confidence == pytest.approx(one.confidence)


@pytest.mark.parametrize("question", QUESTIONS)
def test_asking_twice_gives_the_same_answer(plans: Index, question: str) -> None:
    assert answer(plans, question).to_dict() == answer(plans, question).to_dict()


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(PLANS.glob("*.txt"))}


@pytest.fixture(scope="module")
def doubled(index_of_texts: IndexOfTexts, texts: dict[str, str]) -> Index:
    return index_of_texts({**texts, "又一份洛江区.txt": texts["洛江区.txt"]})


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_document_given_twice_changes_nothing(
    plans: Index, doubled: Index, question: str
) -> None:
    one, other = answer(plans, question), answer(doubled, question)
    assert [f.passage.text for f in other.passages] == [f.passage.text for f in one.passages]
    assert other.answered == one.answered
    assert list(other.by_district) == list(one.by_district)


@pytest.fixture(scope="module")
def traditional(
    index_of_texts: IndexOfTexts, texts: dict[str, str], to_traditional: OpenCC
) -> Index:
    return index_of_texts({name: to_traditional.convert(text) for name, text in texts.items()})


@pytest.mark.parametrize("question", QUESTIONS)
def test_documents_in_traditional_script_give_the_same_places(
    plans: Index, traditional: Index, question: str
) -> None:
    one, other = answer(plans, question).passages[0], answer(traditional, question).passages[0]
    assert other.passage.district == one.passage.district
    assert other.passage.spans == one.passage.spans
