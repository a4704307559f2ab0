"""A document's structure: articles with headline, byline and district, sections, whole paragraphs.

Paragraphs that a page break cuts in two become one here. Whose an article is is told in
`attribution`; cutting into passages is done in `passages`, finding what is printed twice in `reprints`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.attribution import EDITORS, Districts, full_name
from index.dates import date_in, is_date
from index.gazetteer import Cut, Gazetteer
from index.repair import NUMBERED, Block, blocks
from index.rows import cells
from index.sentences import CLOSING, is_finished, sentence_spans
from index.towns import known_to
from index.types import Article, Document, Paragraph, Source, Span


def document_of(source: Source, gazetteer: Gazetteer, cut: Cut) -> Document:
    """Return the document that a source holds; `cut` tells where words begin and end.

    The same file again is the same document: see `document_id`.
    """
    gazetteer = known_to(source, gazetteer)
    articles = (
        _of_records(source, gazetteer, cut) if source.records else _of_text(source, gazetteer, cut)
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


def _of_text(source: Source, gazetteer: Gazetteer, cut: Cut) -> list[Article]:
    districts = Districts(source, gazetteer, cut)
    lines = [_without_bold(line) for line in blocks(source)]
    parted = _part_starts(lines)
    articles = _of_drafts(_drafts(lines, parted), source, districts)
    several = districts.apart({article.district for article in articles if article.district}) > 1
    if several or not parted:
        return articles
    return _of_drafts(_drafts(lines), source, districts)  # rules divide sections of one article


def _of_drafts(drafts: Sequence[_Draft], source: Source, districts: Districts) -> list[Article]:
    articles: list[Article] = []
    counted = 0
    for draft in drafts:
        if not articles and draft.headline is None:
            draft.headline = source.title
        owner = districts.of(draft.headline, draft.byline, _signature(draft))
        paragraphs = _paragraphs(draft, source.text)
        parts = [*districts.divide(draft.headline, paragraphs, owner)]
        for headed, own in parts:
            district = headed or owner
            if district is None and len(parts) == 1 and not EDITORS.match(draft.headline or ""):
                district = districts.spoken_of(own) or districts.publisher
            anothers = headed and districts.opening(draft.headline or "") not in (None, headed)
            headline = None if anothers else draft.headline
            if headed and len(own) > 1 and districts.is_heading(own[0].text):
                heading, *own = own
                headline = headline or heading.text
                if headline != heading.text:
                    own = [_under(heading.text, paragraph) for paragraph in own]
            numbered = (replace(p, number=n) for n, p in enumerate(own, start=counted + 1))
            articles.append(Article(headline, draft.byline, district, tuple(numbered)))
            counted += len(own)
    return articles


def _under(heading: str, paragraph: Paragraph) -> Paragraph:
    section = f"{paragraph.section} / {heading}" if paragraph.section else heading
    return replace(paragraph, section=section)


def _without_bold(line: Block) -> Block:
    """Return a line without the asterisks that make all of it bold in Markdown."""
    if len(line.spans) > 1 or not re.fullmatch(r"\*\*[^*]+\*\*", line.text):
        return line
    ((start, end),) = line.spans
    return replace(line, text=line.text[2:-2], spans=(Span(start + 2, end - 2),))


# --- where articles begin ------------------------------------------------------------------------


@dataclass
class _Draft:
    headline: str | None = None
    byline: str | None = None
    blocks: list[Block] = field(default_factory=list)
    resumes: bool = False


_NAME = r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]\s+[\u4e00-\u9fff])"
_POST_AND_NAME = rf"[\u4e00-\u9fff、]{{2,30}}(?:书记|[市区县省局]长|主席|主任)[\s:：]+{_NAME}"
_COLUMNS = "快讯|短波|动态|要闻|简讯|速递|速览|资讯|集锦"
_BYLINE = re.compile(
    r".{0,30}中心组(?:\s*供稿)?|[（(]?[\u4e00-\u9fff\s]{2,24}供稿[）)]?|(?:中共)?[\u4e00-\u9fff]{2,14}[省市区县]委宣传部"
    rf"|[■○●▲◆]\s*(?!\S*(?:{_COLUMNS}))"
    rf"{_NAME}(?:[\s、]+{_NAME})*(?:\s*(?:文/图|图/文|文|图))?"
    r"|[（(]?(?:□|◎|[■○●▲◆]?\s*(?:[\u4e00-\u9fff]{2,8}[社网台](?=记者)|本报|本刊|通讯员|见习|实习|记者|特约|文/|文／|图/|作者\s*[:：]|文\s*[:：]))[^。！？]{0,38}[)）]?"
    r"|(?:中共)?[\u4e00-\u9fff]{2,16}(?:委员会|市委|区委|县委|省委|人民政府|党工委|管委会)(?:办公室)?"
    rf"|[\u4e00-\u9fff]{{2,14}}(?:融媒体中心|新闻中心|新闻办公?室?|报道组|记者站|广播电视台|电视台)(?:[\s、]+{_NAME}){{0,3}}(?:\s*供稿)?"
    r"|[\u4e00-\u9fff]{1,14}(?:[省市区县州旗]|政府|[省市区县州旗党]委)(?:书记|市长|区长|县长|省长|主席|主任)[\u4e00-\u9fff]{2,4}"
    rf"|{_POST_AND_NAME}"
    rf"|(?:自治区|代)?(?:书记|市长|区长|县长|省长|主席|主任)[\s:：]+(?:[\u4e00-\u9fff·]{{2,12}}|{_NAME})"
)
_PERSON = re.compile(rf"(?:[\u4e00-\u9fff]{{2,4}}[：:]\s*)?{_POST_AND_NAME}")
# A newspaper's report may have its byline in its first words.
_LEDE = re.compile(
    r"本报讯|(?:[\u4e00-\u9fff]{2,8}讯)?\s*[（(][^（）()。]{0,12}记者[^（）()。]{1,30}[）)]\S"
    r"|(?:本报|新华社|中新社|中新网)[\u4e00-\u9fff]{0,8}\d{1,2}月\d{1,2}日[电讯]"
    r"|[\u4e00-\u9fff]{2,8}\d{1,2}月\d{1,2}日[电讯]\s*[（(]"
    r"|(?:本报)?记者\s?[\u4e00-\u9fff、 ]{2,12}报道[:：]"
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,20}(?:局|厅|办公室|委员会|人民政府|研究院|工作组|(?:宣传|组织|统战|工作)部)(?:[（(][\u4e00-\u9fff]{2,10}[）)])?"
)
_PLACED = re.compile(r"中共|(?![省市区县州旗盟])[\u4e00-\u9fff]{2,8}?[省市区县州旗盟]")
# 「■ 县域快讯」 is what short reports stand under.
_COLUMN = re.compile(rf"[■○●▲◆【\[\s]*[\u4e00-\u9fff]{{2,6}}(?:{_COLUMNS})[】\]\s]*")
# What a newspaper prints besides its articles.
_NOTICE = re.compile(
    r"[【■◆●\[\s]*(?:读者来信|来信选登|热线回音|图片新闻|更正|广告|(?:[\u4e00-\u9fff]{2,4})?(?:公告|启事|声明))[】\]\s]*"
)
# Who supplied an article, under it; captions may follow.
_CAPTIONS = 3
_SUPPLIED = re.compile(r"[（(][\u4e00-\u9fff\s]{2,24}供稿[）)]")
_NUMBER_OF_PAPER = re.compile(r"[\u4e00-\u9fff]{0,12}[〔\[（(]20\d\d[〕\]）)]\s*第?\d+号")
_DATELINE = re.compile(
    r"[-—–(（]*\s*(?:[\d〇○零一二三四五六七八九]{4}年)?[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
    r"[^，,；]{0,60}(?:会议|大会|全会)[^，,；]{0,40}"
)
_SUBTITLE = re.compile(rf"[-—–（(]|{_DATELINE.pattern}$")
_BULLET = re.compile(r"[-*+][ \t\u3000]+\S|[•·●○◎■□◆◇▪★☆▲|│][ \t\u3000]*\S")
_MAX_HEADLINE = 60
_PROSE = 30
_PAGE_HEAD = re.compile(r"(?:日|晚|早|周|时|新|商)报|星期[一二三四五六日]|\d{4}\s*[年.]\s*\d")
_SHORTEST = 4
_MAX_HEADING = 40


def _part_starts(lines: Sequence[Block]) -> set[int]:
    """Return where articles begin on a page of several: under a rule, with a notice, or a table's headline."""
    headers = _headers(lines)
    return {
        i
        for i in range(len(lines))
        if _headline_under_rule(lines, i)
        or (i and _NOTICE.fullmatch(lines[i].text))
        or (0 < i < len(lines) - 1 and _is_caption(lines, i, headers))
    }


