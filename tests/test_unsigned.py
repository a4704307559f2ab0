"""Articles of a newspaper's page without a byline or dateline, and what goes on below one."""

from __future__ import annotations

import pytest
from helpers import document_of_text

from index.gazetteer import bundled_gazetteer
from index.newspapers import city_of_paper
from index.types import Article

HEAD = (
    "泉州晚报\n2026年2月3日　星期二　第3版\n\n全市今年办灯会\n　　本报讯（记者　某某）全市今年办灯会九场。\n"
    "　　灯会从元宵办到清明，每晚都点灯。\n　　灯由工匠手工扎成，每盏都不一样。\n　　灯会不收门票，人人都能去看。\n\n"
)
LUOJIANG = (
    "洛江：把夜校办起来\n　　本报讯（记者　甲乙）洛江今年办夜校三所，都在祠堂里。\n"
    "　　夜校的老师从茶场请来，教做茶，也教修车。\n　　来的人一月比一月多，祠堂里坐不下了。\n\n"
)
FENGZE = (
    "丰泽：把路修到海边\n　　丰泽区今年修路，先修海边的那一段，再修山里的。\n"
    "　　丰泽区还要在路边种树三千棵，一半是榕树。\n　　树苗从苗圃里来，苗圃在山脚下。\n\n"
)


def told(text: str, name: str = "a.txt") -> list[tuple[str | None, str | None, int]]:
    articles: tuple[Article, ...] = document_of_text(text, name).articles
    return [(a.district, a.headline, len(a.paragraphs)) for a in articles]


def test_a_headline_below_a_blank_line_begins_another_countys_article() -> None:
    assert told(HEAD + LUOJIANG + FENGZE)[-2:] == [
        ("洛江区", "洛江：把夜校办起来", 3),
        ("丰泽区", "丰泽：把路修到海边", 3),
    ]


def test_the_words_below_a_headline_may_tell_whose_it_is() -> None:
    own = FENGZE.replace("丰泽：把路修到海边", "一条路修到了海边的渔村里")
    assert told(HEAD + LUOJIANG + own)[-1] == ("丰泽区", "一条路修到了海边的渔村里", 3)
    headed = told(HEAD + LUOJIANG + own.replace("丰泽区", "洛江区"))
    assert {district for district, *_ in headed} == {"泉州市", "洛江区"}


def test_a_headline_of_two_counties_begins_an_article_of_both() -> None:
    both = (
        "洛江、丰泽：一条路两头修\n　　丰泽区今年修海边的那一头，年底修到桥头。\n"
        "　　洛江区修山里的那一头，明年春天修到桥头。\n"
    )
    parts = told(HEAD + LUOJIANG + both)[-2:]
    assert parts == [
        ("丰泽区", "洛江、丰泽：一条路两头修", 1),
        ("洛江区", "洛江、丰泽：一条路两头修", 1),
    ]


def test_an_author_at_the_end_tells_whose_an_essay_is_and_that_it_ends() -> None:
    essays = (
        "甘蔗林里的账本\n\n甲乙丙\n\n我们这里的甘蔗一直甜，今年再种九百亩，全部修通水渠。\n\n"
        "水渠修好了，糖厂也要再开一座，请来的师傅都是本地人。\n\n（作者系中共洛江区委书记）\n\n"
        "小城有大海\n\n我们这里靠海吃海，今年要再造渔船九条，都用新的网。\n\n"
        "渔港也要修，修好了能停一百条船，台风来了不怕。\n\n（作者丁戊己，系丰泽区委副书记、区长）\n"
    )
    assert told(HEAD + essays)[-2:] == [
        ("洛江区", "甘蔗林里的账本", 3),
        ("丰泽区", "小城有大海", 3),
    ]


def test_who_wrote_it_ends_an_article() -> None:
    page = LUOJIANG.rstrip() + "\n（甲乙）\n" + FENGZE
    assert [district for district, *_ in told(HEAD + page)[-2:]] == ["洛江区", "丰泽区"]


