r"""The nouns that the stages of reading and search hand each other.

Offsets count characters of the document as read: the decoded text with ``\n`` line ends, or for
PDF, Word and HTML the extracted text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Span(NamedTuple):
    """A half-open range of characters, ``start`` included, ``end`` not."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a ``.jsonl`` file: a passage that came ready-made."""

    id: str
    span: Span
    district: str | None = None
    title: str | None = None
    section: str | None = None
    date: str | None = None
    url: str | None = None


BOLD = 7


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read, before any of its structure is understood.

    ``levels`` gives the heading level (1 is the highest) of the lines that the file format itself
    marks as headings, by the offset at which the line starts; `BOLD` is that of a short line all in
    bold, which parts an article and begins none. ``site`` names the web site that a page
    is from. ``records`` is set for ``.jsonl`` only.
    """

    name: str
    text: str
    levels: dict[int, int] = field(default_factory=dict)
    title: str | None = None
    date: str | None = None
    url: str | None = None
    district: str | None = None
    site: str | None = None
    body_start: int = 0
    records: tuple[Record, ...] | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph after repair: ``text`` is the pieces ``spans`` of the document put together."""

    text: str
    spans: tuple[Span, ...]
    section: str | None = None
    truncated: bool = False
    number: int = 0

    def spans_of(self, piece: Span) -> tuple[Span, ...]:
        """Return where in the document a piece of the paragraph's text stands.

        >>> Paragraph("医联体模式", (Span(0, 2), Span(4, 7))).spans_of(Span(1, 4))
        (Span(start=1, end=2), Span(start=4, end=6))
        """
        found: list[Span] = []
        offset = 0
        for start, end in self.spans:
            first = max(start, start + piece.start - offset)
            last = min(end, start + piece.end - offset)
            if first < last:
                found.append(Span(first, last))
            offset += end - start
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Article:
    """A headline, a byline and paragraphs that belong to at most one district.

    ``leaves_off`` is the page on which it goes on and ``resumes`` the one from which it comes, if
    the other part isn't in the same document. Where that is found in another (`index.jumps`),
    ``alone`` keeps the headline, byline and district that the article has without it.
    """

    headline: str | None
    byline: str | None
    district: str | None
    paragraphs: tuple[Paragraph, ...]
    leaves_off: str | None = None
    resumes: str | None = None
    alone: tuple[str | None, str | None, str | None] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the article as JSON has it; the paragraphs' text is the document's."""
        jumps = {"leaves_off": self.leaves_off, "resumes": self.resumes, "alone": self.alone}
        return {
            **{name: value for name, value in jumps.items() if value is not None},
            "headline": self.headline,
            "byline": self.byline,
            "district": self.district,
            "paragraphs": [
                {
                    "number": paragraph.number,
                    "spans": [list(span) for span in paragraph.spans],
                    "section": paragraph.section,
                    "truncated": paragraph.truncated,
                }
                for paragraph in self.paragraphs
            ],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any], text: str) -> Article:
        """Return the article that `to_dict` wrote; `text` is its document's."""
        paragraphs = (
            Paragraph(
                text="".join(text[start:end] for start, end in row["spans"]),
                spans=_spans(row["spans"]),
                section=row["section"],
                truncated=row["truncated"],
                number=row["number"],
            )
            for row in values["paragraphs"]
        )
        alone = values.get("alone")
        return cls(
            values["headline"],
            values["byline"],
            values["district"],
            tuple(paragraphs),
            values.get("leaves_off"),
            values.get("resumes"),
            alone and tuple(alone),
        )

    @property
    def text(self) -> str:
        """The paragraphs' text, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands once more: the same words in another article or document."""

    document: str
    document_id: str
    paragraph: int
    spans: tuple[Span, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the place as JSON has it."""
        return {
            "document": self.document,
            "document_id": self.document_id,
            "paragraph": self.paragraph,
            "spans": [list(span) for span in self.spans],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Place:
        """Return the place that `to_dict` wrote."""
        return cls(
            document=values["document"],
            document_id=values["document_id"],
            paragraph=values["paragraph"],
            spans=_spans(values["spans"]),
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one paragraph, verbatim, with its address."""

    id: str
    text: str
    document: str
    document_id: str
    paragraph: int
    spans: tuple[Span, ...]
    district: str | None = None
    article: str | None = None
    section: str | None = None
    date: str | None = None
    url: str | None = None
    truncated: bool = False
    digest: bool = False
    also_at: tuple[Place, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of the date, if there is one.

        >>> Passage("p", "…", "晚报.txt", "d", 3, (), date="2024-08-27").year
        2024
        """
        year = (self.date or "")[:4]
        return int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None

    @property
    def heading(self) -> str:
        """The headline and the section's headings."""
        return " ".join(part for part in (self.article, self.section) if part)

    @property
    def location(self) -> str:
        """The address as a person reads it.

        >>> Passage("p", "…", "晚报.txt", "d", 3, (), "洛江区", "建设新城", "一、改革").location
        '洛江区 · 建设新城 · 一、改革 · 晚报.txt 第3段'
        """
        parts = (self.district, self.article, self.section, f"{self.document} 第{self.paragraph}段")
        return " · ".join(part for part in parts if part)

    def to_dict(self) -> dict[str, Any]:
        """Return the passage as JSON has it."""
        return {
            "id": self.id,
            "text": self.text,
            "district": self.district,
            "article": self.article,
            "section": self.section,
            "document": self.document,
            "document_id": self.document_id,
            "date": self.date,
            "url": self.url,
            "paragraph": self.paragraph,
            "spans": [list(span) for span in self.spans],
            "truncated": self.truncated,
            "digest": self.digest,
            "also_at": [place.to_dict() for place in self.also_at],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Passage:
        """Return the passage that `to_dict` wrote."""
        return cls(
            **{
                **values,
                "spans": _spans(values["spans"]),
                "also_at": tuple(Place.from_dict(place) for place in values["also_at"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A source whose articles are understood.

    ``records`` is set for ``.jsonl`` only; then each article is one record's.
    """

    id: str
    name: str
    text: str
    articles: tuple[Article, ...]
    title: str | None = None
    date: str | None = None
    url: str | None = None
    records: tuple[Record, ...] | None = None

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Every article's paragraphs, in the order of their numbers."""
        return [paragraph for article in self.articles for paragraph in article.paragraphs]

    @property
    def districts(self) -> list[str]:
        """The districts of the articles, each once."""
        return list(dict.fromkeys(a.district for a in self.articles if a.district is not None))

    def to_dict(self) -> dict[str, Any]:
        """Return the document as JSON has it, without its records, which are passages already."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "date": self.date,
            "url": self.url,
            "text": self.text,
            "articles": [article.to_dict() for article in self.articles],
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Document:
        """Return the document that `to_dict` wrote."""
        articles = tuple(Article.from_dict(row, values["text"]) for row in values["articles"])
        return cls(**{**values, "articles": articles})


def _spans(values: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in values)