def _drafts(lines: Sequence[Block], parted: Collection[int] = ()) -> list[_Draft]:
    """Divide the lines among articles, also where they are `parted`, and take headline and byline off them."""
    if not lines:
        return []
    columns = (i for i, (line, below) in enumerate(pairwise(lines)) if _is_column(line, below))
    headed = {*parted, *columns}
    starts = sorted({*_starts(lines), *headed})
    drafts: list[_Draft] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        draft = _draft(lines[start:end], start == 0, has_headline=start in headed)
        begun = _begun(draft, drafts) if draft.resumes else None
        if begun is None:
            if draft.resumes and draft.headline is None and _has_headline_above(drafts):
                draft.headline = drafts[-1].blocks.pop().text
            drafts.append(draft)
        else:
            last = drafts[-1]
            if last is not begun and _is_headline_of(begun, _last_line(drafts)):
                last.blocks.pop() if last.blocks else drafts.pop()
            _go_on(begun, draft)
    return drafts


def _headline_under_rule(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line is a headline because a rule parts it from the text before it."""
    if not lines[i].ruled or not 0 < i < len(lines) - 1 or lines[i].level is not None:
        return False
    if _COLUMN.fullmatch(lines[i].text):
        return True
    above, own, below = (line.text for line in lines[i - 1 : i + 2])
    if not _may_be_headline(lines[i]) or any(map(_is_row, (above, own, below))):
        return False
    return len(below) > len(own) and (is_finished(below) or len(below) >= _PROSE)


def _begun(draft: _Draft, drafts: Sequence[_Draft]) -> _Draft | None:
    """Return the article that goes on with a draft, which has its headline once more, or none."""
    begun = [one for one in drafts if any(line.leaves_off for line in one.blocks)]
    near = [draft.headline, *(line.text for line in draft.blocks[:1]), _last_line(drafts)]
    named = [one for one in begun if any(_is_headline_of(one, line) for line in near)]
    anothers = draft.headline is not None or _has_headline_above(drafts)
    if not named and not anothers and len(begun) == 1:
        return begun[0]
    return next(iter(named), None)


def _has_headline_above(drafts: Sequence[_Draft]) -> bool:
    """Tell whether what stands above a pointer is a headline, and no page's head."""
    above = drafts[-1].blocks[-1] if drafts and drafts[-1].blocks else None
    if above is None or above.leaves_off or is_date(above.text) or _PAGE_HEAD.search(above.text):
        return False
    return len(drafts[-1].blocks) > 1 and _may_be_headline(above) and not is_finished(above.text)


def _last_line(drafts: Sequence[_Draft]) -> str | None:
    if not drafts:
        return None
    return drafts[-1].blocks[-1].text if drafts[-1].blocks else drafts[-1].headline


def _is_headline_of(draft: _Draft, line: str | None) -> bool:
    """Tell whether a line is a draft's headline, the first line of it, or the telling part: 「①“十件实事”」."""
    if not line or not draft.headline:
        return False
    said = re.sub(r"^[①-⑳\s]+", "", line)
    if draft.headline == said or draft.headline.startswith(f"{said} "):
        return True
    return (
        re.match("[①-⑳“]", line) is not None and len(said) >= _SHORTEST and said in draft.headline
    )


def _go_on(begun: _Draft, draft: _Draft) -> None:
    left = next(i for i, line in enumerate(begun.blocks) if line.leaves_off)
    begun.blocks[left] = replace(begun.blocks[left], leaves_off=False)
    first = draft.blocks[0].text if draft.blocks else None
    rest = draft.blocks[_is_headline_of(begun, first) :]
    begun.blocks[left + 1 : left + 1] = rest


def _starts(lines: Sequence[Block]) -> list[int]:
    first_level = _article_level(lines)
    starts = {0} if lines else set()
    headlines: dict[int, int] = {}
    for i, line in enumerate(lines):
        if line.level is not None and line.level == first_level:
            starts.add(i)
        headline = _headline_before(lines, i) if _opens(lines, i) else None
        if headline == 0 or (headline is not None and not _signs_or_does(lines, i)):
            headlines[i] = headline
    # An office with nothing beneath it is in a list of who does what, as is the list's last one.
    ends = {*headlines.values(), len(lines)}
    bare = {i for i in headlines if i + 1 in ends and _is_byline(lines, i)}
    for i, headline in headlines.items():
        last = headline - 1 in bare and _OFFICE.fullmatch(lines[i].text)
        if i not in bare and not last:
            starts.add(headline)
    left = [i for i, line in enumerate(lines) if line.leaves_off]
    for i, line in enumerate(lines):
        above = lines[i - 1].text if i else "。"
        under_headline = len(above) <= _MAX_HEADLINE and not is_finished(above)
        if line.resumes and (not under_headline or any(j < i for j in left)):
            starts.add(i)
    first = min(starts - {0}, default=len(lines))
    starts |= {i for i in range(first + 1, len(lines)) if EDITORS.match(lines[i].text)}
    return sorted(starts)


def _is_caption(lines: Sequence[Block], i: int, headers: Mapping[int, Block]) -> bool:
    """Tell whether a line is the headline of a table that stands for itself."""
    starts = headers.get(i + 1) is lines[i + 1] and i not in headers
    return starts and lines[i].level is None and _may_be_headline(lines[i])


def _is_column(line: Block, below: Block) -> bool:
    """Tell whether short reports stand under a line: 「县域快讯」 above 「▲洛江　…」."""
    return _COLUMN.fullmatch(line.text) is not None and _BULLET.match(below.text) is not None


def _signs_or_does(lines: Sequence[Block], i: int) -> bool:
    """Tell whether an office signs, or does what a list's item says, instead of writing.

    「南安市人民政府」 above the day signs; 「市卫生健康委员会」, without its place, does.
    """
    if _OFFICE.fullmatch(lines[i].text) is None:
        return False
    dated = i + 1 < len(lines) and is_date(lines[i + 1].text)
    return dated or _PLACED.match(lines[i].text) is None


def _article_level(lines: Sequence[Block]) -> int | None:
    """Return the heading level that begins articles: the highest, unless it numbers sections."""
    levels = [line.level for line in lines if line.level is not None]
    if not levels:
        return None
    heads = [line for line in lines if line.level == min(levels)]
    return None if any(NUMBERED.match(line.text) for line in heads) else min(levels)


def _opens(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line may stand under a headline: a byline, or a report's first words."""
    return _is_byline(lines, i) or (
        lines[i].level is None and _LEDE.match(lines[i].text) is not None
    )


def _is_byline(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line names who writes; 「■ 修路」 above 「■ 种树」 is a list's item."""
    text = lines[i].text
    if _BULLET.match(text) and i + 1 < len(lines) and lines[i + 1].text[0] == text[0]:
        return False
    beside = (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2])
    if _PERSON.fullmatch(text) and any(_PERSON.fullmatch(line.text) for line in beside):
        return False  # one of those who speak
    return lines[i].level is None and _BYLINE.fullmatch(text) is not None


def _headline_before(lines: Sequence[Block], byline: int) -> int | None:
    i = byline - 1
    while i > 0 and (_SUBTITLE.match(lines[i].text) or is_date(lines[i].text)):
        i -= 1
    if i < 0 or not _may_be_headline(lines[i]):
        return None
    above = lines[i - 1] if i > 0 and not (lines[i].spaced or lines[i - 1].resumes) else None
    # A headline of two lines; what ends an article that is cut short has commas or stops.
    two_lines = above and _may_be_headline(above) and not re.search(r"[，,。；]", above.text)
    return i - 1 if two_lines else i


def _may_be_headline(line: Block) -> bool:
    return (
        len(line.text) <= _MAX_HEADLINE
        and not NUMBERED.match(line.text)
        and not _BULLET.match(line.text)
        and not _BYLINE.fullmatch(line.text)
        and not _DATELINE.fullmatch(line.text)
        and not line.text.endswith(("。", "；", "：", ":", "，", ",", "、", *_PHOTOGRAPHED))
    )


def _draft(lines: Sequence[Block], opens_document: bool, has_headline: bool) -> _Draft:
    draft = _Draft()
    rest = list(lines)
    # 「## 一、2024年回顾」 is a section.
    is_heading = rest[0].level is not None and not NUMBERED.match(rest[0].text)
    has_headline = has_headline or is_heading or _byline_of(rest) is not None
    if has_headline or (opens_document and _may_be_headline(rest[0]) and len(rest) > 1):
        draft.headline = rest.pop(0).text
        below = rest[0].text if rest else ""
        if _byline_of(lines) == 2 and not (_SUBTITLE.match(below) or is_date(below)):
            draft.headline += f" {rest.pop(0).text}"
    if draft.headline and len(rest) > 1 and rest[0].text in draft.headline:
        rest.pop(0)  # the headline once more, without its date or place
    while rest and (rest[0].text.startswith(("—", "–")) and not is_finished(rest[0].text)):
        line = rest.pop(0).text
        if _DATELINE.fullmatch(line):  # a speech's date and place
            draft.byline = line
        else:  # the headline's second part
            draft.headline = f"{draft.headline or ''}{line}"
    if rest and (_is_byline(rest, 0) or (opens_document and _DATELINE.fullmatch(rest[0].text))):
        draft.byline = rest.pop(0).text
    while opens_document and len(rest) > 1 and _tells_who_or_when(rest):
        draft.byline = f"{draft.byline or ''} {rest.pop(0).text}".strip()
    header = len(lines) - len(rest)
    draft.resumes = any(line.resumes for line in lines[: header + 1])
    for i in range(max(1, len(rest) - _CAPTIONS), len(rest)):
        if draft.byline is None and _SUPPLIED.fullmatch(rest[i].text):
            draft.byline = rest.pop(i).text
            break
    draft.blocks = rest
    return draft


def _tells_who_or_when(lines: Sequence[Block]) -> bool:
    text = lines[0].text
    names = any(pattern.fullmatch(text) for pattern in (_OFFICE, _NUMBER_OF_PAPER))
    return names or _is_byline(lines, 0) or is_date(text)


def _byline_of(lines: Sequence[Block]) -> int | None:
    """Return which line is the byline under the headline with which `lines` begin."""
    bylines = (i for i in range(len(lines)) if _opens(lines, i))
    return next((i for i in bylines if _headline_before(lines, i) == 0), None)


# --- paragraphs and sections ---------------------------------------------------------------------


def _paragraphs(draft: _Draft, text: str) -> list[Paragraph]:
    """Return an article's paragraphs, joined over page breaks, numbered from 1.

    Each row of a table is one, with the table's header above it.
    """
    outline = _Outline()
    found: list[Paragraph] = []
    open_before: Block | None = None
    lines = _with_items_whole(draft.blocks)
    headers = _headers(lines)
    for i, line in enumerate(lines):
        if header := headers.get(i):
            found = _with_truncated_end(found, open_before)
            open_before = None
            if header is not line:
                row = _under_header(header, line, text)
                found.append(Paragraph(row.text, row.spans, outline.section))
            continue
        follows = lines[i + 1] if i + 1 < len(lines) else None
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
    return [replace(p, number=i) for i, p in enumerate(found, start=1)]


_FIGURE_IN_CELL = re.compile(
    r"(?!(?:19|20)\d\d年?[\u4e00-\u9fff]{0,6}$)[约≥≤>]?\d[\d.,]*\s*[%％]?[\u4e00-\u9fff]{0,4}|[-—–/]"
)


def _headers(lines: Sequence[Block]) -> dict[int, Block]:
    """Return the header of each row of a table, by the row's number; its own is itself.

    That is the first of a run of rows of as many cells, which has no figure where others have; where a
    rule is drawn, the row above it.
    """
    found: dict[int, Block] = {}
    rows = [cells(line.text) for line in lines]
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and len(rows[end]) == len(rows[start]) and _touches(lines, end):
            end += 1
        if end - start > 1 and len(rows[start]) > 1 and _is_header(lines, rows, start, end):
            found |= dict.fromkeys(range(start, end), lines[start])
        start = end
    return found


def _is_header(lines: Sequence[Block], rows: Sequence[Sequence[str]], start: int, end: int) -> bool:
    """Tell whether the first row of a table is its header."""
    own = rows[start]
    if lines[start].level is not None or any(map(_FIGURE_IN_CELL.fullmatch, own)):
        return False
    if any(lines[i].ruled for i in range(start + 2, end)):
        return False
    if lines[start + 1].ruled:
        return True
    if "|" in lines[start].text:  # in Markdown a rule stands under a header
        return False
    below = {row[0][-1:] for row in rows[start + 1 : end]}
    of_places = own[0][-1:] in below & set("区县市镇乡旗省") and not _ANY_PLACE.fullmatch(own[0])
    told = any(_FIGURE_IN_CELL.fullmatch(cell) for row in rows[start + 1 : end] for cell in row)
    return told and not of_places


_ANY_PLACE = re.compile("[地县市区省乡镇各所属、和（()）]{1,6}")


def _touches(lines: Sequence[Block], i: int) -> bool:
    blank = lines[i].spaced and not lines[i - 1].spaced  # where all are indented, all are spaced
    return lines[i].level is None and lines[i].page == lines[i - 1].page and not blank


def _under_header(header: Block, row: Block, text: str) -> Block:
    """Return a row with its header, as they stand in the document, a line each."""
    start, end = header.spans[0].start, text.find("\n", header.spans[-1].end) + 1
    above = Span(start, end)
    if end == row.spans[0].start:
        spans: tuple[Span, ...] = (Span(start, row.spans[0].end), *row.spans[1:])
    else:
        spans = (above, *row.spans)
    return replace(row, text=text[start:end] + row.text, spans=spans)


def _with_items_whole(lines: Sequence[Block]) -> list[Block]:
    """Return the lines, those of a list without stops marked as whole, and the line below them.

    「新建学校3所，学位800个」 doesn't go on in 「改造小区12个，惠及5000户」 right under it. Where a
    sentence comes from above or ends in the midst of the line below, it is prose, broken at its lines.
    """
    marked = list(lines)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _may_be_item(lines[end]):
            end += 1
            if not _touch(lines, end):
                break
        above = _touch(lines, start) and _is_broken(lines[start - 1].text)
        below = _touch(lines, end)
        ends_below = below and re.search("[。！？；].", lines[end].text) is not None
        if end - start > 1 and not above and not ends_below:
            for i in range(start, end + below):
                marked[i] = replace(lines[i], whole=True)
        start = max(end, start + 1)
    return marked


def _may_be_item(line: Block) -> bool:
    stops = re.search("[。！？!?；;]|[：:，,、]$", line.text)
    numbered = line.level is not None or NUMBERED.match(line.text)
    return not (numbered or stops) and len(line.text) <= _LONGEST_ITEM


def _is_broken(text: str) -> bool:
    return text.endswith(_COMMAS) or ("。" in text and not is_finished(text))


def _touch(lines: Sequence[Block], i: int) -> bool:
    """Tell whether nothing stands between a line and the one above, neither a page's end."""
    if i == 0 or i == len(lines) or lines[i].page != lines[i - 1].page:
        return False
    return lines[i].spans[0].start - lines[i - 1].spans[-1].end <= 2 and not lines[i].spaced


def _with_truncated_end(found: list[Paragraph], last: Block | None) -> list[Paragraph]:
    """Mark the last paragraph if it stops in mid-sentence and nothing goes on with it."""
    if last is None or not found or not _is_open(last.text):
        return found
    if last.whole and "。" not in last.text:
        return found  # a list's item
    return [*found[:-1], replace(found[-1], truncated=True)]


_PHOTOGRAPHED = ("摄", "摄）", "摄)")
_LISTED = re.compile(rf"{NUMBERED.pattern}|第[一二三四五六七八九十]+[，,、]")


def _is_open(text: str) -> bool:
    """Tell whether a paragraph stops in mid-sentence; signatures, captions, list items don't."""
    if text.endswith(_PHOTOGRAPHED) or is_finished(text):
        return False
    if text.endswith(_COMMAS):
        return True
    if _is_row(text) or _is_listed(text):
        return False
    return len(text) >= 30 or re.search(r"[，,。；]", text) is not None


def _is_listed(text: str) -> bool:
    if "。" in text:
        return False
    numbered = len(text) <= _MAX_HEADING and _LISTED.match(text)
    return bool(numbered or _BULLET.match(text))


_GAP = re.compile(r"[ \t|│]+(?=[^ \t|│])")
_WIDE_GAP = re.compile(r"(?<! ) {2,}(?=[^ ])")
# Between cells, but not around the figures of a sentence.
_CELL_END = re.compile(
    r"[\t|│]|(?<=[\u4e00-\u9fff）)]) +(?=[\u4e00-\u9fff（(])|(?<=[\d%）)]) +(?=\d)|^\d{1,3} +(?![年月日个\d])"
)


def _is_row(text: str) -> bool:
    """Tell whether a line is a row of a table.

    >>> _is_row("2 惠安一中扩建 县教育局，螺城镇 3500"), _is_row("2025 年投资 56 亿元，增长 7")
    (True, False)
    """
    if re.search("[。；]", text):
        return False
    if len(_WIDE_GAP.findall(text)) > 1:
        return True
    return bool(_CELL_END.search(text)) and ("\t" in text or len(_GAP.findall(text)) > 1)


def _continues(before: Block, line: Block) -> bool:
    if line.level is not None or before.level is not None or NUMBERED.match(line.text):
        return False
    if (
        line.spans[0].start < before.spans[-1].end
    ):  # what resumes an article may stand before its rest
        return False
    if _BULLET.match(line.text):
        return False
    if not _is_open(before.text):
        return is_finished(before.text) and _repeated(before.text, line.text) > 0
    # What a page break cuts in two holds a sentence's end, or is long; a list's items aren't.
    if (before.whole or line.whole) and len(before.text) <= _LONGEST_ITEM:
        return before.text.endswith(_COMMAS) or _HOLDS_END.search(before.text) is not None
    return not line.spaced or _HOLDS_END.search(f"{before.text}\n{line.text}") is not None


_LONGEST_ITEM = 60
_COMMAS = ("，", ",", "、")
_HOLDS_END = re.compile(r"[。！？；]|[（《“]$", re.MULTILINE)


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


_BRACKETED = re.compile(r"【[^【】。，；]{2,20}】|〖[^〗。，；]{2,20}〗|\[[\u4e00-\u9fff]{2,12}\]")
# A figure that isn't a year, in quotation marks or part of a name.
_FIGURE = re.compile(r"(?<![\d.第“\"A-Za-z])\d[\d.,]*(?![\d.,A-Za-z”\"+]|\s?[年月日]|[-—–~至到]\d)")
_FIRST = re.compile(r"[（(]?[一1](?:[、)）是要]|[.．](?!\d))|①|第一[编章节条部、，,]")


def _is_item(line: Block, before: Block | None, follows: Block) -> bool:
    """Tell whether a line is a list's item: nothing stands beneath it."""
    if line.text.startswith(("-", "*", "+", "•", "·", "|", "│")):
        return True
    if not NUMBERED.match(line.text):
        return False
    style = _style(line.text)
    if NUMBERED.match(follows.text) and 0 <= _rank(_style(follows.text)) <= _rank(style):
        return True
    after = before is not None and not is_finished(before.text) and _style(before.text) == style
    return after and not is_finished(line.text)


def _tells_figure(line: Block, follows: Block) -> bool:
    """Tell whether a line says how many, as a list's item does, and opens no list itself.

    「2.新增停车位2000个」 does; 「（二）推进12个项目」, or a headline above a long paragraph, is a
    heading all the same.
    """
    if _FIRST.match(follows.text) or _APPENDIX.match(line.text):
        return False
    rank = _rank(_style(line.text))
    if 0 <= rank < _rank("1.") or (rank < 0 and len(follows.text) > _MAX_HEADLINE):
        return False
    return _FIGURE.search(NUMBERED.sub("", line.text, count=1)) is not None


def _is_heading(line: Block, before: Block | None, follows: Block | None) -> bool:
    if line.level is not None:
        return True
    if len(line.text) > _MAX_HEADING or follows is None or is_date(line.text):
        return False
    if _BRACKETED.fullmatch(line.text):
        return True
    if appendix := _APPENDIX.match(line.text):
        named = line.text[appendix.end() :]
        signed = _OFFICE.fullmatch(follows.text) or is_date(follows.text)
        if not named or (len(named) <= 12 and not re.search(r"[，,。；.]", named) and not signed):
            return True
    if _is_item(line, before, follows) or _tells_figure(line, follows):
        return False
    if _HEADING_NUMBER.match(line.text):
        # A numbered line that ends like a sentence is a heading if it is no more than one.
        single = len(sentence_spans(line.text)) == 1 and not re.search(
            r"[：:].|[；;，,]$", line.text
        )
        return single and (not is_finished(line.text) or len(follows.text) > len(line.text))
    plain = not re.search(r"[，,。；;：:！!？?…]", line.text) and not is_finished(line.text)
    above_item = _HEADING_NUMBER.match(follows.text) or is_finished(follows.text)
    if not (plain and above_item and _is_settled(before, line)) or len(line.text) > 25:
        return False
    # Above 「二、」 only where it divides a list; else it is what stands beneath 「一、」.
    style = _style(follows.text)
    divides = before is not None and _style(before.text) == style
    return _rank(style) < 0 or bool(_FIRST.match(follows.text)) or divides


def _is_settled(before: Block | None, line: Block) -> bool:
    """Tell whether a list or sentence that goes on with `line` can't be what stands before it."""
    if before is None or is_finished(before.text) or before.text.endswith(_PHOTOGRAPHED):
        return True
    return _is_row(before.text) and re.search(r"\s", line.text) is None


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


# --- signature and date ----------------------------------------------------------------------------


def _signature(draft: _Draft) -> str | None:
    """Return who signs at the end: an office, with the day under it."""
    for line, below in pairwise(draft.blocks[-3:]):
        if _OFFICE.fullmatch(line.text) and is_date(below.text):
            return line.text
    return None


_HEADER = 6
_TELLS_DAY = re.compile(r"[>＞\s]*(?:会议|发布|成文|印发)?(?:时间|日期)\s*[:：]")
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
    texts += [line for line in opening if is_date(line) or _TELLS_DAY.match(line)]
    dates = [found for text in (*texts, source.name) if (found := date_in(text))]
    if not dates:
        signed = [line for line in source.text.rstrip().split("\n")[-3:] if is_date(line)]
        dates = [found for line in signed if (found := date_in(line))]
    year = _YEAR_IN_NAME.search(source.name)
    return max(dates, key=len, default=year and year[0])
