"""What print, scanning and web pages do to text, undone: furniture dropped, broken lines rejoined.

Everything here works on pieces of the document as read and never makes up a character. Headlines
and bylines are the business of `drafts`, page breaks inside a paragraph that of `paragraphs`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise, takewhile
from statistics import median
from typing import NamedTuple

from index.blocks import BRACKETED, NUMBERED, Block
from index.bylines import AUTHOR
from index.frames import Frame, frame_of
from index.interviews import is_asked
from index.pages import CONTENTS, RULE, is_pointer, parted, unboxed, without_page_head
from index.sentences import is_finished
from index.types import BOLD, Source, Span

_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*\d{1,4}[-—–·\s]*|(?:即时|快讯|资讯|要闻|头条)\s*[|｜]\s*20\d\d-\d\d-\d\d(?: \d\d:\d\d)?"
    r"|第\s*\d+\s*页\s*[,，/（(]?\s*(?:共\s*\d+\s*页)?[)）]?"
    r"|\d+\s*/\s*\d+|(?i:page\s*\d+(?:\s*of\s*\d+)?)|第\s*[A-Z]?\d+\s*版(?:\s*[：:]\s*[\u4e00-\u9fff·、]{1,10})?|第[一二三四五六七八九十]{1,3}版\s*[：:]\s*[\u4e00-\u9fff·、]{1,10}|[A-Z]\d{1,2}\s*版?"
)
_FURNITURE = re.compile(
    r"(?:您|你)?(?:现在|当前)?的?(?:所在)?位置\s*[:：]|当前位置|首页[\s\u3000]*[>＞»/|]|首页[\s\u3000]+\S|关于我们\s*\||无障碍(?:浏览|阅读|模式)|长者(?:助手|模式)(?=[\s|｜]|$)|打印(?:本页|此页|文章)?(?:$|\s|】|\])|关闭(?:窗口|本页)"
    r"|分享(?:到|至)|[【\[]?字(?:号|体)\s*(?:[:：]|大)|(?:浏览|阅读|点击)(?:次数|量|数)(?=$|[\s:：(（\d])|责任编辑|责编|(?:编辑|校对|审核|编审|监制|供稿|摄影|供图)\s*[:：]|[上下]一(?:篇|条(?=$|[\s:：]))"
    r"|点击(?:上方|下方)?蓝字|相关(?:阅读|链接|新闻)(?=$|\W)|扫(?:一扫|码)(?=$|[\s,，:：]|[在用]?手机|打开|关注|分享|查看|观看|阅读|浏览|下载)|版权所有|主办(?:单位)?\s*[:：][^。，]*(?:标识码|备案|技术支持|联系|地址|电话)|返回(?:顶部|首页)|[\u4e00-\u9fff]?ICP备|公网安备|(?:文章)?来源\s*[:：](?!.*\d\s*[万亿元个%％])"
    r"|[^。，]{0,30}20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?[^。，]{0,20}(?<![\u4e00-\u9fff])(?:来源|作者|(?:责任|美术)?编辑|责编|浏览|点击)[^。，]{0,4}[:：]"
    r"|发布(?:时间|日期|机构)\s*[:：]|信息来源|索\s*引\s*号|收藏(?:本页|本站)|[上下]一版(?=$|[\s:：>＞])|\[(?:放大|缩小|默认)\]|放大\s*\+|当前版\s*[:：]|国内统一刊号|(?i:copyright)\s*(?:©|\(c\)|20)|版权声明|本版(?:责编|编辑|图片|稿件|美编)|广告(?:热线|刊例)|[\u4e00-\u9fff]{2,8}报社出版(?=$|\s)|今[日天]天气[：:\s][晴多云阴雨雪到转小中大雷阵有风级东南西北℃\d~～\-—°C\s，,、]*$|微信公众号(?=$|[\s:：]|关注|二维码)"
)
# 「锌硒洛江 2024年03月06日 18:32 福建」
POSTED = re.compile(
    r"(?:原创\s*)?(?:[^\s。，：:]{2,12}\s+){0,3}20\d\d年\d{1,2}月\d{1,2}日 \d\d:\d\d(?: [\u4e00-\u9fff]{2,3})?"
)
# 「[首页](/) | [要闻](/yw/) | [公开](/xxgk/)」
_LINKS = re.compile(r"(?:\[[^\]\n]{1,20}\]\([^)\n]*\)[\s|·>＞»/\u3000]*){3,}")
_WITH_PARAGRAPHS = (".docx", ".html", ".htm")
# 「闽北日报  2026年1月6日  02版  县域」 between two columns, in words.
_DAY = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日|20\d\d[./]\d{1,2}[./]\d{1,2}")
_PAGE = re.compile(r"第?[A-Z]?\d{1,2}版|第[一二三四五六七八九十]+版|0\d")
_PAGE_OF_PAPER = re.compile(r"[A-Z]\d{1,2}|星期[一二三四五六日]")
_PAPER = re.compile("(?![今本每当周])[\u4e00-\u9fff]{2,5}(?:[日晚早时商]报|都市报)")
_SECTION_OF_PAPER = re.compile(r"[\u4e00-\u9fff·]{2,8}")
_LONGEST_HEAD = 45
_TELEPHONE = re.compile(
    r"(?:新闻|广告|发行|订报|投稿|本报|读者|[报爆]料)(?:热线|电话)\s*[：:]\s*[\d-]{7,}"
)
_SALUTATION = re.compile(r"(?:尊敬的|各位|同志们|女士们)[^。，,]{0,16}[：:！!]")
_NEWSPAPER = re.compile(r"(?:日报|晚报|早报|商报|时报|都市报|特刊|周刊)(?=$|\s|\d|[A-Z第(（|/·—-])")
_MAX_FURNITURE = 80


def repaired(source: Source) -> tuple[Source, list[Block]]:
    r"""Return a source with what the page around its text tells of it, and its own lines, broken ones rejoined.

    A source of records has no lines.

    >>> source, lines = repaired(Source("x", "您的位置：首页 > 要闻\n发布日期：2025-01-14\n建设新城\n分享到：微信"))
    >>> source.date, [line.text for line in lines]
    ('2025-01-14', ['建设新城'])
    """
    if source.records is not None:
        return source, []
    lines = _own_lines(source)
    frame = frame_of([line.text for line in lines])
    told = replace(
        source,
        title=source.title or frame.title,
        site=source.site or frame.publisher,
        date=source.date or frame.date,
    )
    return told, _blocks(source, _unframed(lines, frame))


def _blocks(source: Source, lines: Sequence[Block]) -> list[Block]:
    lines = parted(unboxed([*_with_numbered_headings(lines)], source.text))
    lines = _without_contents(lines, source.text)
    lines = [line for line in lines if not CONTENTS.fullmatch(line.text)]
    lines = _with_figures(_with_rows_whole(lines, source.text), source.text)
    lines = _without_page_heads(_without_running_heads(lines))
    lines = _without(lines, [is_furniture(line.text) for line in lines])
    return _without_repeated_opening(_rejoined(lines, source.text))


def _own_lines(source: Source) -> list[Block]:
    """Return the lines of a document without a newspaper page's head.

    Without the sides of cells too, where a table has come out with each on a line of its own.
    """
    lines = without_page_head(_lines(source))
    bars = [_SIDES.fullmatch(line.text) is not None for line in lines]
    return _without(lines, bars) if sum(bars) >= _FEWEST_SIDES else lines


_SIDES = re.compile(r"[|│｜]+")
_FEWEST_SIDES = 9


def _unframed(lines: Sequence[Block], frame: Frame) -> list[Block]:
    """Return the lines without those of the page that a text was saved from, a broken title joined; headings stay."""
    if any(lines[i].level is not None for i in frame.printed):
        return list(lines)
    title = (
        [reduce(_joined, lines[frame.printed.start : frame.printed.stop])] if frame.printed else []
    )
    dropped = [i in frame.dropped and line.level is None for i, line in enumerate(lines)]
    start, stop = frame.printed.start, frame.printed.stop
    return [
        *_without(lines[:start], dropped[:start]),
        *title,
        *_without(lines[stop:], dropped[stop:]),
    ]


def _with_numbered_headings(lines: Sequence[Block]) -> Sequence[Block]:
    """Return the lines without 「01」, 「02」, 「03」 alone on a line, if those below are short; they are headings."""
    numbers = [i for i in range(len(lines) - 2) if _NUMBER_ABOVE.fullmatch(lines[i].text)]
    counted = [*range(1, len(numbers) + 1)] == [int(lines[i].text) for i in numbers]
    names = {lines[i + 1].text for i in numbers if lines[i + 1].level is None}
    short = len(names) == len(numbers) and all(map(_NAME_BELOW.fullmatch, names))
    if len(numbers) < _FEWEST_HEADINGS or not (counted and short):
        return lines
    named = [
        replace(line, level=BOLD, spaced=True) if i - 1 in numbers else line
        for i, line in enumerate(lines)
    ]
    return _without(named, [i in numbers for i in range(len(lines))])


_NUMBER_ABOVE = re.compile(r"0[1-9]|[1-9]\d")
_NAME_BELOW = re.compile(r"(?=.*[\u4e00-\u9fff]{2})[^。；，,：:]{2,20}")
_FEWEST_HEADINGS = 3


def _without(lines: Sequence[Block], dropped: Sequence[bool]) -> list[Block]:
    """Return the lines that aren't dropped; what stood above those stands above the next one."""
    kept: list[Block] = []
    ruled, resumes = False, None
    for line, is_dropped in zip(lines, dropped, strict=True):
        ruled, resumes = ruled or line.ruled, resumes or line.resumes
        if not is_dropped:
            kept.append(replace(line, ruled=ruled, resumes=resumes))
            ruled, resumes = False, None
    return kept


