"""Articles that go on in another file: a newspaper's pages come one by one.

「（下转3版）」 stands on one page and 「（上接1版）」 on the other. What goes on there has the
headline, byline and district of what it goes on from; its text stays in its own document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.counties import with_counties
from index.drafts import goes_by
from index.gazetteer import Gazetteer
from index.pages import page_number, paper_in
from index.types import Article, Document

_NUMBER = r"([A-Z]?0*\d{1,3}|[一二三四五六七八九十]{1,3})"
_PAGE_IN_NAME = re.compile(rf"(?<![\d.]){_NUMBER}\s*版|(?<=[_\-])([A-Z]?0*\d{{1,2}})(?=\.\w+$)")
_DAY_AT_END = re.compile(r"\d{4}[-_.]\d{1,2}[-_.]\d{1,2}(?=\.\w+$)")
_PAGE_IN_HEAD = re.compile(rf"第?\s*{_NUMBER}\s*版|(?:^|(?<=\s))([A-Z]?0*\d{{1,2}})(?=\s|$)")
_POINTS = re.compile("下转|[上紧]接")
_LINES_OF_HEAD = 8
_LONGEST_OF_HEAD = 40
_WHOLE_DAY = 10
_NAMED = 16
_SECTION = re.compile(r"([一二三四五六七八九十]{1,2})、")


class _Place(NamedTuple):
    """Which document an article is of, and which of its articles it is."""

    document: int
    article: int


class _Page(NamedTuple):
    """What a document tells of itself: its page's number, its day, its newspaper, its name without the number."""

    number: str | None
    day: str
    paper: str | None
    name: str


