"""Where the articles of a document begin, and where one goes on: headlines, columns, notices, jumps.

Who writes is told in `bylines`, what stands in an article in `paragraphs`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from index.blocks import NUMBERED, Block, Pointer
from index.bylines import (
    AUTHOR,
    BULLET,
    BYLINE,
    CLOSES,
    COLUMNS,
    DATELINE,
    OFFICE,
    PHOTOGRAPHED,
    POST,
    SUPPLIED,
    TALK,
    is_byline,
    is_number,
    opens,
    signs_or_does,
    tells_who_or_when,
)
from index.corrections import HEAD as CORRECTION
from index.corrections import is_correction
from index.dates import ENDS_IN_DAY, is_date
from index.headers import headers_of
from index.interviews import is_asked
from index.newspapers import EDITORS
from index.rows import is_row
from index.sentences import is_finished
from index.types import BOLD


@dataclass
class Draft:
    """An article to be: its headline and byline, the lines under them, and from where it ``resumes`` another."""

    headline: str | None = None
    byline: str | None = None
    blocks: list[Block] = field(default_factory=list)
    resumes: Pointer | None = None

    @property
    def leaves_off(self) -> Pointer | None:
        """Where it goes on, unless that is found."""
        return next((line.leaves_off for line in self.blocks if line.leaves_off), None)


# 「■ 县域快讯」 is what short reports stand under.
_COLUMN = re.compile(rf"[■○●▲◆【\[\s]*[\u4e00-\u9fff]{{2,6}}(?:{COLUMNS})[】\]\s]*")
# 「■洛江区」, 「●洛江」, 「洛江区：」 above a headline tells whose it is.
_KICKER = re.compile(
    r"[■○●▲◆□◇★][ \u3000]*(?:[\u4e00-\u9fff]{1,8}[区县市旗州]|[\u4e00-\u9fff]{2,3})"
    r"|[\u4e00-\u9fff]{2,8}[区县市旗州][：:]"
)
# What a newspaper prints besides its articles.
_NOTICE = re.compile(
    r"[【■◆●\[\s]*(?:读者来信|来信选登|来信[·、]回音|热线回音|图片新闻|更正|广告|(?:[\u4e00-\u9fff]{2,4})?(?:公告|通告|启事|声明))[】\]\s]*"
)
# 「某县旧城改造房屋征收公告（摘登）」 above its text, under another's.
_NAMED_NOTICE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}通知|[^，。；]{2,34}(?:公告|公示|启事|声明|通告))(?:[（(][\u4e00-\u9fff]{1,4}[）)])?"
)
# Who supplied an article, under it; captions may follow.
_CAPTIONS = 3
# 「——2025年1月6日在洛江区第十八届人民代表大会」, 「第二次会议上」
_AT_MEETING = re.compile(
    r"(?:[（(—\d年月日 ]{0,14}[在于][\u4e00-\u9fff]{4,40}|人民代表大会)?第[一二三四五六七八九十]+次(?:全体)?会议上?[）)]?"
)
_SUBTITLE = re.compile(rf"[-—–（(]|{DATELINE.pattern}$|{_AT_MEETING.pattern}$")
# How the title of an official document ends.
_WHOLE_TITLE = re.compile(
    "(?:通知|通告|公告|公报|意见|方案|办法|细则|规划|纲要|计划|要点|报告|总结|复函|答复函?|批复|决定|函|清单|建议|提案|咨询|投诉|求助|问题)[（）()\\d年—-]*(?:[（(].{1,12}[）)])?$"
)
# Below a signature others are attachments: 「任务清单」.
_OF_ITSELF = re.compile(
    "关于|第.{1,6}号|20\\d\\d年|[府局委办厅]|(?:建议|提案|咨询|投诉|求助|问题)$"
)
# 「县长　王某」, whose county the line above names
_POST_ALONE = re.compile(r"代?[市区县镇乡旗州]长[ \u3000]")
# 「标题：夜校几点开？」
_TITLED = re.compile(r"^(?:来信|信件|留言|咨询)?(?:标题|主题)[:：]\s*")
_PLACE_ALONE = re.compile("[\u4e00-\u9fff]{1,8}[区县市旗州]")
_MAX_HEADLINE = 60
_LINES_OF_HEADLINE = 4
_PROSE = 30
_PAGE_HEAD = re.compile(r"(?:日|晚|早|周|时|新|商)报|星期[一二三四五六日]|\d{4}\s*[年.]\s*\d")
_SHORTEST, _TELLING = 4, 8
_ROW_OF_FIGURES = re.compile(r"\S+(?:[ \u3000]{2,}-?\d[\d.,]*[%％]?){2,}")
_STOPPED = re.compile("[。！？…][”』」]?$")


def part_starts(lines: Sequence[Block]) -> set[int]:
    """Return where articles begin on a page of several: under a rule, with a notice, or a table's headline."""
    headers = headers_of(lines)
    texts = [re.sub(r"(?<=^.)[ \u3000]+(?=.$)", "", line.text) for line in lines]
    notices = {i for i in range(1, len(lines)) if _NOTICE.fullmatch(texts[i])}
    named = {i for i in range(len(lines)) if _is_notice(lines, i)}
    if len(notices | named) > 1:  # one alone is a heading
        notices |= named
    notices |= {i for i in named if lines[i].text.startswith("关于")}
    return notices | {
        i
        for i in range(len(lines))
        if _headline_under_rule(lines, i)
        or _begins_document(lines, i)
        or (0 < i < len(lines) - 1 and _is_caption(lines, i, headers))
    }