# 「今日导读」, and 「（2—3版）」 below a headline in it.
_CONTENTS_HEAD = re.compile(
    r"[●■◆▲【〔\[]?(?:(?:本报|今日|今天|本版){0,2}导读|(?:本报|今日|今天|本版){1,2}(?:看点|要目))[】〕\]]?"
)
_ON_PAGE = re.compile(
    r"[（(]?\s*(?:详?见|刊)?\s*第?[A-Z]?\d{1,2}(?:\s*[-—–~、至]+\s*[A-Z]?\d{1,2})?\s*版\s*[）)]?"
    r"|第?[一二三四五六七八九十\d]{1,2}版[：:].{2,40}"
)


def _without_contents(lines: Sequence[Block], text: str) -> list[Block]:
    """Return the lines without a list of what stands on which page: 「今日导读」 to 「（4版）」 right below it."""
    kept: list[Block] = []
    start = 0
    while start < len(lines):
        end = start
        if _CONTENTS_HEAD.fullmatch(lines[start].text):
            below = range(start + 1, min(len(lines), start + _MOST_CONTENTS))
            run = takewhile(lambda i: _may_be_contents(lines, i, text), below)
            end = max((i + 1 for i in run if _ON_PAGE.fullmatch(lines[i].text)), default=start)
        if end == start:
            kept.append(lines[start])
        start = max(end, start + 1)
    return kept


