"""Articles that another one cuts in two on their page, without a pointer."""

from __future__ import annotations

import pytest
from helpers import document_of_text

from index.types import Document

BEGUN = (
    "洛江：把夜校办起来\n\n本报记者 甲乙\n\n洛江今年办夜校三所，都在祠堂里。\n\n"
    "夜校的老师从茶场请来，教做茶，也教修车，明年办成全\n\n"
)
OTHER = (
    "丰泽：把路修到海边\n\n本报记者 丙丁\n\n丰泽今年修路，先修海边。\n\n"
    "山里的路丰泽明年再修，修到茶场。\n\n"
)
REST = "国有名的夜校。\n\n洛江的渔村也要办两所，教孩子画船。\n"


def told(document: Document) -> list[tuple[str | None, list[str]]]:
    return [(a.district, [p.text for p in a.paragraphs]) for a in document.articles]


def test_what_stands_below_another_article_is_its_own_ones() -> None:
    (luojiang, own), (fengze, others) = told(document_of_text(BEGUN + OTHER + REST))
    assert (luojiang, fengze) == ("洛江区", "丰泽区")
    assert own[1].endswith("明年办成全国有名的夜校。")
    assert own[2] == "洛江的渔村也要办两所，教孩子画船。"
    assert others == ["丰泽今年修路，先修海边。", "山里的路丰泽明年再修，修到茶场。"]


def test_without_a_word_across_the_joint_the_first_whole_line_after_the_others_goes_on() -> None:
    document = document_of_text(
        BEGUN.replace("明年办成全", "还要请")
        + OTHER
        + REST.replace("国有名的夜校。", "渔村的人，不收学费。")
    )
    own = told(document)[0][1]
    assert own[1].endswith("还要请渔村的人，不收学费。")


@pytest.mark.parametrize(
    "text",
    [
        BEGUN.replace("明年办成全", "明年再办。") + OTHER + REST,  # nothing is cut
        BEGUN + OTHER + "国有名的路。\n\n丰泽对接洛江，一起修桥。\n",  # the other's own
        BEGUN + OTHER + "国有名的路，对接洛江。\n",  # in passing
        BEGUN + OTHER + "路边种树，也种花。\n",  # named nowhere
        BEGUN + OTHER.replace("先修海边", "和洛江一样快") .replace("山里", "洛江的山里"),
    ],
)  # fmt: skip
def test_what_may_be_the_others_stays_there(text: str) -> None:
    document = document_of_text(text)
    assert [a.district for a in document.articles] == ["洛江区", "丰泽区"]
    assert len(document.articles[0].paragraphs) == 2
