"""A document's structure: articles with headline, byline and district, sections, whole paragraphs.

Paragraphs that a page break cuts in two become one here. Cutting them into passages is done in
`passages`, finding articles that are printed twice in `reprints`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from index.dates import date_in, is_date
from index.gazetteer import Gazetteer
from index.repair import NUMBERED, Block, blocks
from index.sentences import CLOSING, is_finished, sentence_spans
from index.types import Article, Document, Paragraph, Source, Span

Cut = Callable[[str], Sequence[str]]


def document_of(source: Source, gazetteer: Gazetteer, cut: Cut) -> Document:
    """Return the document that a source holds; `cut` tells where words begin and end.

    The same file again is the same document: see `document_id`.
    """
    articles = (
        _of_records(source, gazetteer) if source.records else _of_text(source, gazetteer, cut)
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


def _of_records(source: Source, gazetteer: Gazetteer) -> list[Article]:
    return [
        Article(
            headline=record.title,
            byline=None,
            district=record.district and (gazetteer.full_name(record.district) or record.district),
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


def _of_text(source: Source, gazetteer: Gazetteer, cut: Cut) -> list[Article]:
    districts = _Districts(source, gazetteer, cut)
    articles: list[Article] = []
    number = 0
    for draft in _drafts(blocks(source)):
        if not articles and draft.headline is None:
            draft.headline = source.title
        paragraphs = _paragraphs(draft, number)
        number += len(paragraphs)
        if paragraphs:
            district = districts.of(draft)
            articles.append(Article(draft.headline, draft.byline, district, tuple(paragraphs)))
    return articles


# --- where articles begin ------------------------------------------------------------------------


@dataclass
class _Draft:
    headline: str | None = None
    byline: str | None = None
    blocks: list[Block] = field(default_factory=list)


_BYLINE = re.compile(
    r".{0,30}中心组(?:\s*供稿)?"
    r"|[（(]?(?:□|■|◎|本报|本刊|通讯员|见习|实习|记者|特约|文/|文／|图/|作者\s*[:：]|文\s*[:：])[^。！？]{0,38}[)）]?"
    r"|(?:中共)?[\u4e00-\u9fff]{2,16}(?:委员会|市委|区委|县委|省委|人民政府|党工委|管委会)(?:办公室)?"
    r"|[\u4e00-\u9fff]{2,16}(?:书记|市长|区长|县长|省长|主席|主任)[\s:：]*[\u4e00-\u9fff]{2,4}"
    r"|(?:自治区|代)?(?:书记|市长|区长|县长|省长|主席|主任)[\s:：]+[\u4e00-\u9fff·]{2,12}"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:局|厅|办公室|委员会|人民政府|研究院|工作组|(?:宣传|组织|统战|工作)部)"
)
_DATELINE = re.compile(
    r"[-—–(（]*\s*(?:\d{4}年)?\d{1,2}月\d{1,2}日.{0,60}(?:会议|大会|全会).{0,40}"
)
_SUBTITLE = re.compile(rf"[-—–（(]|{_DATELINE.pattern}$")
_MAX_HEADLINE = 60
_MAX_HEADING = 40


def _drafts(lines: Sequence[Block]) -> list[_Draft]:
    """Divide the lines among articles and take headline and byline off them."""
    starts = _starts(lines)
    drafts: list[_Draft] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        drafts.append(_draft(lines[start:end], opens_document=start == 0))
    return drafts


def _starts(lines: Sequence[Block]) -> list[int]:
    first_level = _article_level(lines)
    starts = {0} if lines else set()
    for i, line in enumerate(lines):
        if line.level is not None and line.level == first_level:
            starts.add(i)
        if _is_byline(line) and (headline := _headline_before(lines, i)) is not None:
            starts.add(headline)
    return sorted(starts)


def _article_level(lines: Sequence[Block]) -> int | None:
    """Return the heading level that begins articles: the highest, unless it numbers sections."""
    levels = [line.level for line in lines if line.level is not None]
    if not levels:
        return None
    heads = [line for line in lines if line.level == min(levels)]
    return None if any(NUMBERED.match(line.text) for line in heads) else min(levels)


def _is_byline(line: Block) -> bool:
    return line.level is None and _BYLINE.fullmatch(line.text) is not None


def _headline_before(lines: Sequence[Block], byline: int) -> int | None:
    i = byline - 1
    while i > 0 and _SUBTITLE.match(lines[i].text):
        i -= 1
    if i < 0 or not _may_be_headline(lines[i]):
        return None
    above = lines[i - 1] if i > 0 and not lines[i].spaced else None
    # A headline of two lines; what ends an article that is cut short has commas or stops.
    two_lines = above and _may_be_headline(above) and not re.search(r"[，,。；]", above.text)
    return i - 1 if two_lines else i


def _may_be_headline(line: Block) -> bool:
    return (
        len(line.text) <= _MAX_HEADLINE
        and not NUMBERED.match(line.text)
        and not _is_byline(line)
        and not _DATELINE.fullmatch(line.text)
        and not line.text.endswith(("。", "；", "：", ":", "，", ",", "、"))
    )


def _draft(lines: Sequence[Block], opens_document: bool) -> _Draft:
    draft = _Draft()
    rest = list(lines)
    has_headline = rest[0].level is not None or _byline_of(rest) is not None
    if has_headline or (opens_document and _may_be_headline(rest[0]) and len(rest) > 1):
        draft.headline = rest.pop(0).text
        if _byline_of(lines) == 2 and not _SUBTITLE.match(rest[0].text):
            draft.headline += f" {rest.pop(0).text}"
    if draft.headline and len(rest) > 1 and rest[0].text in draft.headline:
        rest.pop(0)  # the headline once more, without its date or place
    while rest and (rest[0].text.startswith(("—", "–")) and not is_finished(rest[0].text)):
        line = rest.pop(0).text
        if _DATELINE.fullmatch(line):  # a speech's date and place
            draft.byline = line
        else:  # the headline's second part
            draft.headline = f"{draft.headline or ''}{line}"
    if rest and (_is_byline(rest[0]) or (opens_document and _DATELINE.fullmatch(rest[0].text))):
        draft.byline = rest.pop(0).text
    while opens_document and len(rest) > 1 and _tells_who_or_when(rest[0]):
        draft.byline = f"{draft.byline or ''} {rest.pop(0).text}".strip()
    draft.blocks = rest
    return draft


def _tells_who_or_when(line: Block) -> bool:
    return _is_byline(line) or _OFFICE.fullmatch(line.text) is not None or is_date(line.text)


def _byline_of(lines: Sequence[Block]) -> int | None:
    """Return which line is the byline under the headline with which `lines` begin."""
    bylines = (i for i, line in enumerate(lines) if _is_byline(line))
    return next((i for i in bylines if _headline_before(lines, i) == 0), None)


# --- paragraphs and sections ---------------------------------------------------------------------


def _paragraphs(draft: _Draft, counted: int) -> list[Paragraph]:
    """Return an article's paragraphs, joined over page breaks, numbered from `counted` + 1."""
    outline = _Outline()
    found: list[Paragraph] = []
    open_before: Block | None = None
    for i, line in enumerate(draft.blocks):
        follows = draft.blocks[i + 1] if i + 1 < len(draft.blocks) else None
        if open_before is None or not _continues(open_before, line):
            if _is_heading(line, open_before, follows):
                found = _with_truncated_end(found, open_before)
                outline.enter(line.text, line.level)
                open_before = None
                continue
            found = _with_truncated_end(found, open_before)
            if opening := _opening_heading(line.text):
                outline.enter(opening, None)
            else:
                outline.leave(line.text)
            found.append(Paragraph(line.text, line.spans, outline.section))
        else:
            line = _joined(open_before, line)
            found[-1] = replace(found[-1], text=line.text, spans=line.spans)
        open_before = line
    found = _with_truncated_end(found, open_before)
    return [replace(p, number=counted + i) for i, p in enumerate(found, start=1)]