_MOST_CONTENTS = 24


def _may_be_contents(lines: Sequence[Block], i: int, text: str) -> bool:
    """Tell whether a line right below another may be a headline in a list, or where that stands."""
    told = _BYLINE.fullmatch(lines[i].text) or _SIGNED.match(lines[i].text)
    ended = lines[i].text.endswith(("。", "；", "，"))
    return breaks_between(lines[i - 1], lines[i], text) == 1 and not (told or ended)


def is_furniture(line: str) -> bool:
    """Tell whether a line belongs to the page or site and not to the text.

    >>> is_furniture("打印本页 关闭窗口"), is_furniture("— 3 —"), is_furniture("来源：某某日报")
    (True, True, True)
    """
    line = line.strip()
    own = (_PAGE_NUMBER, CONTENTS, RULE, _SALUTATION, _LINKS, _TELEPHONE, POSTED)
    if is_pointer(line) or any(pattern.fullmatch(line) for pattern in own):
        return True
    if len(line) > _MAX_FURNITURE or line.endswith(("。", "；")):
        return False
    return _FURNITURE.match(line.lstrip("【[（(>＞ ")) is not None


def _without_page_heads(lines: list[Block]) -> list[Block]:
    """Return the lines without the page's heads among them; two below each other are rows of a table."""
    heads = [False, *(_is_page_head(line.text) for line in lines), False]
    alone = [
        own and not (above or below)
        for above, own, below in zip(heads, heads[1:], heads[2:], strict=False)
    ]
    return _without(lines, alone)


