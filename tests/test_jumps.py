"""Articles that go on in another file, as a newspaper's pages come one by one."""

from __future__ import annotations

import pytest
from helpers import document_of_text

from index.gazetteer import bundled_gazetteer
from index.jumps import with_jumps
from index.types import Document

GAZETTEER = bundled_gazetteer()
HEAD = "瓯城晚报　2026年2月{day}日　星期二　{page}　要闻\n\n"
FIRST = (
    "洛江：把夜校办起来\n\n中共洛江区委理论学习中心组\n\n洛江区今年办夜校。\n\n"
    "一、先办一所。夜校设在祠堂里，每周开课三晚。\n\n二、再添几所。镇上也要办，今年还要添\n\n（下转第{to}版）\n\n"
)
SECOND = (
    "丰泽：把路修到海边\n\n中共丰泽区委理论学习中心组\n\n丰泽区今年修路。\n\n"
    "一、先修海边。海边的路修到码头，还要修到\n\n（下转第{to}版）\n"
)
REST = "（上接第{back}版{title}）\n\n四所，都在山下。\n\n三、请好老师。做茶、修车都有人教。\n"
OTHER_REST = "（上接第{back}版）\n\n渔村，年底通车。\n\n二、再修山里。山里的路修到茶场。\n"


def page(number: int | str, text: str, day: int = 10, paper: str = "瓯城晚报") -> Document:
    head = HEAD.format(day=day, page=f"{number:0>2}").replace("瓯城晚报", paper)
    return document_of_text(head + text, f"{day}{number}a.txt")


def told(*documents: Document) -> list[list[tuple[str | None, str | None]]]:
    return [
        [(a.headline, a.district) for a in d.articles] for d in with_jumps(documents, GAZETTEER)
    ]


LUOJIANG = ("洛江：把夜校办起来", "洛江区")
FENGZE = ("丰泽：把路修到海边", "丰泽区")


@pytest.mark.parametrize("title", ["", "《洛江：把夜校办起来》"])
def test_what_goes_on_in_another_file_has_the_articles_headline_and_district(title: str) -> None:
    begun, rest = page(1, FIRST.format(to=3)), page(3, REST.format(back=1, title=title))
    assert told(begun, rest) == [[LUOJIANG], [LUOJIANG]]
    assert told(rest, begun) == [[LUOJIANG], [LUOJIANG]]
    joined = with_jumps([begun, rest], GAZETTEER)[1]
    assert joined.articles[0].byline == "中共洛江区委理论学习中心组"
    assert [p.text for p in joined.paragraphs] == [p.text for p in rest.paragraphs]


def test_an_article_is_followed_over_several_pages() -> None:
    middle = "（上接第1版）\n\n四所，都在山下，老师也要请，先请三位（下转第5版）\n"
    last = "（上接第3版）\n\n老师傅，教做茶，也教修车。\n"
    pages = [page(5, last), page(1, FIRST.format(to=3)), page(3, middle)]
    assert told(*pages) == [[LUOJIANG]] * 3


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_that_go_on_from_one_page_the_sections_numbers_tell_which(
    order: tuple[int, int],
) -> None:
    rests = [REST.format(back=5, title=""), OTHER_REST.format(back=5)]
    begun = page(5, FIRST.format(to=6) + SECOND.format(to=6))
    rest = page(6, "\n".join(rests[i] for i in order))
    expected = [LUOJIANG, FENGZE]
    assert told(begun, rest)[1] == [expected[i] for i in order]


@pytest.mark.parametrize(
    ("begun", "rest"),
    [
        (page(1, FIRST.format(to=3)), page(4, REST.format(back=1, title=""))),
        (page(1, FIRST.format(to=3)), page(3, REST.format(back=2, title=""))),
        (page(1, FIRST.format(to=3)), page(3, REST.format(back=1, title=""), day=17)),
        (  # another article's, another district's, another paper's, another section's
            page(1, FIRST.format(to=3)),
            page(3, REST.format(back=1, title="《丰泽：把路修到海边》")),
        ),
        (
            page(1, FIRST.format(to=3)),
            page(3, "丰泽区\n\n" + REST.format(back=1, title="")),
        ),
        (
            page(1, FIRST.format(to=3)),
            page(3, REST.format(back=1, title=""), paper="福建日报"),
        ),
        (page(1, FIRST.format(to="A3")), page("B3", REST.format(back="A1", title=""))),
        (
            page(1, FIRST.format(to=3) + FIRST.format(to=3).replace("夜校", "学校")),
            page(3, REST.format(back=1, title="")),
        ),
    ],
)
def test_what_does_not_fit_or_fits_two_stays_as_it_is(begun: Document, rest: Document) -> None:
    assert told(begun, rest)[1][-1] != LUOJIANG


def test_of_two_that_go_on_from_one_neither_does() -> None:
    begun = page(1, FIRST.format(to=3))
    first, second = (
        page(3, REST.format(back=1, title="").replace("四所", how)) for how in ("四所", "五所")
    )
    for order in ((begun, first, second), (second, begun, first)):
        assert sum(LUOJIANG in articles for articles in told(*order)) == 1


def test_files_without_a_day_need_the_headline_or_names_alike() -> None:
    begun = document_of_text(FIRST.format(to=3), "晚报_01版.txt")
    rest = REST.format(back=1, title="")
    assert told(begun, document_of_text(rest, "晚报_03版.txt"))[1] == [LUOJIANG]
    assert told(begun, document_of_text(rest, "另一份_03版.txt"))[1] == [(None, None)]
    assert told(begun, document_of_text(rest, "晚报0217_03版.txt"))[1] == [(None, None)]
    titled = REST.format(back=1, title="《洛江：把夜校办起来》")
    assert told(begun, document_of_text(titled, "另一份.txt"))[1] == [LUOJIANG]


def test_what_was_joined_is_read_alone_again_when_the_other_page_is_gone() -> None:
    begun, rest = page(1, FIRST.format(to=3)), page(3, REST.format(back=1, title=""))
    joined = with_jumps([begun, rest], GAZETTEER)[1]
    kept = Document.from_dict(joined.to_dict())
    assert with_jumps([kept], GAZETTEER) == [rest]
    assert with_jumps([begun, kept], GAZETTEER)[1] == joined


def test_of_a_rest_that_speaks_of_others_the_first_part_goes_on() -> None:
    rest = (
        "（上接第1版）\n\n夜校还要添课。添的课都在晚上。\n\n晋江市也办夜校，晋江市办了三所。\n\n"
        "课都是免费的。\n\n石狮市也办夜校，石狮市办了两所。\n"
    )
    _, found = told(page(1, FIRST.format(to=3)), page(3, rest))
    assert [district for _, district in found] == ["洛江区", "晋江市", None, "石狮市"]