def _is_notice(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a notice's name stands between the end of what is above and its own text."""
    if not 0 < i < len(lines) - 1 or not lines[i].spaced or lines[i].level is not None:
        return False
    if NUMBERED.match(lines[i].text):
        return False
    above, below = lines[i - 1].text, lines[i + 1].text
    ended = is_finished(above) or ENDS_IN_DAY.search(above)
    told = is_finished(below) or ENDS_IN_DAY.search(below)
    return bool(ended and told and _NAMED_NOTICE.fullmatch(lines[i].text))


def drafts_of(lines: Sequence[Block], parted: Collection[int] = ()) -> list[Draft]:
    """Divide the lines among articles, also where they are `parted`, and take headline and byline off them."""
    if not lines:
        return []
    columns = (i for i, (line, below) in enumerate(pairwise(lines)) if _is_column(line, below))
    headed = {*parted, *columns, *(i for i in range(1, len(lines)) if _is_talk(lines, i))}
    starts = sorted({*_starts(lines), *headed})
    drafts: list[Draft] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        draft = _draft(lines[start:end], start == 0, has_headline=start in headed)
        begun = _begun(draft, drafts) if draft.resumes else None
        if begun is None:
            if draft.resumes:
                draft.headline = draft.resumes.headline or draft.headline
                if draft.headline is None and _has_headline_above(drafts):
                    draft.headline = drafts[-1].blocks.pop().text
            drafts.append(draft)
        else:
            last = drafts[-1]
            if last is not begun and goes_by(begun.headline, _last_line(drafts)):
                last.blocks.pop() if last.blocks else drafts.pop()
            _go_on(begun, draft)
    first, *rest = drafts
    dated = first.headline is None and all(is_date(line.text) for line in first.blocks)
    return rest if rest and dated else drafts


def _is_talk(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line names who answers the questions below it: 「对话洛江区区长赖某」."""
    if lines[i].level is not None or not TALK.fullmatch(lines[i].text):
        return False
    below = lines[i + 1 : i + _LINES_OF_HEADLINE]
    asks = any(re.match(r"(?:问|记者)\s*[：:]", line.text) for line in below)
    return asks and _is_ended(lines[i - 1].text)


def _is_ended(text: str) -> bool:
    """Tell whether nothing goes on from a line: a sentence ends there, or a picture's words do."""
    return is_finished(text) or text.endswith(PHOTOGRAPHED)


def _headline_under_rule(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line is a headline because a rule parts it from the text before it."""
    if not lines[i].ruled or not 0 < i < len(lines) - 1 or lines[i].level is not None:
        return False
    if _COLUMN.fullmatch(lines[i].text):
        return True
    above, own, below = (line.text for line in lines[i - 1 : i + 2])
    if not may_be_headline(lines[i]) or any(map(is_row, (above, own, below))):
        return False
    return len(below) > len(own) and (is_finished(below) or len(below) >= _PROSE)


def _begins_document(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line is another document's title, under a rule or below who signed the one above and when."""
    if not 0 < i < len(lines) - 1 or lines[i].level is not None or not may_be_headline(lines[i]):
        return False
    above = lines[i - 1].text
    signed = i > 1 and is_date(above) and OFFICE.fullmatch(lines[i - 2].text) is not None
    own = lines[i].text
    titled = _WHOLE_TITLE.search(own) and not own.startswith("附")
    return bool(titled and (lines[i].ruled or (signed and _OF_ITSELF.search(own))))


def _begun(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the article that goes on with a draft, which has its headline once more, or none."""
    begun = [one for one in drafts if one.leaves_off]
    pointed = draft.resumes and draft.resumes.headline
    near = [pointed, draft.headline, *(line.text for line in draft.blocks[:1]), _last_line(drafts)]
    named = [one for one in begun if any(goes_by(one.headline, line) for line in near)]
    anothers = pointed or draft.headline is not None or _has_headline_above(drafts)
    if not named and not anothers and len(begun) == 1:
        return begun[0]
    return next(iter(named), None)


def _has_headline_above(drafts: Sequence[Draft]) -> bool:
    """Tell whether what stands above a pointer is a headline, and no page's head."""
    above = drafts[-1].blocks[-1] if drafts and drafts[-1].blocks else None
    if above is None or above.leaves_off or is_date(above.text) or _PAGE_HEAD.search(above.text):
        return False
    return len(drafts[-1].blocks) > 1 and may_be_headline(above) and not is_finished(above.text)


def _last_line(drafts: Sequence[Draft]) -> str | None:
    if not drafts:
        return None
    return drafts[-1].blocks[-1].text if drafts[-1].blocks else drafts[-1].headline


def goes_by(headline: str | None, line: str | None) -> bool:
    """Tell whether a line is a headline, the first line of it, or the telling part.

    >>> goes_by("办好“十件实事” 洛江修路", "①“十件实事”"), goes_by("洛江：把夜校办起来", "丰泽：种树")
    (True, False)
    """
    if not line or not headline:
        return False
    said = re.sub(r"^[①-⑳\s]+", "", line)
    whole = headline == said or headline.startswith(f"{said} ")
    if whole or (len(said) >= _TELLING and headline.startswith(said)):
        return True
    return re.match("[①-⑳“]", line) is not None and len(said) >= _SHORTEST and said in headline


def _go_on(begun: Draft, draft: Draft) -> None:
    left = next(i for i, line in enumerate(begun.blocks) if line.leaves_off)
    begun.blocks[left] = replace(begun.blocks[left], leaves_off=None)
    first = draft.blocks[0].text if draft.blocks else None
    rest = draft.blocks[goes_by(begun.headline, first) :]
    begun.blocks[left + 1 : left + 1] = rest


def _starts(lines: Sequence[Block]) -> list[int]:
    first_level = _article_level(lines)
    starts = {0} if lines else set()
    headlines: dict[int, int] = {}
    for i, line in enumerate(lines):
        if line.level is not None and line.level == first_level:
            starts.add(i)
        headline = _headline_before(lines, i) if opens(lines, i) else None
        if headline == 0 or (headline is not None and not signs_or_does(lines, i)):
            headlines[i] = headline
    # An office with nothing beneath it is in a list of who does what, as is the list's last one.
    ends = {*headlines.values(), len(lines)}
    bare = {i for i in headlines if i + 1 in ends and is_byline(lines, i)}
    for i, headline in headlines.items():
        last = headline - 1 in bare and OFFICE.fullmatch(lines[i].text)
        if i not in bare and not last:
            starts.add(headline)
    left = [i for i, line in enumerate(lines) if line.leaves_off]
    for i, line in enumerate(lines):
        above = lines[i - 1].text if i else "。"
        under_headline = len(above) <= _MAX_HEADLINE and not _is_ended(above)
        another = i > 1 and lines[i - 1].spaced and _STOPPED.search(lines[i - 2].text)
        if line.resumes and (not under_headline or another or any(j < i for j in left)):
            starts.add(i)
    first = min(starts - {0}, default=len(lines))
    starts |= {i for i in range(first + 1, len(lines)) if EDITORS.match(lines[i].text)}
    for i in (i for i in range(len(lines)) if _corrects(lines, i)):
        end = i + 1 + bool(CORRECTION.fullmatch(lines[i].text))
        below = lines[end : min((start for start in starts if start > i), default=len(lines))]
        if all(len(line.text) <= _SHORT for line in below):  # else it stands in an article
            starts.add(i)
    return sorted(starts)


# 「本报编辑部」
_SHORT = 20


def _corrects(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a correction begins with a line, that is its headline or all of it."""
    if not CORRECTION.match(lines[i].text):
        return False
    return is_correction("".join(line.text for line in lines[i : i + 2]))


def _is_caption(lines: Sequence[Block], i: int, headers: Mapping[int, Block]) -> bool:
    """Tell whether a line is the headline of a table that stands for itself."""
    starts = headers.get(i + 1) is lines[i + 1] and i not in headers
    aside = lines[i].text.startswith(("（", "("))
    return starts and lines[i].level is None and may_be_headline(lines[i]) and not aside


def _is_column(line: Block, below: Block) -> bool:
    """Tell whether short reports stand under a line: 「县域快讯」 above 「▲洛江　…」."""
    return _COLUMN.fullmatch(line.text) is not None and BULLET.match(below.text) is not None


def _article_level(lines: Sequence[Block]) -> int | None:
    """Return the heading level that begins articles: the highest, unless it numbers sections."""
    levels = [line.level for line in lines if line.level is not None and line.level != BOLD]
    if not levels:
        return None
    heads = [line for line in lines if line.level == min(levels)]
    return None if any(NUMBERED.match(line.text) for line in heads) else min(levels)


def _headline_before(lines: Sequence[Block], byline: int) -> int | None:
    i = byline - 1
    while i > 0 and (_SUBTITLE.match(lines[i].text) or is_date(lines[i].text)):
        i -= 1
    if i < 0 or not may_be_headline(lines[i]):
        return None
    if lines[byline].ruled and (first := _between_rules(lines, i)) is not None:
        return first
    above = lines[i - 1] if i > 0 and not (lines[i].spaced or lines[i - 1].resumes) else None
    # A headline of two lines; what ends an article that is cut short has commas or stops.
    listed = i > 1 and BULLET.match(lines[i - 2].text)
    if i > 0 and _KICKER.fullmatch(lines[i - 1].text) and not listed:
        return i - 1
    two_lines = above and may_be_headline(above) and not re.search(r"[，,。；]", above.text)
    return i - 1 if two_lines else i


def _between_rules(lines: Sequence[Block], last: int) -> int | None:
    """Return where a headline of several lines begins that ends with a line, rules above and below it."""
    for i in range(last, max(-1, last - _LINES_OF_HEADLINE), -1):
        if len(lines[i].text) > _MAX_HEADLINE or re.search(r"[。；]$|\d{6}", lines[i].text):
            return None
        if lines[i].ruled:
            return i
    return None


def may_be_headline(line: Block) -> bool:
    """Tell whether a line may be a headline, or a part of one, as far as its own words tell."""
    return (
        len(line.text) <= _MAX_HEADLINE
        and not NUMBERED.match(line.text)
        and not BULLET.match(line.text)
        and not BYLINE.fullmatch(line.text)
        and not DATELINE.fullmatch(line.text)
        and not line.text.endswith(("。", "；", "：", ":", "，", ",", "、", *PHOTOGRAPHED))
        and not ("？" in line.text and is_asked(line.text))
        and not re.match("[\u4e00-\u9fff]{0,4}(?:热线|电话)[：:]", line.text)
        and not _ROW_OF_FIGURES.fullmatch(line.text)
        and not CLOSES.fullmatch(line.text)
    )


def _draft(lines: Sequence[Block], opens_document: bool, has_headline: bool) -> Draft:
    draft = Draft()
    rest = list(lines)
    issued = ""
    while opens_document and _stands_above_title(rest):  # its number, who issues it
        issued += f"{rest.pop(0).text} "
    if (
        opens_document
        and len(rest) > 2
        and rest[1].text.startswith("关于")
        and OFFICE.fullmatch(rest[0].text)
    ):
        draft.headline = rest.pop(0).text + rest.pop(0).text
        draft.headline = _with_rest_of_title(draft.headline, rest)
    # 「## 一、2024年回顾」 is a section.
    is_heading = rest[0].level not in (None, BOLD) and not NUMBERED.match(rest[0].text)
    has_headline = has_headline or is_heading or _byline_of(rest) is not None
    title = (
        opens_document
        and may_be_headline(rest[0])
        and rest[0].level != BOLD
        and 0 not in headers_of(lines)
    )
    if draft.headline is None and (has_headline or (title and len(rest) > 1)):
        draft.headline = rest.pop(0).text
        for _ in range(1, _byline_of(lines) or 1):
            if _SUBTITLE.match(rest[0].text) or is_date(rest[0].text):
                break
            draft.headline += f" {rest.pop(0).text}"
        draft.headline = _TITLED.sub("", draft.headline) or draft.headline
        if opens_document:
            draft.headline = _with_rest_of_title(draft.headline, rest)
    if draft.headline and len(rest) > 1 and rest[0].text in draft.headline:
        rest.pop(0)  # the headline once more, without its date or place
    while rest and (rest[0].text.startswith(("—", "–")) and not is_finished(rest[0].text)):
        line = rest.pop(0).text
        if len(rest) > 1 and _AT_MEETING.fullmatch(rest[0].text):
            line += rest.pop(0).text
        if DATELINE.fullmatch(line):  # a speech's date and place
            draft.byline = line
        else:  # the headline's second part
            draft.headline = f"{draft.headline or ''}{line}"
    if rest and (is_byline(rest, 0) or (opens_document and DATELINE.fullmatch(rest[0].text))):
        spoken_at = draft.byline if draft.byline and _POST_ALONE.match(rest[0].text) else ""
        draft.byline = f"{spoken_at} {rest.pop(0).text}".strip()
    draft.byline = f"{issued}{draft.byline or ''}".strip() or None
    while opens_document and len(rest) > 1 and tells_who_or_when(rest):
        draft.byline = f"{draft.byline or ''} {rest.pop(0).text}".strip()
    header = len(lines) - len(rest)
    draft.resumes = next((line.resumes for line in lines[: header + 1] if line.resumes), None)
    for i in range(max(1, len(rest) - _CAPTIONS), len(rest)):
        if draft.byline is None and SUPPLIED.fullmatch(rest[i].text):
            draft.byline = rest.pop(i).text
            break
    draft.blocks = rest
    return draft


def _stands_above_title(lines: Sequence[Block]) -> bool:
    """Tell whether a document's number or its issuer's name stands above its title: 「洛政办〔2026〕3号」."""
    if len(lines) < 3 or lines[0].level is not None:
        return False
    own, title = lines[0].text, lines[1].text
    if is_number(own):
        return may_be_headline(lines[1]) or OFFICE.fullmatch(title) is not None
    return may_be_headline(lines[1]) and bool(
        OFFICE.fullmatch(own) and title.startswith(own) and title != own
    )


def _with_rest_of_title(headline: str, rest: list[Block]) -> str:
    """Return a document's title with the lines, taken off the rest, in which it goes on: 「洛江区关于」, 「修路的通知」."""
    named = headline.endswith("——") or (
        _PLACE_ALONE.fullmatch(headline) and _POST_OF_IT.match(rest[0].text)
    )
    if len(rest) > 1 and named and _may_go_on(rest, 0):
        return headline + rest.pop(0).text
    if "关于" not in headline and not headline.endswith("的"):
        return headline
    whole, taken = headline, 0
    while not _WHOLE_TITLE.search(whole):
        if taken == min(_LINES_OF_HEADLINE, len(rest) - 1) or not _may_go_on(rest, taken):
            return headline
        whole += rest[taken].text
        taken += 1
    del rest[:taken]
    return whole


# 「洛江区」 above 「区长王某做客直播间」
_POST_OF_IT = re.compile("[区县市旗州]?(?:长|委书记)")


def _may_go_on(lines: Sequence[Block], i: int) -> bool:
    """Tell whether a line may be the rest of the title above."""
    text = lines[i].text
    plain = lines[i].level is None and may_be_headline(lines[i]) and not re.search("[：:]", text)
    return plain and not (_SUBTITLE.match(text) or is_byline(lines, i))


def _byline_of(lines: Sequence[Block]) -> int | None:
    """Return which line is the byline under the headline with which `lines` begin."""
    bylines = (i for i in range(len(lines)) if opens(lines, i))
    return next((i for i in bylines if _headline_before(lines, i) == 0), None)


def signature(draft: Draft) -> str | None:
    """Return who signs at the end: an author with their post, or an office, with the day under it."""
    authors = [line.text for line in draft.blocks if AUTHOR.fullmatch(line.text)]
    reported = any(opens(draft.blocks, i) for i in range(len(draft.blocks)))
    own = [line.text for line in draft.blocks if not line.text.endswith(PHOTOGRAPHED)]
    if len(authors) == 1 and authors[0] == own[-1] and not reported:
        who = AUTHOR.fullmatch(authors[0])
        return who["who"] if who and POST.match(who["who"]) else None
    signed = [
        line.text
        for line, below in pairwise(draft.blocks)
        if OFFICE.fullmatch(line.text) and is_date(below.text)
    ]
    return signed[0] if len({*signed}) == 1 else None