def _is_page_head(line: str) -> bool:
    """Tell whether a line names the paper with its day or page, or the day and a page far apart, and nothing else.

    >>> _is_page_head("闽北日报  2026年1月6日  02版  县域"), _is_page_head("夜校开学  2026年3月1日  1")
    (True, False)
    """
    if len(line) > _LONGEST_HEAD:
        return False
    words = re.sub(r"(?<=\d)\s*([年月])\s*(?=\d)|(?<=\d)\s+(日)", r"\1\2", line).split()
    day, page, paper = (
        [word for word in words if kind.fullmatch(word)] for kind in (_DAY, _PAGE, _PAPER)
    )
    number = [
        word
        for word in words[-1:]
        if paper and paper[0] == words[0] and re.fullmatch(r"\d{1,2}", word)
    ]
    beside = [word for word in words if _PAGE_OF_PAPER.fullmatch(word)]
    if paper or len(beside) + len(day) + len(page) == len(words):
        page += beside
    rest = [word for word in words if word not in (*day, *page, *paper, *number)]
    if not all(map(_SECTION_OF_PAPER.fullmatch, rest)) or len(words) < 2:
        return False
    apart = re.search(r"\S(?: {2}|\u3000)", line) is not None
    return bool((paper and (day or page or number)) or (day and page and apart and len(rest) < 2))


