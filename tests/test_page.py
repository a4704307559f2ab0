"""The real newspaper page, where it lies beside the repository; it isn't ours to redistribute."""

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import cut, is_true_to, pdf

from index.articles import document_of
from index.build import passages_of
from index.gazetteer import bundled_gazetteer
from index.reprints import stories
from index.sources import read_bytes, read_file
from index.types import Document, Passage

CORPUS = Path(__file__).parents[1] / ".." / "shared" / "corpus"
PAGE = next(CORPUS.glob("000_*.txt"), None)
REPORTS = sorted((CORPUS / "provinces-2025").glob("*.txt"))


def document(file: Path) -> Document:
    return document_of(read_file(file), bundled_gazetteer(), cut)


@pytest.fixture(scope="module")
def page() -> Document:
    if PAGE is None:
        pytest.skip(f"the newspaper page isn't in {CORPUS}")
    return document(PAGE)


@pytest.fixture(scope="module")
def passages(page: Document) -> list[Passage]:
    return passages_of([page])


def containing(passages: list[Passage], words: str) -> Passage:
    (passage,) = [passage for passage in passages if words in passage.text]
    return passage


def test_the_page_has_five_articles_one_of_them_printed_twice(page: Document) -> None:
    assert [article.district for article in page.articles] == [
        None, "鲤城区", "洛江区", "丰泽区", "洛江区", "泉港区",
    ]  # fmt: skip
    found = stories([page])
    assert [story.printing.article.district for story in found] == [
        None, "鲤城区", "洛江区", "丰泽区", "泉港区",
    ]  # fmt: skip
    assert [len(story.copies) for story in found] == [0, 0, 1, 0, 0]


def test_luojiangs_passages_stand_in_two_places(page: Document, passages: list[Passage]) -> None:
    for passage in passages:
        assert len(passage.also_at) == (passage.district == "洛江区")
    for passage in passages:
        for place in passage.also_at:
            assert "".join(page.text[s:e] for s, e in place.spans) == passage.text


def test_lichengs_second_section_is_truncated(passages: list[Passage]) -> None:
    (passage,) = [passage for passage in passages if passage.truncated]
    assert (passage.district, passage.section) == ("鲤城区", "二、民生至上,加快创造品质生活")


@pytest.mark.parametrize(
    ("joined", "pieces"),
    [
        ("中部功能区等四大片区开发", 2),
        ("合作的医联体模式,群众", 2),
        ("新动能新优势。二要以改革激活力。", 2),
    ],
)
def test_what_the_page_breaks_cut_is_whole_again(page: Document, joined: str, pieces: int) -> None:
    (paragraph, *_) = [p for p in page.paragraphs if joined in p.text]
    assert len(paragraph.spans) == pieces


def test_every_offset_is_true_and_no_passage_is_too_long(
    page: Document, passages: list[Passage]
) -> None:
    assert all(is_true_to(passage, page) for passage in passages)
    assert max(len(passage.text) for passage in passages) <= 450
    assert len({passage.text for passage in passages}) == len(passages)


def test_every_passage_has_its_headline_and_section(passages: list[Passage]) -> None:
    passage = containing(passages, "38.2亿元")
    assert passage.article == "牢记关心嘱托 谋实改革举措 加快建设更高水平的智造洛江 生态新城"
    assert passage.section == "三、做为民造福的奉献者,全力以赴推改革"
    assert containing(passages, "八成以上的财力").district == "泉港区"


def broken(lines: list[str], length: int) -> list[str]:
    return [line[i : i + length] for line in lines for i in range(0, max(1, len(line)), length)]


def pages_of(lines: list[str]) -> bytes:
    """Return a PDF of the lines with a running head and a number on every page."""
    starts = range(0, len(lines), 38)
    return pdf([["某某晚报 2024年8月27日", *lines[i : i + 38], f"— {i} —"] for i in starts])


@pytest.mark.parametrize(
    ("name", "as_file"),
    [
        ("a.txt", lambda lines: "\n".join(broken(lines, 20)).encode()),
        ("a.txt", lambda lines: "\n".join(broken(lines, 35)).encode("gb18030")),
        ("a.txt", lambda lines: "\n\n".join(broken(lines, 35)).encode()),
        ("a.txt", lambda lines: "\n".join(lines).encode()),
        ("a.html", lambda lines: f"<div>{'<br>'.join(lines)}</div>".encode()),
        ("a.pdf", lambda lines: pages_of(broken(lines, 35))),
    ],
    ids=["lines of 20", "lines of 35", "blank lines", "no blank lines", "web page", "pdf"],
)
def test_the_page_says_the_same_however_its_lines_are_broken(
    page: Document, name: str, as_file: Callable[[list[str]], bytes]
) -> None:
    source = read_bytes(name, as_file([line for line in page.text.split("\n") if line.strip()]))
    again = document_of(source, bundled_gazetteer(), cut)
    assert [p.text for p in again.paragraphs] == [p.text for p in page.paragraphs]
    assert [p.section for p in again.paragraphs] == [p.section for p in page.paragraphs]
    assert [a.headline for a in again.articles] == [a.headline for a in page.articles]
    assert again.districts == page.districts


@pytest.mark.parametrize(
    "report",
    REPORTS or [pytest.param(None, marks=pytest.mark.skip(f"no reports in {CORPUS}"))],
    ids=lambda report: report.stem if report else "none",
)
def test_a_provinces_report_is_one_article_of_its_province(report: Path) -> None:
    found = document(report)
    (article,) = found.articles
    assert article.district is not None and article.district.startswith(report.stem)
    assert found.date is not None and found.date.startswith("2025-01-")
    assert all(is_true_to(passage, found) for passage in passages_of([found]))
    assert len({p.section for p in article.paragraphs}) >= 3