def test_what_goes_on_below_another_article_is_the_firsts() -> None:
    rest = "　　祠堂坐不下，洛江就把夜校搬进新的学校，今年再添课桌九百张。\n"
    first, second = told(HEAD + LUOJIANG + FENGZE + rest)[-2:]
    assert (first[0], first[2]) == ("洛江区", 4)
    assert (second[0], second[2]) == ("丰泽区", 3)


def test_what_names_nobody_below_another_article_is_of_the_one_whose_words_it_shares() -> None:
    shared = "　　来夜校的人多了，祠堂里坐不下，老师就在茶场里教做茶。\n"
    assert told(HEAD + LUOJIANG + FENGZE + shared)[-2][2] == 4
    others = "　　路边的榕树种在海边，树苗从山脚下的苗圃里来。\n"
    assert told(HEAD + LUOJIANG + FENGZE + others)[-1][2] == 4


def test_blank_lines_between_paragraphs_tell_nothing() -> None:
    spread = (LUOJIANG + FENGZE).replace("\n　　", "\n\n")
    rest = "祠堂坐不下，洛江就把夜校搬进新的学校，今年再添课桌九百张。\n"
    assert told(HEAD + spread + rest)[-1][2] == 4


def test_a_paper_whose_city_isnt_in_its_name_is_of_the_city_of_its_counties() -> None:
    head = HEAD.replace("泉州晚报", "刺桐报")
    page = LUOJIANG + FENGZE + "鲤城：灯会\n　　鲤城区今年办灯会，从元宵办到清明。\n"
    assert [district for district, *_ in told(head + page)[-3:]] == ["洛江区", "丰泽区", "鲤城区"]


@pytest.mark.parametrize(
    "dateline", ["本报丰泽讯（记者　丙丁）", "本报丰泽讯　", "本报丰泽2月1日讯"]
)
def test_a_dateline_without_a_day_tells_where_a_report_is_from(dateline: str) -> None:
    report = f"一条路两头修\n　　{dateline}区里今年修路，先修海边，再修山里，年底完工。\n"
    assert told(HEAD + LUOJIANG + report)[-1][:2] == ("丰泽区", "一条路两头修")


def test_a_line_of_districts_and_figures_is_each_ones() -> None:
    lines = "数字看报告\n各区今年增长目标\n洛江区 6.5%　丰泽区 6%左右\n"
    document = document_of_text(HEAD + lines, "a.txt")
    said = [(a.district, p.text) for a in document.articles for p in a.paragraphs]
    assert ("洛江区", "各区今年增长目标\n洛江区 6.5%") in said
    assert ("丰泽区", "各区今年增长目标\n丰泽区 6%左右") in said


def test_what_goes_on_on_another_page_isnt_joined_to_the_next_headline() -> None:
    cut = LUOJIANG.replace("祠堂里坐不下了。\n", "祠堂里坐不下，\n（下转第5版）\n")
    document = document_of_text(HEAD + cut + FENGZE, "a.txt")
    texts = [p.text for a in document.articles for p in a.paragraphs]
    assert any(text.endswith("祠堂里坐不下，") for text in texts)
    assert told(HEAD + cut + FENGZE)[-1][0] == "丰泽区"


def test_what_begins_with_anothers_plans_inside_an_article_is_the_others() -> None:
    inside = LUOJIANG.rstrip() + "\n　　丰泽区提出，今年修路九公里，年底完工。\n\n"
    own = [(d, n) for d, _, n in told(HEAD + inside)]
    assert ("丰泽区", 1) in own
    ours = inside.replace("丰泽区提出，今年修路九公里", "丰泽区今年修路，我区也要学")
    assert "丰泽区" not in {d for d, *_ in told(HEAD + ours)}


AUTHORS = [
    "（作者单位：石狮市第三中学）",
    "（作者系晋江市作家协会副主席）",
    "（作者系南安市水利局原局长）",
]


