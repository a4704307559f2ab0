from dataclasses import replace

import pytest
from helpers import document_of_text, fixture_document

from index.reprints import places, stories
from index.types import Span

PAGE, REPRINT = "晚报专版.txt", "转载.txt"


def test_an_article_printed_twice_in_one_file_is_one_story() -> None:
    found = stories([fixture_document(PAGE)])
    assert [(s.printing.article.district, len(s.copies)) for s in found] == [
        (None, 0),
        ("鲤城区", 0),
        ("洛江区", 1),
        ("丰泽区", 0),
    ]


def test_a_copy_in_another_file_with_a_few_characters_changed_is_the_same_story() -> None:
    page, reprint = fixture_document(PAGE), fixture_document(REPRINT)
    (story,) = [s for s in stories([page, reprint]) if s.printing.article.district == "洛江区"]
    assert {copy.document.name for copy in story.copies} | {story.printing.document.name} == {
        PAGE,
        REPRINT,
    }
    assert len(story.copies) == 2


def test_a_copy_that_is_cut_short_joins_the_whole_one() -> None:
    whole = fixture_document(REPRINT)
    (article,) = whole.articles
    short = replace(
        whole, id="short", articles=(replace(article, paragraphs=article.paragraphs[:2]),)
    )
    (story,) = stories([short, whole])
    assert story.printing.document is whole
    assert [copy.document.id for copy in story.copies] == ["short"]


def test_set_phrases_that_many_districts_share_stay_where_they_are() -> None:
    phrase = "全区上下要记住群众的托付，把路修好，把学校办好，把树种好，一件一件做给群众看。" * 4
    documents = [
        document_of_text(f"{name}的打算\n\n{phrase}", f"{name}.txt") for name in ("洛江", "丰泽")
    ]
    assert [len(story.copies) for story in stories(documents)] == [0, 0]


def test_two_articles_of_one_district_that_share_a_paragraph_stay_two() -> None:
    shared = "洛江要在山脚整理出六百亩坡地，建两个园区，优先给做精密模具的厂子。"
    one = document_of_text(f"洛江办厂\n\n{shared}\n\n" + "厂里要装新机器，学徒要考三次试。" * 9)
    other = document_of_text(f"洛江修路\n\n{shared}\n\n" + "路要修到海边，桥要修得能走大车。" * 9)
    assert [len(story.copies) for story in stories([one, other])] == [0, 0]


def test_short_texts_without_a_district_are_never_one() -> None:
    documents = [document_of_text("通知\n\n明天放假一天。", f"{i}.txt") for i in (1, 2)]
    assert len(stories(documents)) == 2


def test_the_place_of_a_copy_tells_the_paragraph_and_its_offsets() -> None:
    page, reprint = fixture_document(PAGE), fixture_document(REPRINT)
    (story,) = [s for s in stories([page, reprint]) if s.printing.article.district == "洛江区"]
    (paragraph,) = [p for p in story.printing.article.paragraphs if "一、办好厂子" in p.text]
    start = paragraph.text.index("园区到海边的路")
    piece = Span(start, len(paragraph.text))
    documents = {document.id: document for document in (page, reprint)}
    for place in places(paragraph, piece, story.copies):
        text = documents[place.document_id].text
        found = "".join(text[start:end] for start, end in place.spans)
        assert found == paragraph.text[start:]
        assert len(place.spans) == 2  # the page break is closed there too
    assert len(places(paragraph, piece, story.copies)) == 2


def test_a_changed_sentence_is_found_in_the_copy_give_or_take_its_changes() -> None:
    page, reprint = fixture_document(PAGE), fixture_document(REPRINT)
    (story,) = [s for s in stories([page, reprint]) if s.printing.article.district == "洛江区"]
    (paragraph,) = [p for p in story.printing.article.paragraphs if "口袋公园" in p.text]
    found = places(paragraph, Span(0, len(paragraph.text)), story.copies)
    assert {place.document for place in found} == {copy.document.name for copy in story.copies}


@pytest.mark.parametrize(("earlier", "copies"), [("2024", [0, 0]), ("2025", [1]), ("", [1])])
def test_this_years_plan_is_no_reprint_of_last_years(earlier: str, copies: list[int]) -> None:
    parks = (f"第{i}个园区建在山脚，先给做模具的厂子。" for i in "一二三四五六七八九")
    plan = "".join(parks) + "投资十二亿元。"
    last = document_of_text(f"洛江办厂\n\n{plan}", f"{earlier}早.txt")
    this = document_of_text(f"洛江办厂\n\n{plan.replace('十二', '十五')}", "2025晚.txt")
    assert [len(story.copies) for story in stories([last, this])] == copies


PLAN = (
    "洛江办学\n\n"
    + "夜校办到每个镇，请会记账的老渔民教年轻人算账，学满一年发给结业证，学费由镇里出。" * 4
    + "\n\n今年老师由县里统一招考，考上以后先到山里教三年书，新建夜校18所，招收学员1200人。"
)


@pytest.mark.parametrize(
    ("versions", "schools", "again"),
    [
        ([PLAN, PLAN.replace("18所", "25所")], ["18所", "25所"], [0, 0]),
        ([PLAN, *[PLAN.replace("18所", "25所")] * 2], ["18所", "25所"], [0, 1]),
        ([PLAN, PLAN.replace("18", "25"), PLAN.replace("18", "31")], ["18所", "25所", "31所"], [0, 0, 0]),
        ([PLAN, PLAN.replace("18所", "18 所").replace("1200", "１,２００")], ["18所"], [1]),
        ([PLAN, PLAN[: PLAN.index("00人")]], ["18所"], [1]),
        ([PLAN, PLAN[: PLAN.index("今年")]], ["18所"], [0]),
    ],
)  # fmt: skip
def test_a_paragraph_with_other_figures_stands_nowhere_again(
    versions: list[str], schools: list[str], again: list[int]
) -> None:
    names = ["洛江甲.txt", "洛江乙.txt", "洛江丙.txt"][: len(versions)]
    found = stories([document_of_text(*own) for own in zip(versions, names, strict=True)])
    told = [(s, p) for s in found for p in s.printing.article.paragraphs if "新建" in p.text]
    assert all(school in p.text for school, (_, p) in zip(schools, told, strict=True))
    assert [len(places(p, Span(0, len(p.text)), s.copies)) for s, p in told] == again
