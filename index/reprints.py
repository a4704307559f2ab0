"""Articles that are printed more than once: which they are, and where a passage stands again.

Only whole articles of one district are compared. Set phrases that many districts share stay where
they are, and so does a paragraph with figures of its own, as the next version of a plan has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from index.text import fold
from index.types import Article, Document, Paragraph, Place, Span

_SHINGLE = 8
_SAME_ARTICLE = 0.85
_SAME_PARAGRAPH = 0.5
_MIN_WITHOUT_DISTRICT = 200


@dataclass(frozen=True, slots=True)
class Printing:
    """An article and the document that it stands in."""

    document: Document
    article: Article


@dataclass(frozen=True, slots=True)
class Story:
    """One article, however often it is printed; ``copies`` may be cut short or differ slightly."""

    printing: Printing
    copies: tuple[Printing, ...] = ()


def stories(documents: Sequence[Document]) -> list[Story]:
    """Return the articles of all documents, each once, the most complete printing first.

    Two printings are one article if they are of one district, their documents of no two years,
    and nearly all character 8-grams of the shorter stand in the longer (containment, after
    Broder, 1997). The paragraphs of one that have other figures
    are a story of their own.
    """
    every = (Printing(document, article) for document in documents for article in document.articles)
    printings = dict(enumerate(every))
    found: dict[int, Story] = {}
    while printings:
        parts: dict[int, Printing] = {}
        for i, copies in _joined(printings).items():
            same: list[Printing] = []
            for j in copies:
                known, new = _by_figures(printings[j], printings[i])
                if known:
                    same.append(_with(known, printings[j]))
                if new:
                    parts[j] = _with(new, printings[j])
            found[i] = Story(printings[i], tuple(same))
        printings = parts
    return [found[i] for i in sorted(found)]


def _joined(printings: Mapping[int, Printing]) -> dict[int, list[int]]:
    """Return which printings are whole, each with its copies."""
    shingles = {i: _shingles(printing.article.text) for i, printing in printings.items()}
    # The longest first: what is cut short joins what is whole. Equals keep their order.
    order = sorted(printings, key=lambda i: -len(shingles[i]))
    by_shingle: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    copies: dict[int, list[int]] = {}
    for i in order:
        article = printings[i].article
        whole = _containing(shingles[i], printings[i], printings, by_shingle)
        if whole is None:
            copies[i] = []
            for shingle in _sample(shingles[i]):
                by_shingle[article.district, shingle].append(i)
        else:
            copies[whole].append(i)
    return {i: sorted(own) for i, own in copies.items()}


def _by_figures(copy: Printing, whole: Printing) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the paragraphs of a copy that have the whole's figures, and those that have others."""
    known = {figure for paragraph in whole.article.paragraphs for figure in _figures(paragraph)}
    parts: tuple[list[Paragraph], list[Paragraph]] = ([], [])
    for paragraph in copy.article.paragraphs:
        parts[not _figures(paragraph) <= known].append(paragraph)
    return parts


def _with(paragraphs: Sequence[Paragraph], printing: Printing) -> Printing:
    article = replace(printing.article, paragraphs=tuple(paragraphs))
    return Printing(printing.document, article)


_FIGURE = re.compile(r"[^\W\d]{0,2}\d[\d.]*[^\W\d]?")


def _figures(paragraph: Paragraph) -> set[str]:
    """Return the figures of a paragraph, each with the characters beside it.

    What cuts a text short may cut its last figure.
    """
    text = re.sub(r"[\s,]", "", fold(paragraph.text))
    return {*_FIGURE.findall(text.rstrip("0123456789.") if paragraph.truncated else text)}


def places(paragraph: Paragraph, piece: Span, copies: Sequence[Printing]) -> tuple[Place, ...]:
    """Return where a piece of a paragraph stands in the copies of its article."""
    text = paragraph.text[piece.start : piece.end]
    return tuple(place for copy in copies for place in _place_in(copy, paragraph, text))


def _place_in(copy: Printing, paragraph: Paragraph, text: str) -> Iterator[Place]:
    whole = _shingles(paragraph.text)
    same = max(
        copy.article.paragraphs, key=lambda other: len(whole & _shingles(other.text)), default=None
    )
    if same is None or (found := _find(text, same.text)) is None:
        return
    yield Place(copy.document.name, copy.document.id, same.number, same.spans_of(found))


def _find(text: str, other: str) -> Span | None:
    """Return where `text` stands in `other`, give or take a few characters.

    >>> _find("建设两个园区。", "今年要建设三个园区。完。")
    Span(start=3, end=10)
    """
    start = other.find(text)
    if start >= 0:
        return Span(start, start + len(text))
    blocks = SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks()
    blocks = [block for block in blocks if block.size > 1]
    if sum(block.size for block in blocks) < len(text) * _SAME_PARAGRAPH:
        return None
    return Span(
        max(0, blocks[0].b - blocks[0].a),
        min(len(other), blocks[-1].b + len(text) - blocks[-1].a),
    )


def _shingles(text: str) -> set[str]:
    plain = "".join(c for c in fold(text) if c.isalnum())
    return {plain[i : i + _SHINGLE] for i in range(max(1, len(plain) - _SHINGLE + 1))}


def _sample(shingles: set[str]) -> Iterator[str]:
    """Yield the same part of any two articles' shingles, so that few have to be looked up."""
    return (shingle for shingle in shingles if sum(map(ord, shingle)) % 4 == 0)


def _are_of_two_years(one: Printing, other: Printing) -> bool:
    """Tell whether two documents are of different years: a plan that recurs is no reprint."""
    years = {(printing.document.date or "")[:4] for printing in (one, other)} - {""}
    return len(years) == 2


def _containing(
    shingles: set[str],
    printing: Printing,
    printings: Mapping[int, Printing],
    by_shingle: dict[tuple[str | None, str], list[int]],
) -> int | None:
    article = printing.article
    if article.district is None and len(article.text) < _MIN_WITHOUT_DISTRICT:
        return None
    counts: dict[int, int] = defaultdict(int)
    sampled = list(_sample(shingles))
    for shingle in sampled:
        for i in by_shingle.get((article.district, shingle), ()):
            counts[i] += 1
    rivals = (i for i in counts if not _are_of_two_years(printing, printings[i]))
    best = max(rivals, key=lambda i: counts[i], default=None)
    if best is None or counts[best] < len(sampled) * _SAME_ARTICLE:
        return None
    return best