def width(text: str) -> float:
    """Return the printed width of `text` in Chinese characters: Latin ones count a half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def _lines(source: Source) -> list[Block]:
    found: list[Block] = []
    start, page, spaced = source.body_start, 0, False
    whole = source.name.lower().endswith(_WITH_PARAGRAPHS)
    indents = _indents(source.text)
    while start <= len(source.text):
        end = source.text.find("\n", start)
        end = len(source.text) if end < 0 else end
        line = source.text[start:end]
        page += line.count("\f")
        left = start + len(line) - len(line.lstrip())
        level = source.levels.get(start)
        if level is not None and re.match(rf"#{{{level}}}[ \t]", source.text[left:end]):
            left += level
        span = Span(left + _blank(source.text[left:end]), max(left, start + len(line.rstrip())))
        text = source.text[span.start : span.end]
        if text:
            indented = line.startswith(indents)
            found.append(Block(text, (span,), level, page, spaced or indented, whole))
        spaced = not text
        start = end + 1
    return found


def _indents(text: str) -> tuple[str, ...]:
    """Return with which blanks a text's paragraphs begin; two narrow ones where some lines do, and most don't."""
    lines = [line for line in text.split("\n") if line.strip()]
    narrow = sum(_NARROW.match(line) is not None for line in lines)
    few = _FEWEST_INDENTED <= narrow < len(lines) / 2
    return ("\u3000\u3000", "    ", "\t", *(["  "] if few else []))


_NARROW = re.compile(r" {2,3}(?=\S)")
_FEWEST_INDENTED = 5


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip())


# --- tables of a cell a line -------------------------------------------------------------------

_NUMBER = re.compile(r"\d{1,4}")
_FIGURE = re.compile(r"\d[\d.,]*[%％]?")
_LONGEST_CELL = 30
_MOST_PAGES_LOST = 2


def _with_rows_whole(lines: Sequence[Block], text: str) -> list[Block]:
    """Return the lines, those of a table with one cell on each put together row by row.

    So it comes out of pages of print: 「指标」, 「单位」 and 「2030年」 below each other, a blank line, 「学位」,
    「个」 and 「900」. At least three such groups in a row, of as many lines, are a table.
    """
    groups: list[list[Block]] = []
    for line in _with_numbered_rows(lines, text):
        if (
            groups
            and not line.cells
            and breaks_between(groups[-1][-1], line, text) == 1
            and line.level is None
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    whole: list[Block] = []
    start = 0
    while start < len(groups):
        table = _table_of_groups(groups, start)
        if len(table) >= _FEWEST_ROWS:
            whole += [
                line
                for i in range(start, table[-1] + 1)
                for line in ([_row_of(groups[i], text)] if i in table else groups[i])
            ]
            start = table[-1] + 1
        else:
            whole += groups[start]
            start += 1
    return whole


_FEWEST_ROWS = 3
_NUMBER_OF_ROW = ("序号", "编号")
_MOST_COLUMNS = 12


def _with_numbered_rows(lines: Sequence[Block], text: str) -> list[Block]:
    """Return the lines, those of a table of numbered rows with one cell on each put together row by row.

    「序号」, 「项目」, 「总投资」, 「1」, 「夜校」, 「900」, 「2」, …: as many lines after each number as in the header.
    """
    whole: list[Block] = []
    start = 0
    while start < len(lines):
        columns = _columns_of_numbered(lines, start)
        if columns == 0:
            whole.append(lines[start])
            start += 1
            continue
        row = 0
        while row == 0 or _has_number(lines, start + row * columns, row):
            at = start + row * columns
            cells = lines[at : at + columns]
            if len(cells) < columns or not (row == 0 or all(map(_may_be_cell, cells))):
                break
            whole.append(_row_of(cells, text))
            row += 1
        start += row * columns
    return whole


def _columns_of_numbered(lines: Sequence[Block], start: int) -> int:
    """Return how many cells the rows below a header have that begins here with 「序号」, or 0."""
    if lines[start].text not in _NUMBER_OF_ROW:
        return 0
    for columns in range(3, _MOST_COLUMNS + 1):
        if _has_number(lines, start + columns, 1):
            rows = range(1, _FEWEST_ROWS + 1)
            numbered = all(_has_number(lines, start + row * columns, row) for row in rows)
            return columns if numbered and _are_cells(lines[start : start + columns]) else 0
    return 0


def _has_number(lines: Sequence[Block], i: int, number: int) -> bool:
    return i < len(lines) and lines[i].text == str(number)


def _may_be_cell(line: Block) -> bool:
    return (
        line.level is None and not re.search("。.", line.text) and len(line.text) <= _LONGEST_LINE
    )


_LONGEST_LINE = 120


def _table_of_groups(groups: Sequence[Sequence[Block]], start: int) -> list[int]:
    """Return which groups of lines are rows of one table; single lines between name its parts."""
    table = [start]
    columns = len(groups[start])
    if columns < _FEWEST_ROWS or not _are_cells(groups[start]) or _has_figure(groups[start]):
        return table
    for i in range(start + 1, len(groups)):
        if len(groups[i]) == columns and _are_cells(groups[i]):
            if not any(re.search(r"[\d—–-]", line.text) for line in groups[i][1:]):
                break
            table.append(i)
        elif len(groups[i]) > 1 or i - 1 != table[-1] or not _are_cells(groups[i]):
            break
    return table


def _row_of(group: Sequence[Block], text: str) -> Block:
    return replace(together(group, text), cells=True)


def _are_cells(group: Sequence[Block]) -> bool:
    return all(
        len(line.text) <= _LONGEST_CELL and not re.search("[。，；：]", line.text) for line in group
    )


def _has_figure(group: Sequence[Block]) -> bool:
    return any(_FIGURE.fullmatch(line.text) for line in group)


def breaks_between(above: Block, line: Block, text: str) -> int:
    """Return how many line ends stand between two lines of a document."""
    return text.count("\n", above.spans[-1].end, line.spans[0].start)


def together(group: Sequence[Block], text: str) -> Block:
    """Return lines that stand one below the other as one block, with the breaks between them."""
    spans = list(group[0].spans)
    for above, line in pairwise(group):
        end = text.index("\n", above.spans[-1].end)
        spans += [Span(end, end + 1), *line.spans]
    said = "\n".join(line.text for line in group)
    return replace(group[0], text=said, spans=tuple(spans), whole=True)


def _with_figures(lines: list[Block], text: str) -> list[Block]:
    """Join the figures of a table to the cell before them, where each cell is a line of its own.

    Where all the numbers rise by little they are those of the pages, as they are in broken text.
    """
    numbers = [int(line.text) for line in lines if _NUMBER.fullmatch(line.text)]
    rising = all(0 < n - before <= 1 + _MOST_PAGES_LOST for before, n in pairwise(numbers))
    if rising or _full_line(lines) is not None:
        return lines
    joined = lines[:2]
    for line, follows in zip(lines[2:], [*lines[3:], None], strict=False):
        beside = (joined[-1], line if follows is None else follows)
        if _FIGURE.fullmatch(line.text) and all(_is_cell(cell, line.page) for cell in beside):
            span = Span(joined[-1].spans[0].start, line.spans[0].end)
            joined[-1] = replace(joined[-1], text=text[span.start : span.end], spans=(span,))
        else:
            joined.append(line)
    return joined


def _is_cell(line: Block, page: int) -> bool:
    is_part = line.level is None and line.page == page and len(line.text) <= _LONGEST_CELL
    return is_part and not NUMBERED.match(line.text) and not re.search("[，。；：！？]", line.text)


# --- running heads -----------------------------------------------------------------------------


def _without_running_heads(lines: list[Block]) -> list[Block]:
    """Drop what print repeats on its pages: at their edge, or where a sentence is cut in two."""
    full = _full_line(lines)
    running = _at_page_edges(lines, full) | _inside_sentences(lines, full)
    dropped = [_without_digits(line.text) in running for line in lines]
    if dropped and dropped[0] and not _NEWSPAPER.search(lines[0].text):
        # It may be the headline, which later pages repeat above their text.
        dropped[0] = _may_be_title(lines[1:2], full)
    return _without(lines, dropped)


def _may_be_title(lines: Sequence[Block], full: _Full | None) -> bool:
    """Tell whether the line after a running head is a headline, too long for a person's name."""
    return any(
        _may_run(line, full) and len(line.text) >= 6 and "：" not in line.text for line in lines
    )


