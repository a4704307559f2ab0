"""A document's structure: articles with headline, byline and district, sections, whole paragraphs.

Where articles begin is told in `drafts`, whose they are in `attribution` and `division`, what a
paragraph is in `paragraphs`; cutting into passages is done in `passages`, finding what is printed twice in `reprints`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from index.attribution import Districts, full_name
from index.blocks import NUMBERED, Block
from index.dates import date_in, in_digits, is_date
from index.division import Division
from index.drafts import Draft, drafts_of, part_starts, signature
from index.gazetteer import Cut, Gazetteer
from index.interrupted import rejoin_interrupted
from index.newspapers import EDITORS
from index.paragraphs import paragraphs_of
from index.repair import POSTED, repaired
from index.towns import IS_TOWN, known_to
from index.types import Article, Document, Paragraph, Source, Span
from index.unsigned import blanks_tell, with_unsigned


def document_of(source: Source, gazetteer: Gazetteer, cut: Cut) -> Document:
    """Return the document that a source holds; `cut` tells where words begin and end.

    The same file again is the same document: see `document_id`.
    """
    source, lines = repaired(source)
    gazetteer = known_to(source, gazetteer)
    articles = (
        _of_records(source, gazetteer, cut)
        if source.records
        else _of_text(source, lines, gazetteer, cut)
    )
    headlines = (article.headline for article in articles if article.headline)
    return Document(
        id=document_id(source),
        name=source.name,
        text=source.text,
        articles=tuple(articles),
        title=source.title or (None if source.records else next(headlines, None)),
        date=source.date or _date(source, articles),
        url=source.url,
        records=source.records,
    )


def document_id(source: Source) -> str:
    """Return a document's id, which is made from its name and text."""
    return hashlib.sha256(f"{source.name}\0{source.text}".encode()).hexdigest()[:12]


def _of_records(source: Source, gazetteer: Gazetteer, cut: Cut) -> list[Article]:
    return [
        Article(
            headline=record.title,
            byline=None,
            district=record.district and full_name(record.district, gazetteer, cut),
            paragraphs=(
                Paragraph(
                    source.text[record.span.start : record.span.end],
                    (record.span,),
                    record.section,
                    number=number,
                ),
            ),
        )
        for number, record in enumerate(source.records or (), start=1)
    ]


def _of_text(
    source: Source, lines: Sequence[Block], gazetteer: Gazetteer, cut: Cut
) -> list[Article]:
    districts = Districts(source, gazetteer, cut)
    lines = [_without_bold(line) for line in lines]
    parted = part_starts(lines)
    drafts = drafts_of(lines, parted)
    apart = districts.names.paper is not None and blanks_tell(lines, source.text)

    def own(draft: Draft) -> str | None:
        return _owner(draft, districts)

    if districts.names.paper:
        drafts = with_unsigned(
            drafts,
            lambda draft, begun: districts.begins_another(own(draft), begun),
            source.text,
            apart,
        )
    rejoin_interrupted(drafts, own, gazetteer, cut, source.text if apart else None)
    articles = _of_drafts(drafts, source, districts)
    named = {a.district for a in articles if a.district and not IS_TOWN.search(a.district)}
    several = districts.apart(named) > 1
    if several or not parted:
        return articles
    return _of_drafts(drafts_of(lines), source, districts)  # rules divide sections of one article


def _of_drafts(drafts: Sequence[Draft], source: Source, districts: Districts) -> list[Article]:
    articles: list[Article] = []
    counted = 0
    division = Division(source.text, districts)
    for draft in drafts:
        if not articles and draft.headline is None:
            draft.headline = source.title
        owner = _owner(draft, districts)
        paragraphs = paragraphs_of(draft.blocks, source.text)
        parts = [*division.divide(draft.headline, paragraphs, owner)]
        unheaded = (i for i, (headed, _) in enumerate(parts) if not headed)
        going_on = max(unheaded, default=len(parts) - 1)
        resumed = next((i for i, (headed, _) in enumerate(parts) if not headed), None)
        towns = all(IS_TOWN.search(name) for name, _ in parts if name) and not districts.joint
        for i, (headed, own) in enumerate(parts):
            district = headed or owner
            alone = len(parts) == 1 and not districts.joint
            spoken = alone and district is None and not EDITORS.match(draft.headline or "")
            if spoken:
                district = districts.spoken_of(own) or districts.titled(draft.headline, own)
                if district is None and districts.names.paper and len(own) > 1:
                    district = districts.only_county(own)
            if district is None and (spoken or (towns and not alone)):
                district = districts.publisher_of(draft.headline, own)
            if district is None and not districts.joint:
                district = districts.of_places(draft.headline if alone else None, own)
            below = headed and owner and districts.is_below(draft.headline, owner, headed)
            anothers = headed and districts.names.opening(draft.headline or "") not in (
                None,
                headed,
            )
            headline = None if anothers or below else draft.headline
            if headed and len(own) > 1 and districts.names.is_heading(own[0].text):
                heading, *own = own
                headline = headline or heading.text
                if headline != heading.text:
                    own = [_under(heading.text, paragraph) for paragraph in own]
            numbered = (replace(p, number=n) for n, p in enumerate(own, start=counted + 1))
            byline = None if below else draft.byline
            article = Article(headline, byline, district, tuple(numbered))
            if draft.leaves_off and i == going_on:
                article = replace(article, leaves_off=draft.leaves_off.page)
            if draft.resumes and i == resumed:
                article = replace(article, resumes=draft.resumes.page)
            articles.append(article)
            counted += len(own)
    return districts.with_city(articles)


