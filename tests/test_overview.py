"""Everything that a district plans."""

from __future__ import annotations

from conftest import IndexOfTexts

from index.store import Index
from qa.answer import ask
from qa.overview import overview
from qa.types import Answer, Question


def answer(index: Index, text: str) -> Answer:
    return ask(Question(text), index)


def sections(found: Answer) -> list[str | None]:
    return [shown.passage.section for shown in found.passages]


def test_it_has_one_passage_of_each_section_that_looks_ahead(two_years: Index) -> None:
    found = answer(two_years, "洛江区有什么打算？")
    assert found.answered
    assert found.understood.kind == "overview"
    assert sections(found) == ["二、2025年工作安排", "三、改善民生"]
    assert {shown.passage.year for shown in found.passages} == {2025}
    assert found.message == "洛江区的打算，每一部分取一段，共列出 2 段原文。"


def test_it_is_of_the_year_asked_about(two_years: Index) -> None:
    found = answer(two_years, "洛江区2024年有什么打算？")
    assert found.passages[0].passage.document == "洛江区2024年工作报告.txt"


def test_every_district_has_its_own(two_years: Index) -> None:
    found = answer(two_years, "各区有什么打算？")
    assert [len(ids) for ids in found.by_district.values()] == [2, 2]
    assert found.message == "洛江区、鲤城区的打算，每一部分取一段，共列出 4 段原文。"


def test_a_passage_of_it_is_surer_where_it_says_that_it_plans(two_years: Index) -> None:
    found = answer(two_years, "鲤城区有什么打算？").passages
    assert [shown.score for shown in found] == [1.0, 0.5]
    assert all(shown.highlights for shown in found)


def test_without_sections_the_passages_are_given_in_order(index_of_texts: IndexOfTexts) -> None:
    text = "丰泽区的打算\n\n将修三条路。\n\n将种两千棵树。\n\n将开一家书店。"
    index = index_of_texts({"丰泽区.txt": text})
    found = [index.passages[o].text for o in overview("丰泽区", (), 5, index)]
    assert found == ["将修三条路。", "将种两千棵树。", "将开一家书店。"]
    assert [index.passages[o].text for o in overview("丰泽区", (), 2, index)] == [
        "将修三条路。",
        "将种两千棵树。",
    ]


def test_on_a_theme_the_best_comes_first_and_the_rest_in_order(two_years: Index) -> None:
    found = answer(two_years, "鲤城区在旅游方面有什么打算？")
    best, *rest = found.passages
    assert "旅游收入" in best.passage.text
    ordinals = [two_years.ordinals[shown.passage.id] for shown in rest]
    assert ordinals == sorted(ordinals)


def test_a_district_that_nobody_knows_of_has_none(two_years: Index) -> None:
    found = answer(two_years, "石狮有什么打算？")
    assert (found.answered, found.reason) == (False, "unknown_district")