def _at_page_edges(lines: Sequence[Block], full: _Full | None) -> set[str]:
    pages = lines[-1].page + 1 if lines else 1
    edges: Counter[str] = Counter()
    for page in range(pages if pages > 1 else 0):
        own = [line for line in lines if line.page == page]
        own = [line for line in own if not _PAGE_NUMBER.fullmatch(line.text)]
        edge = own[:2] + own[2:][-2:]
        edges.update({_without_digits(line.text) for line in edge if _may_run(line, full)})
    return {key for key, count in edges.items() if count >= max(2, pages / 2)}


def _inside_sentences(lines: Sequence[Block], full: _Full | None) -> set[str]:
    counts = Counter(_without_digits(line.text) for line in lines if _may_run(line, full))
    found: set[str] = set()
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        key = _without_digits(line.text)
        beside_number = any(_PAGE_NUMBER.fullmatch(other.text) for other in (before, after))
        cuts = len(before.text) > len(line.text) and not is_finished(before.text)
        if counts[key] >= 2 and beside_number and not re.search("[，；]", line.text):
            found.add(key)
        if _is_masthead(line) and (cuts or counts[key] >= 2):
            found.add(key)
    if lines and _is_masthead(lines[0]) and re.search(r"\d", lines[0].text):
        found.add(_without_digits(lines[0].text))
    return found


def _is_masthead(line: Block) -> bool:
    return _may_run(line) and _NEWSPAPER.search(line.text) is not None


def _may_run(line: Block, full: _Full | None = None) -> bool:
    """Tell whether a line may be a running head; a full line is the text's own.

    An article that is printed twice on alike pages repeats its full lines at their edges.
    """
    if full is not None and full.reached_by(line.text, 2):
        return False
    return len(line.text) <= 40 and not is_finished(line.text) and not NUMBERED.match(line.text)


def _without_digits(text: str) -> str:
    return re.sub(r"[\d\s]+", "0", text)


# --- broken lines ------------------------------------------------------------------------------


class _Full(NamedTuple):
    """How long a full line is: in print its width is what counts, in a terminal its characters."""

    width: float
    length: float

    def reached_by(self, line: str, missing: float) -> bool:
        """Tell whether a line is full but for what is `missing` at most."""
        return width(line) >= self.width - missing or len(line) >= self.length


def _rejoined(lines: list[Block], text: str) -> list[Block]:
    """Join the lines of a text that is broken at every line, or of a page's columns; leave other texts as they are."""
    full = _full_line(lines)
    columns = _columns(lines, text)
    own = [_full_line(column) or full for column in columns]
    if full is None:
        own = _of_print(columns, own)
    blanks_tell = any(not line.spaced for line in lines[1:])
    joined: list[Block] = []
    for column, width_of in zip(columns, own, strict=True):
        for line, follows in zip(column, [*column[1:], None], strict=True):
            before = joined[-1] if joined else None
            if before is None or width_of is None or _is_between(before, line, follows, width_of):
                joined.append(line)
            elif (full or line is not column[0]) and _goes_on(
                before, line, width_of, blanks_tell, text
            ):
                joined[-1] = _joined(before, line)
            else:
                joined.append(line)
    return joined


