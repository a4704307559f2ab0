"""Articles that go on in another file: a newspaper's pages come one by one.

「（下转3版）」 stands on one page and 「（上接1版）」 on the other. What goes on there has the
headline, byline and district of what it goes on from; its text stays in its own document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.drafts import goes_by
from index.pages import page_number
from index.types import Article, Document

_PAGE_IN_NAME = re.compile(
    r"(?<![\d.])0*(\d{1,2}|[一二三四五六七八九十]+)\s*版|(?<=[_\-])[A-Z]?0*(\d{1,2})(?=\.\w+$)"
)
_PAGE_IN_HEAD = re.compile(r"第?\s*[A-Z]?0*(\d{1,2})\s*版|(?:^|(?<=\s))[A-Z]?0*(\d{1,2})(?=\s|$)")
_POINTS = re.compile("下转|[上紧]接")
_LINES_OF_HEAD = 8
_LONGEST_OF_HEAD = 40
_SECTION = re.compile(r"([一二三四五六七八九十]{1,2})、")


class _Place(NamedTuple):
    """Which document an article is of, and which of its articles it is."""

    document: int
    article: int


def with_jumps(documents: Sequence[Document]) -> list[Document]:
    """Return documents, what goes on from another one's article with its headline and district.

    The pages that both pointers name must fit, and the documents be of one day; where several
    fit, the headline, the sections' numbers or the district must tell which. What was found before
    is found anew.
    """
    texts = [_alone(document) for document in documents]
    found = _matched(texts)
    articles = [[*document.articles] for document in texts]
    for place in found:
        articles[place.document][place.article] = _with_head(place, found, texts)
    return [
        replace(document, articles=tuple(own))
        for document, own in zip(texts, articles, strict=True)
    ]


def _alone(document: Document) -> Document:
    """Return a document as it is read by itself."""
    if all(article.alone is None for article in document.articles):
        return document
    articles = (
        replace(one, headline=one.alone[0], byline=one.alone[1], district=one.alone[2], alone=None)
        if one.alone
        else one
        for one in document.articles
    )
    return replace(document, articles=tuple(articles))


def _articles(documents: Sequence[Document]) -> Iterator[tuple[_Place, Article]]:
    for i, document in enumerate(documents):
        for j, article in enumerate(document.articles):
            yield _Place(i, j), article


def _matched(documents: Sequence[Document]) -> dict[_Place, _Place]:
    """Return from which article each goes on that comes from another page, the surest first."""
    begun = [place for place, article in _articles(documents) if article.leaves_off]
    going_on = [place for place, article in _articles(documents) if article.resumes]
    found: dict[_Place, _Place] = {}
    while True:
        fits = {
            place: {other: fit for other in begun if (fit := _fit(place, other, documents))}
            for place in going_on
        }
        clear = {
            place: [*own.values()].count(max(own.values())) == 1
            for place, own in fits.items()
            if own
        }
        best = max(
            (p for p in clear if clear[p]), key=lambda p: max(fits[p].values()), default=None
        )
        if best is None:
            return found
        found[best] = max(fits[best], key=lambda other: fits[best][other])
        begun.remove(found[best])
        going_on.remove(best)


def _fit(place: _Place, other: _Place, documents: Sequence[Document]) -> int:
    """Return how well what goes on at a place fits an article that leaves off; 0 if it can't."""
    document, from_ = documents[place.document], documents[other.document]
    article, start = document.articles[place.article], from_.articles[other.article]
    if other.document == place.document or not _are_of_one_day(document, from_):
        return 0
    pages = (_page_of(document), _page_of(from_))
    if pages[0] not in (None, start.leaves_off) or pages[1] not in (None, article.resumes):
        return 0
    named = goes_by(start.headline, article.headline)
    dated = bool(document.date and from_.date)
    near = dated or _without_digits(document.name) == _without_digits(from_.name)
    if not (named or (near and None not in pages)):
        return 0
    last, first = _sections(start)[-1:], _sections(article)[:1]
    goes_on = (last and first) and (1 if first[0] in (last[0], last[0] + 1) else -1)
    owners = (start.district, article.district)
    same = None not in owners and (2 if owners[0] == owners[1] else 0)
    return 8 + 8 * named + 2 * (goes_on or 0) + (same or 0)


def _sections(article: Article) -> list[int]:
    """Return the numbers of an article's sections: 「三、」."""
    opening = (_SECTION.match(paragraph.text) for paragraph in article.paragraphs)
    return [page_number(number[1]) for number in opening if number]


def _are_of_one_day(one: Document, other: Document) -> bool:
    shorter, longer = sorted((one.date or "", other.date or ""), key=len)
    return longer.startswith(shorter)


def _without_digits(name: str) -> str:
    return re.sub(r"\d+", "", name)


def _page_of(document: Document) -> int | None:
    """Return the newspaper's page that a document is, by its name or head.

    >>> _page_of(Document("d", "晚报20240827_04版.txt", "…", ())), _page_of(Document("d", "a.txt", "04　要闻　2024年8月27日", ()))
    (4, 4)
    """
    if named := _PAGE_IN_NAME.search(document.name):
        return page_number(next(filter(None, named.groups())))
    lines = document.text.strip().split("\n", 2 * _LINES_OF_HEAD)
    heads = [line.strip() for line in lines if line.strip() and not _POINTS.search(line)]
    found = [
        _PAGE_IN_HEAD.search(head)
        for head in heads[:_LINES_OF_HEAD]
        if len(head) <= _LONGEST_OF_HEAD
    ]
    pages = {page_number(next(filter(None, match.groups()))) for match in found if match}
    return pages.pop() if len(pages) == 1 else None


def _with_head(
    place: _Place, found: dict[_Place, _Place], documents: Sequence[Document]
) -> Article:
    """Return what goes on at a place under the head of the article that it goes on from."""
    seen = {place}
    from_ = found[place]
    while from_ in found and from_ not in seen:
        seen.add(from_)
        from_ = found[from_]
    article = documents[place.document].articles[place.article]
    start = documents[from_.document].articles[from_.article]
    return replace(
        article,
        headline=start.headline or article.headline,
        byline=start.byline or article.byline,
        district=start.district or article.district,
        alone=(article.headline, article.byline, article.district),
    )