def _with_truncated_end(found: list[Paragraph], last: Block | None) -> list[Paragraph]:
    """Mark the last paragraph if it stops in mid-sentence and nothing goes on with it."""
    if last is None or not found or not _is_open(last.text):
        return found
    return [*found[:-1], replace(found[-1], truncated=True)]


def _is_open(text: str) -> bool:
    """Tell whether a paragraph stops in mid-sentence; signatures, captions, list items don't."""
    if text.endswith(("摄", "摄）", "摄)")):
        return False
    return not is_finished(text) and (
        len(text) >= 30 or re.search(r"[，,。；]|、$", text) is not None
    )


def _continues(before: Block, line: Block) -> bool:
    if line.level is not None or before.level is not None or NUMBERED.match(line.text):
        return False
    return _is_open(before.text) or _repeated(before.text, line.text) > 0


def _joined(before: Block, line: Block) -> Block:
    skipped = _repeated(before.text, line.text)
    first = line.spans[0]
    spans = (*before.spans, Span(first.start + skipped, first.end), *line.spans[1:])
    return Block(before.text + line.text[skipped:], spans, page=line.page)


_MAX_REPEATED = 40


def _repeated(before: str, after: str) -> int:
    """Return how many characters at the start of `after` repeat the end of `before`.

    >>> _repeated("积极塑造新优势。", "优势。二要激活力。")
    3
    """
    for length in range(min(len(before) - 1, len(after) - 1, _MAX_REPEATED), 1, -1):
        if before.endswith(after[:length]):
            whole = not is_finished(before) or (after[length - 1] in "。；" and length > 2)
            return length if whole else 0
    return 0


_APPENDIX = re.compile(r"(?:附件|附录|附表)\s*[\d一二三四五六七八九十]*\s*[:：]?")