def _of_print(
    columns: Sequence[Sequence[Block]], own: Sequence[_Full | None]
) -> list[_Full | None]:
    """Return the length of a full line in each column of a page whose columns are of several widths.

    Two of them, or one that is long, must be prose, broken inside its sentences; beside them, that of a short one
    is its longest line's, as it is in four short ones of one width.
    """
    prose = [column for column, full in zip(columns, own, strict=True) if full]
    found = [full or _of_few(column) for column, full in zip(columns, own, strict=True)]
    inside = [_ends_inside(column) for column in prose]
    if sum(ends > 1 for ends in inside) > 1 or max(inside, default=0) >= _MANY_ENDS:
        return found
    widths = [full.width for full in found if full]
    return [full if full and _like(full.width, widths) >= _ALIKE else None for full in found]


def _like(size: float, sizes: Sequence[float]) -> int:
    """Return how many sizes are as good as one."""
    return sum(abs(size - other) <= 1 for other in sizes)


def _ends_inside(column: Sequence[Block]) -> int:
    """Return in how many lines sentences end before the lines do, as they don't in a list."""
    return sum(re.search("[。；！？]”?.", line.text) is not None for line in column)


def _of_few(column: Sequence[Block]) -> _Full | None:
    """Return the length of a full line in a column of a few, if those that stop in mid-sentence are of one length.

    A paragraph's first may be shorter; 「■ 洛江区」 above them doesn't count.
    """
    lines = column[bool(_NAME_ABOVE.fullmatch(column[0].text)) :]
    if not 1 < len(lines) <= _FEW or not is_finished(lines[-1].text):
        return None
    first = [True, *(is_finished(line.text) for line in lines[:-1])]
    cut = [
        (width(line.text), len(line.text), opens)
        for line, opens in zip(lines, first, strict=True)
        if not is_finished(line.text) and line.level is None
    ]
    most = max((size for size, _, _ in cut), default=0.0)
    alike = all(size >= most - (3 if opens else 1) for size, _, opens in cut)
    if not cut or not alike or max(width(line.text) for line in lines) > most + 1:
        return None
    if not any(re.search(r"[，,。；]", line.text) for line in lines[:-1]):
        return None
    return _Full(most, max(length for _, length, _ in cut))


_NAME_ABOVE = re.compile(r"[■○●▲◆□◇★▶]\s*[\u4e00-\u9fff]{2,8}")
_FEW = 12
_ALIKE = 4
_MANY_ENDS = 5


def _columns(lines: Sequence[Block], text: str) -> list[list[Block]]:
    """Return the lines, cut where a blank line stands between two."""
    columns: list[list[Block]] = []
    for line in lines:
        if columns and breaks_between(columns[-1][-1], line, text) == 1:
            columns[-1].append(line)
        else:
            columns.append([line])
    return columns


# 「★洛江区今年…」 below another
_MARKED = re.compile(r"[●■◆◇★☆▲△▼▽▶]\s*[\u4e00-\u9fff]")
# Of a table in Markdown, or with tabs.
_ROW = re.compile(r"[|│｜]|[^\t]+\t[^\t]+\t")
# A picture's words end with who took it.
_CREDITED = re.compile(r"(?:记者|通讯员|[\s/])\s*[\u4e00-\u9fff]{1,4}(?<![拍录])摄[）)]?$")
# 「□ 中共洛江区委理论学习中心组」 stands under a headline, however full that is.
_SIGNED = re.compile(
    r"[□◎]\s*(?:中共|本报|记者|通讯员|[\u4e00-\u9fff]{2,12}(?:书记|[区县市]长)|.{2,30}中心组$)"
)
_BYLINE = re.compile(
    r"本[报刊](?:首席|特约)?(?:记者|通讯员)(?:[ \u3000]+[\u4e00-\u9fff·]{1,5}){1,8}"
)
_CAPTION = re.compile(r"[（(]?[上下左右]?图(?:片|[①-⑳\d一二三四五六])?\s*[：:为]|图[①-⑳][ \u3000]")
# Between a row's cells.
_GAP = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")