def with_jumps(documents: Sequence[Document], gazetteer: Gazetteer) -> list[Document]:
    """Return documents, what goes on from another one's article with its headline and district.

    The pages that both pointers name must fit, and the documents be of one paper and day. Nothing is
    joined that tells another headline or district, nor what fits two alike: the headline, the sections'
    numbers or the district must tell which. What was found before is found anew.
    """
    texts = [_alone(document) for document in documents]
    found = _matched(texts, gazetteer)
    articles = {place.document: [*texts[place.document].articles] for place in found}
    for place in found:
        articles[place.document][place.article] = _with_head(place, found, texts)
    return [
        replace(document, articles=tuple(articles[i])) if i in articles else document
        for i, document in enumerate(texts)
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


def _matched(documents: Sequence[Document], gazetteer: Gazetteer) -> dict[_Place, _Place]:
    """Return from which article each goes on that comes from another page, where each fits the other best."""
    leaving = [place for place, article in _articles(documents) if article.leaves_off]
    going_on = [place for place, article in _articles(documents) if article.resumes]
    if not leaving or not going_on:
        return {}
    pages = {n: _page_of(documents[n]) for n in {place.document for place in (*leaving, *going_on)}}
    of_day: dict[str, list[_Place]] = defaultdict(list)
    for place in leaving:
        of_day[pages[place.document].day].append(place)
    fits: dict[_Place, dict[_Place, int]] = {}
    for place in going_on:
        day = pages[place.document].day
        own = {
            other: _fit(place, other, documents, pages, gazetteer)
            for other in (of_day[day] if day else leaving)
        }
        fits[place] = {other: fit for other, fit in own.items() if fit}
    found = _pairs({place: _named(own) for place, own in fits.items()})
    taken = {*found.values()}
    rest = {
        place: {other: fit for other, fit in own.items() if other not in taken}
        for place, own in fits.items()
        if place not in found
    }
    return found | _pairs(rest)


def _named(fits: Mapping[_Place, int]) -> dict[_Place, int]:
    return {other: fit for other, fit in fits.items() if fit >= _NAMED}


def _pairs(fits: Mapping[_Place, Mapping[_Place, int]]) -> dict[_Place, _Place]:
    """Return which fit each other better than any other does."""
    of_start: dict[_Place, list[int]] = defaultdict(list)
    for own in fits.values():
        for other, fit in own.items():
            of_start[other].append(fit)
    found: dict[_Place, _Place] = {}
    for place, own in fits.items():
        best = max(own, key=lambda other: own[other], default=None)
        if best is not None and all(
            max(each) == own[best] and each.count(own[best]) == 1
            for each in ([*own.values()], of_start[best])
        ):
            found[place] = best
    return found


def _fit(
    place: _Place,
    other: _Place,
    documents: Sequence[Document],
    pages: Mapping[int, _Page],
    gazetteer: Gazetteer,
) -> int:
    """Return how well what goes on at a place fits an article that leaves off; 0 if it can't."""
    article, start = (documents[p.document].articles[p.article] for p in (place, other))
    page, from_ = pages[place.document], pages[other.document]
    told = ((page.number, start.leaves_off), (from_.number, article.resumes))
    if place.document == other.document or not all(map(_same_page, *zip(*told, strict=True))):
        return 0
    if None not in (page.paper, from_.paper) and page.paper != from_.paper:
        return 0
    named = goes_by(start.headline, article.headline)
    if article.headline and start.headline and not named:
        return 0
    owners = [name for name in (start.district, article.district) if name]
    known = with_counties(gazetteer, owners)
    if len({*owners}) == 2 and not any(
        one in known.ancestors(other) for one in owners for other in owners
    ):
        return 0
    dated = len(page.day) == _WHOLE_DAY and page.day == from_.day
    alike = page.day == from_.day and page.name == from_.name
    if not named and (None in (page.number, from_.number) or not (dated or alike)):
        return 0
    last, first = _sections(start)[-1:], _sections(article)[:1]
    goes_on = 0 if not (last and first) else 1 if first[0] == last[0] + 1 else -1
    return 8 + _NAMED * named + 2 * goes_on + 2 * (len(owners) == 2 and len({*owners}) == 1)


def _same_page(number: str | None, named: str | None) -> bool:
    """Tell whether a page may be the one that a pointer names; a letter counts where both have one."""
    if number is None or named is None or number == named:
        return True
    digits = [re.sub(r"\D", "", own) for own in (number, named)]
    return digits[0] == digits[1] and (number.isdigit() or named.isdigit())


def _sections(article: Article) -> list[int]:
    """Return the numbers of an article's sections: 「三、」."""
    opening = (_SECTION.match(paragraph.text) for paragraph in article.paragraphs)
    return [int(page_number(number[1])) for number in opening if number]


def _page_of(document: Document) -> _Page:
    """Return which page of which newspaper a document is, by its name or head.

    >>> _page_of(Document("d", "晚报20240827_04版.txt", "…", (), date="2024-08-27"))
    _Page(number='4', day='2024-08-27', paper=None, name='晚报20240827_.txt')
    >>> _page_of(Document("d", "a.txt", "泉州晚报 A04　要闻　2024年8月27日", ())).number
    'A4'
    """
    name, day = document.name, document.date or ""
    lines = document.text.strip().split("\n", 2 * _LINES_OF_HEAD)[: 2 * _LINES_OF_HEAD]
    lines = [line.strip() for line in lines if line.strip() and not _POINTS.search(line)]
    heads = [line for line in lines[:_LINES_OF_HEAD] if len(line) <= _LONGEST_OF_HEAD]
    paper = paper_in(name, *heads)
    in_name = None if _DAY_AT_END.search(name) else _PAGE_IN_NAME.search(name)
    if in_name:
        number = page_number(next(filter(None, in_name.groups())))
        return _Page(number, day, paper, name[: in_name.start()] + name[in_name.end() :])
    found = [match for match in map(_PAGE_IN_HEAD.search, heads) if match]
    numbers = {page_number(next(filter(None, match.groups()))) for match in found}
    return _Page(numbers.pop() if len(numbers) == 1 else None, day, paper, name)


def _with_head(
    place: _Place, found: Mapping[_Place, _Place], documents: Sequence[Document]
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