class _Outline:
    """The headings that are open; one closes those of its own numbering and of lower ones."""

    def __init__(self) -> None:
        self._open: list[tuple[object, str]] = []

    def leave(self, paragraph: str) -> None:
        """Close what a numbered paragraph that is no heading can't belong to: 「3.」 after 「2.」."""
        if NUMBERED.match(paragraph):
            self._close(_style(paragraph))

    def enter(self, heading: str, level: int | None) -> None:
        if _APPENDIX.match(heading):
            self._open.clear()
        style: object = level if level is not None else _style(heading)
        self._close(style)
        self._open.append((style, heading.rstrip("。.：: ")))

    def _close(self, style: object) -> None:
        for i, (other, _) in enumerate(self._open):
            if other == style or _rank(other) > _rank(style) >= 0:
                del self._open[i:]
                break

    @property
    def section(self) -> str | None:
        return " / ".join(heading for _, heading in self._open) or None


_STYLES = ("第一编", "第一部分", "第一章", "第一节", "一、", "(一)", "1.", "(1)", "①")


def _style(heading: str) -> str:
    """Return how a heading is numbered, as the first of its kind would be.

    >>> _style("（三）修路"), _style("12、修路"), _style("修路")
    ('(一)', '1.', 'plain')
    """
    number = NUMBERED.match(heading)
    if number is None:
        return "plain"
    first = re.sub(r"[一二三四五六七八九十百零〇]+", "一", number[0])
    first = re.sub(r"[①-⑳]", "①", re.sub(r"\d+", "1", first))
    return first.replace("（", "(").replace("）", ")").replace("．", ".").replace("1、", "1.")


def _rank(style: object) -> int:
    """Return how deep a heading of this style stands; 0 or less where the style doesn't tell."""
    if isinstance(style, int):
        return style
    return _STYLES.index(style) + 7 if style in _STYLES else -1


_HEADING_NUMBER = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]"
    r"|\d{1,2}[.．、](?!\d)"
)


def _is_heading(line: Block, before: Block | None, follows: Block | None) -> bool:
    if line.level is not None:
        return True
    if len(line.text) > _MAX_HEADING or follows is None or is_date(line.text):
        return False
    if _APPENDIX.fullmatch(line.text):
        return True
    if _HEADING_NUMBER.match(line.text):
        # A numbered line that ends like a sentence is a heading if it is no more than one.
        single = len(sentence_spans(line.text)) == 1 and not re.search(
            r"[：:].|[；;，,]$", line.text
        )
        return single and (not is_finished(line.text) or len(follows.text) > len(line.text))
    plain = not re.search(r"[，,。；;：:！!？?…]", line.text) and not is_finished(line.text)
    settled = before is None or not _is_open(before.text)
    is_item = _HEADING_NUMBER.match(follows.text) or is_finished(follows.text)
    return plain and settled and len(line.text) <= 25 and bool(is_item)


def _opening_heading(text: str) -> str | None:
    """Return the numbered heading with which a paragraph opens, or None.

    >>> _opening_heading("一、守正创新,激活动能。全会指出,改革要快。")
    '一、守正创新,激活动能。'
    """
    if not _HEADING_NUMBER.match(text):
        return None
    sentences = sentence_spans(text)
    first = text[sentences[0].start : sentences[0].end].rstrip()
    if re.match(r"\d", first) and re.search(r"[：:].", first):
        return None  # 「5.“夜校”：…的简称。」 tells what a word means
    if len(first) > _MAX_HEADING or first.rstrip(CLOSING)[-1:] not in "。：:.":
        return None
    return first if len(sentences) > 1 else None


# --- district and date -----------------------------------------------------------------------------


class _Districts:
    """The district of each article: by file name, front matter, headline, byline, document's title."""

    def __init__(self, source: Source, gazetteer: Gazetteer, cut: Cut) -> None:
        self._gazetteer = gazetteer
        self._cut = cut
        stem = source.name.rsplit(".", 1)[0]
        given = source.district and (gazetteer.full_name(source.district) or source.district)
        self._whole = self._named_in(stem) or given or None
        self._title = self._named_in(source.title)

    def of(self, draft: _Draft) -> str | None:
        return (
            self._whole
            or self._named_in(draft.headline)
            or self._named_in(draft.byline)
            or self._title
        )

    def _named_in(self, text: str | None) -> str | None:
        return self._gazetteer.named_in(text, self._cut) if text else None


_HEADER = 6
_YEAR_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _date(source: Source, articles: Sequence[Article]) -> str | None:
    """Return the document's date (2025, 2025-01 or 2025-01-14) as its header or name tells it.

    The header is what stands before the first paragraph; what a sentence speaks of is no date.
    """
    if source.records is not None:
        return None
    first = next((p.spans[0].start for article in articles for p in article.paragraphs), 0)
    header = source.text[source.body_start : max(first, source.body_start)].split("\n")
    texts = [line for line in map(str.strip, header) if not NUMBERED.match(line)]
    opening = source.text[source.body_start :].split("\n", 2 * _HEADER)[: 2 * _HEADER]
    texts += [line for line in opening if is_date(line)]
    dates = [found for text in (*texts, source.name) if (found := date_in(text))]
    year = _YEAR_IN_NAME.search(source.name)
    return max(dates, key=len, default=year and year[0])