def _full_line(lines: Sequence[Block]) -> _Full | None:
    """Return the length at which the lines are broken, or None if they aren't."""
    plain = [line.text for line in lines if line.level is None and not _ROW.match(line.text)]
    cut = [text for text in plain[:-1] if not is_finished(text) and width(text) >= 8]
    if len(cut) < 4 or len(cut) < len(plain) / 4:
        return None
    # A list's items and a table's rows may be of one length too, but hold no punctuation.
    if sum(re.search(r"[，,。；]", text) is not None for text in cut) < len(cut) / 3:
        return None
    full = _Full(median(map(width, cut)), median(map(len, cut)))
    by_width = _are_broken_at(full.width, [*map(width, cut)], [*map(width, plain)])
    by_length = _are_broken_at(full.length, [*map(len, cut)], [*map(len, plain)])
    return full if full.width <= 100 and (by_width or by_length) else None


def _are_broken_at(full: float, cut: Sequence[float], plain: Sequence[float]) -> bool:
    """Tell whether most lines that stop in mid-sentence are full, and few lines are longer."""
    near = sum(abs(size - full) <= max(2, full * 0.1) for size in cut)
    longer = sum(size > full * 1.1 + 2 for size in plain)
    return near >= len(cut) * 0.6 and longer <= len(plain) * 0.1


def _goes_on(before: Block, line: Block, full: _Full, blanks_tell: bool, text: str) -> bool:
    if line.level is not None or before.level is not None:
        return False
    weekdays = before.text.endswith("周") and re.match("[一二三四五六]、周", line.text)
    if NUMBERED.match(line.text) and not weekdays:
        return False
    if line.spaced and blanks_tell and line.page == before.page:
        return False
    if before.leaves_off or line.resumes or _ROW.match(line.text) or _ROW.match(before.text):
        return False
    if (line.ruled and line.page == before.page) or _SIGNED.match(line.text):
        return False
    if (
        _MARKED.match(line.text)
        or _BYLINE.fullmatch(line.text)
        or _CAPTION.match(line.text)
        or is_asked(line.text)
    ):
        return False
    if BRACKETED.fullmatch(line.text) or BRACKETED.fullmatch(before.text):
        return False
    if _CREDITED.search(before.text) or AUTHOR.fullmatch(before.text):
        return False
    if any(len(_GAP.findall(own)) > 1 for own in (before.text, line.text)):
        return False
    last = before.spans[-1]
    # A full stop may stand at a full line's end by chance; short of it, the paragraph ends there.
    missing = 0.5 if is_finished(before.text) else max(2, full.width * 0.1)
    indent = text[text.rfind("\n", 0, last.start) + 1 : last.start]
    return full.reached_by(indent + before.text[last.start - last.end :], missing)


def _is_between(before: Block, line: Block, follows: Block | None, full: _Full) -> bool:
    """Tell whether a line is a heading between paragraphs, though the one above ends with a full line."""
    if follows is None or not follows.spaced or line.spaced or is_finished(line.text):
        return False
    short = not full.reached_by(line.text, max(2, full.width * 0.1))
    return is_finished(before.text) and (short or _BYLINE.fullmatch(follows.text) is not None)


def _joined(before: Block, line: Block) -> Block:
    latin = re.fullmatch("[A-Za-z]{2}", before.text[-1] + line.text[0])
    if latin and line.spans[0].start == before.spans[-1].end + 1:
        # Two Latin words: the line end between them stays, as the space that it stands for.
        middle = Span(before.spans[-1].start, line.spans[0].end)
        spans = (*before.spans[:-1], middle, *line.spans[1:])
        text = f"{before.text}\n{line.text}"
    else:
        text, spans = before.text + line.text, before.spans + line.spans
    off = line.leaves_off
    return replace(before, text=text, spans=spans, page=line.page, whole=False, leaves_off=off)


# --- the opening once more at the end ------------------------------------------------------------


def _without_repeated_opening(lines: list[Block]) -> list[Block]:
    """Drop the last lines if they are the document's first words again, as web pages have them."""
    while len(lines) > 2 and _repeats_opening(lines):
        lines = lines[:-1]
    return lines


def _repeats_opening(lines: Sequence[Block]) -> bool:
    last = re.sub(r"\s|\.{3}$|…+$", "", lines[-1].text)
    total = sum(len(line.text) for line in lines)
    if len(last) < 8 or len(last) > total / 3:
        return False
    return any(
        re.sub(r"\s", "", "".join(line.text for line in lines[start:-1])).startswith(last)
        for start in range(min(3, len(lines) - 1))
    )