def _owner(draft: Draft, districts: Districts) -> str | None:
    opening = draft.blocks[0].text if draft.blocks else ""
    return districts.of(draft.headline, draft.byline, signature(draft), opening)


def _under(heading: str, paragraph: Paragraph) -> Paragraph:
    section = f"{paragraph.section} / {heading}" if paragraph.section else heading
    return replace(paragraph, section=section)


def _without_bold(line: Block) -> Block:
    """Return a line without the asterisks that make all of it bold in Markdown."""
    if len(line.spans) > 1 or not re.fullmatch(r"\*\*[^*]+\*\*", line.text):
        return line
    ((start, end),) = line.spans
    return replace(line, text=line.text[2:-2], spans=(Span(start + 2, end - 2),))


_HEADER = 6
_TELLS_DAY = re.compile(
    r"[>＞\s]*(?:会议|发布|成文|印发)?(?:时间|日期)\s*[:：]"
    r"|(?:.{0,60}\s)?(?:发布|发文|成文|印发|回复|答复|更新)(?:时间|日期)(?:\s*[:：]|\t)"
)
# Who wrote or printed it: 「来源：洛江发布　2026-01-20 09:03」, 「（2026年1月27日第六次会议通过）」
_CREDIT = re.compile(
    r"来源|记者|作者|编辑|浏览|阅读|分享|融媒|客户端|发布(?=\s)|宣传[办部]|[日晚晨早]报(?=[社\s·])|原创|会议通过"
)
_LABEL = re.compile(r"(?:来源|作者|编辑|记者)\s*[:：]|[:：](?P<other>)")
# 「（根据录音整理，2026年2月6日）」, 「回复时间：2026-02-06」
_DATED_ASIDE = re.compile(r"[（(][^（）()。]{2,16}[，, ]20\d\d年\d{1,2}月\d{1,2}日[）)]")
_ANSWERED = re.compile(r"\s*(?:回复|答复)(?:时间|日期)\s*[:：]\s*20\d\d-\d\d-\d\d")
_LONGEST_OF_HEADER, _YEAR = 60, 4
_DAY = re.compile(r"(?:19|20)\d\d\s?[-年./]\s?\d{1,2}\s?[-月./]\s?\d{1,2}")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _date(source: Source, articles: Sequence[Article]) -> str | None:
    """Return the document's date (2025, 2025-01 or 2025-01-14) as its header or name tells it.

    The header is what stands before the first paragraph; a notice has its date under its signature.
    What a sentence speaks of is no date.
    """
    if source.records is not None:
        return None
    first = next((p.spans[0].start for article in articles for p in article.paragraphs), 0)
    header = source.text[source.body_start : max(first, source.body_start)].split("\n")
    texts = [line for line in map(str.strip, header) if not NUMBERED.match(line)]
    opening = source.text[source.body_start :].split("\n", 2 * _HEADER)[: 2 * _HEADER]
    texts += [line for line in opening if _tells_day(line)]
    dates = [found for text in (*texts, source.name) if (found := date_in(text))]
    if not any(len(date) > _YEAR for date in dates):
        lines = source.text.rstrip().split("\n")
        signed = [
            line for line in lines[-3:] if is_date(line) or _DATED_ASIDE.fullmatch(line.strip())
        ]
        signed += [line for line in lines if _ANSWERED.match(line)][:1]
        days = [found for line in signed if (found := date_in(line))]
        dates += [day for day in days if not dates or day[:_YEAR] in dates]
    years = _YEAR_IN_NAME.findall(source.name) or _years_told(articles)
    planned = "规划" in source.name  # of its first year; figures of several years are of the last
    return max(dates, key=len, default=(years[0] if planned else years[-1]) if years else None)


def _years_told(articles: Sequence[Article]) -> list[str]:
    """Return the year that a document's first words name, if it is one.

    「2025年，全区…」 opens what a bulletin tells of that year, but a report that goes on to what is planned is of
    the next one, and a plan for several years of none.
    """
    told = [paragraph.text for article in articles for paragraph in article.paragraphs]
    opening = "".join(told)[:_FIRST_WORDS]
    headlines = "".join(article.headline or "" for article in articles[:1])
    year = _YEAR_TOLD.match(opening)
    of_several = _OF_SEVERAL_YEARS.search(headlines + opening)
    alone = year and {*re.findall(r"20\d\d(?=\s?年)", opening)} == {year[1]}
    return [year[1]] if year and alone and not of_several else []


_FIRST_WORDS = 120
_YEAR_TOLD = re.compile(r"\s*(20\d\d)\s?年(?:[，,、]|全|我|上半|度)")
_OF_SEVERAL_YEARS = re.compile(
    "规划|纲要|五年|十[三四五六]五|工作报告|草案|总结|回顾|各位代表|过去的?一年|一年来"
)


def _tells_day(line: str) -> bool:
    """Tell whether one of a document's first lines tells of which day it is.

    What happens on a day, as a row of a table or 「停水时间：…」 has it, is no date.
    """
    if is_date(line):
        return True
    if NUMBERED.match(line) or line.startswith(("|", "│", "｜")):
        return False
    if _TELLS_DAY.match(line) or POSTED.fullmatch(line):
        return True
    day = _DAY.search(in_digits(line))
    if day is None or len(line) > _LONGEST_OF_HEADER or "。" in line:
        return False
    labels = _LABEL.finditer(line, 0, day.start())
    return _CREDIT.search(line) is not None and all(label["other"] is None for label in labels)