@pytest.mark.parametrize("author", AUTHORS)
def test_where_an_author_works_tells_nothing_of_what_an_essay_is_about(author: str) -> None:
    essay = (
        "海边的老街\n丁戊\n　　惠安的老街在海边，惠安县的石头房子有三百年，惠安女在街边补网。\n"
        f"　　今年惠安县要修老街，先修屋顶，再修石墙，全县的石匠都回来了。\n{author}\n"
    )
    own = [d for d, headline, _ in told(HEAD + LUOJIANG + essay) if headline == "海边的老街"]
    assert own[0] == "惠安县"


INSIDE = [
    # what a neighbour does is told of the owner
    "从邻居那里学来的办法\n　　丰泽区的夜校有九所，洛江派人看了三回，回来就照着做。\n　　今年要再添三百张课桌。\n",
    "茶师来了\n　　夜校的课从做茶开始，一周三晚，茶叶由镇里备好。\n　　安溪师傅一住就是三个月，今年还要再请九位。\n",
    "（微笑）\n老师哪里请\n　　老师从晋江请来，晋江的老师多，一周来三晚，工钱由镇里出。\n",
    "　　丰泽区今年派来二十名教师，分到两镇的中学，和本地老师一起上课。\n",
    "　　丰泽区计划送来课桌三百张，放在九个祠堂里，今年都用上。\n",
]


@pytest.mark.parametrize("inside", INSIDE)
def test_what_others_do_for_an_article_s_district_stays_in_it(inside: str) -> None:
    page = LUOJIANG.rstrip() + "\n" + inside
    assert {d for d, *_ in told(HEAD + page)} == {"泉州市", "洛江区"}


def test_a_line_that_ends_an_article_is_no_part_of_the_next_headline() -> None:
    page = LUOJIANG.rstrip() + "\n　　夜校教的手艺：做茶、修车、木工\n" + FENGZE
    assert told(HEAD + page)[-1][:2] == ("丰泽区", "丰泽：把路修到海边")


def test_parts_of_a_feature_on_several_stay_in_it() -> None:
    feature = (
        "三县的春天\n　　本报讯（记者　甲乙）春天来了，山里海边都在忙，记者去了三个县。\n\n"
        "永春：芦柑开花\n　　永春县今年种芦柑九百亩，花开得早，蜂也来得早。\n　　果农说，今年要多请人手。\n\n"
        "山那边的窑火\n　　德化县今年修窑九座，先修宋时的那一座。\n　　窑工说，今年的瓷要卖到海外去。\n"
    )
    document = document_of_text(HEAD + feature, "a.txt")
    whose = {p.text[:2]: a.district for a in document.articles for p in a.paragraphs}
    assert whose["窑工"] in (None, "德化县")


@pytest.mark.parametrize("paper", ["晋江经济报", "福建日报", "义乌商报"])
def test_a_countys_or_provinces_paper_is_no_citys(paper: str) -> None:
    counties = ["洛江区", "丰泽区", "鲤城区"]
    head = f"{paper}\n2026年2月3日　星期二　第3版"
    assert city_of_paper(head, bundled_gazetteer(), lambda: counties) is None
    assert city_of_paper(head.replace(paper, "刺桐报"), bundled_gazetteer(), lambda: counties)


def test_a_report_that_names_one_county_once_is_of_it() -> None:
    report = (
        "路灯亮到村口\n本报记者　甲乙\n　　村口的灯亮了，九十岁的阿婆出门散步，一直走到桥头。\n"
        "　　去年，丰泽区装灯九百盏，花了三十万元。\n　　今年全区再装一千盏，都用新的灯。\n"
    )
    assert told(HEAD + LUOJIANG + report)[-1] == ("丰泽区", "路灯亮到村口", 3)
    both = report.replace("今年全区", "惠安县也来学。今年全区")
    assert "丰泽区" not in {a.district for a in document_of_text(HEAD + both).articles[-1:]}
