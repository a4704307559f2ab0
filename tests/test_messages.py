"""What a person is told."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts
from helpers import cut

from index.store import Index
from index.types import Passage, Span
from qa.answer import ask
from qa.messages import answered_message, refused_message, theme_of
from qa.types import Found, Question, Reason, Understood


def message(index: Index, text: str) -> str:
    return ask(Question(text), index).message


def test_an_answer_says_who_says_it_and_what(plans_by_model: Index) -> None:
    told = message(plans_by_model, "丰泽区的软件园有多少平方米？")
    assert told == "丰泽区的文章说到了“软件园”，共列出 4 段原文，越靠前越相关。"


def test_an_answer_that_is_not_sure_says_so(plans_by_model: Index) -> None:
    found = ask(Question("洛江区有什么好玩的？"), plans_by_model)
    assert found.answered
    assert found.message == "最接近的话在洛江区的文章里。请看是不是您要问的。"


def test_districts_that_say_nothing_are_named(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            "丰泽区.txt": "丰泽区的海边\n\n沙滩每天清扫两次。",
            "洛江区.txt": "洛江区的山里\n\n林场养了三百箱蜜蜂。",
        }
    )
    told = message(index, "各区的沙滩呢？")
    assert told == "丰泽区的文章说到了“沙滩”。洛江区的文章没有提到“沙滩”。"


def test_a_theme_is_said_of_several_only_if_each_names_it() -> None:
    texts = {"洛江区": "校车免费接送。", "鲤城区": "接送学生的汽车不收钱。"}
    found = [
        Found(Passage(name, text, "晚报.txt", "d", 1, (), district=name), 0.9)
        for name, text in texts.items()
    ]
    understood = Understood("问", "校车", districts=tuple(texts), each=True)
    ids = {name: (name,) for name in texts}
    told = answered_message(understood, found, ids, lambda district, words: False, digest=False)
    assert told == "洛江区、鲤城区的文章有相关的话，共列出 2 段原文。"


def of(district: str, text: str, date: str = "2025-01-20", section: str | None = None) -> Found:
    passage = Passage(district, text, "晚报.txt", "d", 1, (), district, date=date, section=section)
    return Found(passage, 0.9, (Span(0, len(text)),))


def told_of_each(question: str, found: list[Found], years: tuple[int, ...] = ()) -> str:
    names = tuple(one.passage.district or "" for one in found)
    understood = Understood(question, "校车", districts=names, each=True, years=years)
    ids = {name: (name,) for name in names}
    return answered_message(understood, found, ids, lambda district, words: True, digest=False)


def test_of_several_districts_it_is_told_whose_words_are_of_another_year() -> None:
    found = [
        of("洛江区", "校车两辆。"),
        of("鲤城区", "校车九辆。", "2024-01-20"),
        of("丰泽区", "校车三辆。"),
    ]
    assert told_of_each("各区2025年有几辆校车？", found, (2025,)).endswith(
        "请留意：鲤城区这段说的是2024年，不是2025年。"
    )
    assert told_of_each("各区2023年有几辆校车？", found[::2], (2023,)).endswith(
        "请留意：这段说的是2025年，不是2023年。"
    )


def test_of_several_districts_it_is_told_whose_words_are_plans() -> None:
    found = [of("洛江区", "校车已有两辆。"), of("鲤城区", "将买校车九辆。")]
    assert told_of_each("各区已经有了几辆校车？", found).endswith(
        "请留意：鲤城区原文说的是打算或目标，不是已有的结果。"
    )


def test_districts_with_near_words_only_are_not_said_to_have_the_words() -> None:
    found = [of("洛江区", "校车两辆。"), of("鲤城区", "接送学生的汽车九辆。")]
    understood = Understood("问", "校车", districts=("洛江区", "鲤城区", "丰泽区"), each=True)
    told = answered_message(
        understood,
        found,
        {"洛江区": ("洛江区",), "鲤城区": ("鲤城区",)},
        lambda district, words: district == "洛江区",
        digest=False,
    )
    assert told == (
        "洛江区、鲤城区的文章有相关的话，共列出 2 段原文。丰泽区的文章没有提到“校车”。"
        "鲤城区的文章也没有这个词，只有相近的话。"
    )


def test_a_silent_district_that_has_the_words_is_not_said_to_lack_them() -> None:
    passage = Passage("p", "校车免费接送。", "晚报.txt", "d", 1, (), district="洛江区")
    understood = Understood("问", "校车", districts=("洛江区", "鲤城区", "丰泽区"), each=True)
    told = answered_message(
        understood,
        [Found(passage, 0.9)],
        {"洛江区": ("p",)},
        lambda district, words: (district, words) != ("丰泽区", "校车"),
        digest=False,
    )
    assert told == (
        "洛江区的文章说到了“校车”。丰泽区的文章没有提到“校车”。鲤城区的文章里没有找到。"
    )


def test_a_district_without_documents_is_told_apart_from_a_silent_one(plans: Index) -> None:
    told = message(plans, "石狮和洛江的旅游收入达到多少？")
    assert told == (
        "洛江区的文章说到了“旅游收入”，共列出 4 段原文，越靠前越相关。没有石狮市的文件。"
    )


def test_what_others_say_of_a_district_without_documents_is_told_as_theirs(
    index_of_texts: IndexOfTexts,
) -> None:
    index = index_of_texts(
        {
            "福建省.txt": "福建省的打算\n\n支持厦门市扩建会展中心。",
            "江西省.txt": "江西省的打算\n\n再种三万亩油茶。",
        }
    )
    assert message(index, "厦门的会展中心怎么样？") == (
        "没有厦门市的文件；福建省的文章提到了，列出 1 段原文。"
    )
    assert message(index, "石狮的会展中心怎么样？") == (
        "没有石狮市的文件，也没有哪一份提到；现有福建省、江西省的文件。"
    )


def test_a_misspelt_district_is_told(plans: Index) -> None:
    assert message(plans, "丰择区的旅游收入达到多少？").endswith("（“丰择区”当作丰泽区。）")


def test_a_refusal_too_says_how_a_name_was_taken(plans_by_model: Index) -> None:
    told = message(plans_by_model, "丰择区的水库有多深？")
    assert told.startswith("丰泽区的文章没有提到“水库有多深”。")
    assert told.endswith("（“丰择区”当作丰泽区。）")


NEAREST = [Found(Passage("p", "校车免费接送。", "晚报.txt", "d", 1, ()), 0.2)]


def test_a_refusal_does_not_say_that_the_nearest_words_are_not_there() -> None:
    understood = Understood("问", "校车", districts=("鲤城区",))
    assert refused_message("district_silent", understood, ("鲤城区",), NEAREST) == (
        "鲤城区的文章提到了“校车”，但没有您问的内容。下面几段最接近，供您判断。"
    )


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            "unknown_district",
            "没有石狮市的文件，也没有哪一份提到；现有鲤城区、洛江区的文件。",
        ),
        ("district_silent", "鲤城区的文章没有提到“旅游收入”。下面几段最接近，供您判断。"),
        (
            "no_evidence",
            "没有石狮市的文件；别处提到它的话，没有说到“旅游收入”。下面几段最接近，供您判断。",
        ),
        (
            "off_topic",
            "这不是这些文件能回答的问题。可以问各地区的计划、数字和做法，例如「鲤城区有什么打算？」。",
        ),
    ],
)
def test_a_refusal_says_why(reason: Reason, told: str) -> None:
    understood = Understood("问", "旅游收入", districts=("鲤城区",), missing=("石狮市",))
    assert refused_message(reason, understood, ("鲤城区", "洛江区"), NEAREST) == told


def test_a_remark_on_what_was_asked_is_not_said_to_be_of_nothing() -> None:
    understood = Understood("你会打篮球吗？ 为什么？", "打篮球", kind="yesno", remark="why")
    told = refused_message("off_topic", understood, ("鲤城区",), [])
    assert told.startswith("这不是这些文件能回答的问题。")


def test_a_refusal_says_that_no_document_is_of_the_year() -> None:
    understood = Understood("问", "校车", districts=("鲤城区",), years=(2030,), outside=("2030年",))
    assert refused_message("district_silent", understood, ("鲤城区",), NEAREST) == (
        "鲤城区的文章提到了“校车”，但没有您问的内容。下面几段最接近，供您判断。"
        "现有文件没有2030年的。"
    )


def test_without_nearest_passages_none_are_promised() -> None:
    told = refused_message("no_evidence", Understood("问", "旅游收入"), (), ())
    assert told == "现有文件没有提到“旅游收入”。"


@pytest.mark.parametrize(
    ("topic", "named"),
    [
        ("今年旅游收入", "“旅游收入”"),
        ("2025年gdp增长", "“GDP增长”"),
        ("条改革举措", "“改革举措”"),
        ("名院士", "“院士”"),
        ("张养老床位", "“养老床位”"),
        ("套保障性租赁住房", "“保障性租赁住房”"),
        ("公里的高速铁路", "“高速铁路”"),
        ("亿元", "这一点"),
        ("万亩良田", "“良田”"),
        ("有地铁", "“地铁”"),
        ("要建学校", "“学校”"),
        ("个有机农场", "“有机农场”"),
        ("提高就业率", "“提高就业率”"),
        ("对外开放", "“对外开放”"),
        ("有色金属", "“有色金属”"),
        ("有轨电车", "“有轨电车”"),
        ("家庭医生", "“家庭医生”"),
        ("家政服务", "“家政服务”"),
        ("个体工商户", "“个体工商户”"),
        ("要素市场化", "“要素市场化”"),
        ("项目推进", "“项目推进”"),
        ("在线教育", "“在线教育”"),
        ("所有制改革", "“所有制改革”"),
        ("户外运动", "“户外运动”"),
        ("旅游 目标", "“旅游”"),
        ("目标", "这一点"),
        ("清淤 公里", "“清淤”"),
        ("机场 建好", "“机场”"),
        ("家里没有人上班", "这一点"),
        ("学", "这一点"),
        ("", "这一点"),
    ],
)
def test_a_theme_is_named_where_it_has_a_short_name(topic: str, named: str) -> None:
    assert theme_of(topic, cut) == named


def test_a_theme_that_no_document_knows_keeps_its_first_character() -> None:
    assert theme_of("个体工商户", list) == "“个体工商户”"
    assert theme_of("有轨电车", list) == "“有轨电车”"
    assert theme_of("有地铁", list) == "“地铁”"
    assert theme_of("个老旧小区", list) == "“老旧小区”"


def test_a_long_list_of_districts_is_cut(plans: Index) -> None:
    covered = tuple(f"第{i}区" for i in range(31))
    told = refused_message(
        "unknown_district", Understood("问", "问", missing=("石狮市",)), covered, ()
    )
    assert told.endswith("第11区等 31 个地区的文件。")
