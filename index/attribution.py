"""Whose words an article is: its district, and the districts whose headings divide it.

Headlines and bylines are found in `drafts`, places in a text by the `gazetteer`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise

from index.blocks import NUMBERED, Block
from index.bylines import AUTHOR, BULLET, PHOTOGRAPHED
from index.corrections import is_correction
from index.counties import (
    DATELINE_OF,
    NUMBER_OF_DOCUMENT,
    SPACED_NAME,
    counties_in,
    county_in,
    opening_counties,
    with_counties,
)
from index.gazetteer import Cut, Gazetteer
from index.interviews import CITIZENS, question_above
from index.newspapers import EDITORS, city_of_paper, with_city
from index.rows import cell_spans, cells, is_row, row_under_header
from index.sentences import sentence_spans
from index.sources import OWNED_BY
from index.text import fold
from index.types import Article, Paragraph, Source, Span
from index.unsigned import Begun


def full_name(name: str, gazetteer: Gazetteer, cut: Cut) -> str:
    """Return a district's name in full, without the names of what it lies in.

    >>> from index.gazetteer import bundled_gazetteer
    >>> full_name("泉州市洛江区", bundled_gazetteer(), lambda text: ["泉州市", "洛江区"])
    '洛江区'
    """
    if full := gazetteer.full_name(name):
        return full
    mentions = gazetteer.mentions(name, cut)
    is_name = bool(mentions) and mentions[-1].span.end == len(name)
    return (gazetteer.named_in(name, cut) if is_name else None) or name


# A reporter's or a meeting's byline tells where they were.
_WRITES_OF_OTHERS = re.compile(r"记者|通讯员|本报|本刊|[\d日]")
# 「丰泽区：建学校」, 「【丰泽区】」, 「▲丰泽　建学校」, 「丰泽区（10件）」, 「对话丰泽：建学校」, 「丰泽 · 建学校」
_OPENING_NAME = re.compile(
    r"[【\[■●◆▲★*# ]*(?:对话(?=[\u4e00-\u9fff]+[：:]))?([\u4e00-\u9fff]{2,12})\s*"
    r"(?:[：:】\]|｜丨]|(?<=\s)·(?=\s)|(?:[（(]共?\d+[件项个条][）)])?\**$)"
    r"|[■●◆▲★]\s*([\u4e00-\u9fff]{2,12})[ \u3000]+(?=\S)"
)
# 「洛江 1月5日，…」, 「洛江▷ …」, 「◎洛江　…」, 「○洛江区今年…」
_BRIEF = re.compile(
    r"(?=.{12,}[。；])(?:[○●▲△▽■◆□◇★☆◎]\s*(?=[\u4e00-\u9fff]{1,9}[区县市旗])"
    r"|[○●▲△▽■◆□◇★☆◎]?([\u4e00-\u9fff]{2,4})(?:[ \u3000]+|[ \u3000]*[▷▶►][ \u3000]*)(?=[\d\u4e00-\u9fff]))"
)
_THE_SAME = re.compile("该[区县市旗镇]")
# 「丰泽　村口添了食堂」, 「丰　泽　村口添了食堂」
_SPACED_HEADING = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}[区县市旗]|[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff])(?=[ \u3000]+\S{3})"
)
# 「洛江区 6.5%左右」
_PAIR = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,12}?)[:： ]*[约达]?\d[\d.,]*[\u4e00-\u9fff%％/]{0,6}"
)
# Not 「居全市第一」.
_GENERAL = "(?<![居占列])全市(?!第|首|前)|我市|(?<![\u4e00-\u9fff])市[委政]"
_ALL_OF_IT = re.compile("全[区县市旗](?!域)|[区县旗]里")
_ON_SEVERAL = re.compile("[两二三四五六七八九十多各几][个地]?[区县市旗地]")
_FEWEST_OPENING = 3
_ZONE = re.compile("(?:经开|高新|开发|示范|合作|管理|[\u4e00-\u9fff]新)区|管委会")
_PLANS = re.compile(
    "[^，。]{0,6}(?:提出|计划|打算|明确)(?!.*(?:派来|送来|结对|支援|帮扶|这里|本地|携手|与我))"
)
_OF_CITY_WHOLE = re.compile(
    "全[市州盟](?!场|域)|我[市州盟](?!场)|(?<![\u4e00-\u9fff])市(?:委|政府|[\u4e00-\u9fff]{1,8}局)"
)
_LISTED = re.compile("[、和与及]")
_FROM_OR_WHEN = re.compile(
    r"[\u4e00-\u9fff]{1,8}讯(?:\s*[（(][^（）()]{1,30}[）)]|\s)\s*|(?:(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[上下]午)?|日前|近日)，"
)
_LONG_HEADLINE, _LONG_NAME = 9, 16
# 「（林　某）」 under what they wrote
_IN_BRACKETS = re.compile(
    r"[（(](?!本报|图片|综合|来源)[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){1,3}[）)]"
)
_LONGEST_COUNTY = 12
_AND_OTHERS = re.compile("[和与到至、及同]|以及")
_OURS = re.compile("[我本][区县市旗]")
# 「丰泽区今年要办的几件事」, 「丰泽区回应：」
_LEADS = re.compile("(?:今年|20\\d\\d年|回应|答复|回复).*(?<![，、；])$|[：:？?]$")
_LONGEST_OPENING = 30
_FINISHED = re.compile("[。；，,：:]$")
_A_ROAD = re.compile("大道|[东西南北中]?[路街桥河湖江山](?!线|区)")
_AN_OFFICE = re.compile(
    "[\u4e00-\u9fff]{0,12}?(?:[局委]|政府|办公室|[法检]察?院)(?![\u4e00-\u9fff]{0,2}(?:员|托))"
)
_CAPTION = re.compile(r"[（(]图[）)]|图[①-⑳\d一二三四五六七八九十]?\s*(?:[：:]|为)")
_MARKS = "▲▼◀▶◄►△▽"  # of a list's items too
_ON_A_DAY = re.compile(r"\d{1,2}月\d{1,2}日")
# 「▼洛江夜校里，…。」
_PICTURED = re.compile(rf"(?:[{_MARKS}]|[上下左右]图|【图片新闻】|{_CAPTION.pattern})[：:\s]*")
_MOSTLY = 0.75
_FROM_THE_FIRST = 200
_LONG = 120
_SHARE = 0.25
_SPEAKER = re.compile(
    r"[【\[●■◆▲*]*(?P<who>[\u4e00-\u9fff、·（）() \u3000]{2,30}?(?:[“\"「][^”\"」]{1,16}[”\"」])?)[】\]*]*\s*[：:]"
)
# What is said of all places, or by what they lie in.
_IS_SUBJECT = re.compile("(?:^|[，,：:；;。.”\n]|[在从]|位于|地处|本报讯\\s+)$")
_OF_ALL = re.compile(
    "全[市省州国]|我[市省州]|市[委政]|[市省州](?:直|级)?[\u4e00-\u9fff]{1,8}[局委部办厅]|各[地县区市]|本报"
)
_OF_CITY = re.compile("[全我]?[市省州](?![场民区容])")
_CLAUSE_BEGINS = re.compile("(?:^|[，,：:；;。）)])$")
# A row's number, 「答：」
_BEFORE_NAME = re.compile(r"^(?:[|│｜\s]*(?:\d+\s*[|│｜]\s*)?|[问答][：:]\s*)")
_AND_MORE = re.compile("[和与到至、及]")
# 「宣威市融媒体中心主办」: what a county's own paper says of nowhere else.
_PUBLISHED = re.compile(
    r"([\u4e00-\u9fff]{2,10}[市县区旗])(?:融媒体中心|新闻中心|委宣传部|委)\s*(?:主办|主管|编印)"
)
_FROM_ABOVE = re.compile("国务院|中共中央|新华社|中新社|人民日报|国家[\u4e00-\u9fff]{2,8}[局委部]")
_HEAD = 600
_FOOT = 300
_NUMBER = rf"{NUMBER_OF_DOCUMENT}\s*第?\d+号"
_NUMBER_ALONE = re.compile(rf"^\s*{_NUMBER}\s*$", re.MULTILINE)
# One below the other, of two that issue together.
_TWO_NUMBERS = re.compile(rf"^\s*{_NUMBER}\s*\n\s*(?!\1){_NUMBER}\s*$", re.MULTILINE)
_FIRST_WORDS = 60
_INTRODUCED = re.compile(
    r"(?:[\u4e00-\u9fff]\s*[\u4e00-\u9fff]{1,3}[：:]\s*)?(?P<post>[\u4e00-\u9fff、]{2,30}(?:书记|[省市区县镇乡局部]长|主任|主席|常委))"
    r"[\s　]+(?P<who>[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]\s+[\u4e00-\u9fff])"
)
# What the paper says of what stands above: 「记者手记」.
_ASIDE = re.compile(r"(?:(?:记者|采访|编辑)手记|编后(?:语|话)?|短\s*评|记者感言)(?:$|[：:\s/])")
_SIGNED = re.compile(r"[（(](?:本报)?(?:记者|通讯员|实习)[^（）()。]{2,30}[）)]")
# Who asks of a district is told what it does: 「网友：洛江的夜校…？」
_CITIZEN = re.compile(f"{CITIZENS}|来信")
_OFFICIAL = re.compile("(?:书记|[省市区县镇乡]长|主任|局长|主席|部长|常委|委员|代表|发言人|负责人)")
_ASKS = re.compile(
    rf"(?:记者|主持人|{CITIZENS})(?:\s*[（(“\"「].*|\s*[\u4e00-\u9fff]{{0,3}})$|^追?问$"
)


class Districts:
    """The district of each article of a document.

    Told by its heading, front matter, file name, headline, byline, document's title, signature.
    """

    def __init__(self, source: Source, gazetteer: Gazetteer, cut: Cut) -> None:
        self._gazetteer = gazetteer
        self._cut = cut
        self._given = source.district and full_name(source.district, gazetteer, cut)
        self._whole = self._given or self._named_in(source.name.rsplit(".", 1)[0])
        self._title = source.title
        self._text = source.text
        self._head = head = "" if source.records else f"{source.name}\n{source.text[:_HEAD]}"
        publisher = _PUBLISHED.search(head)
        named = self._named_in(publisher[1]) if publisher else None
        self.publisher = named if named and len(gazetteer.ancestors(named)) > 1 else None
        owners = OWNED_BY.findall("" if source.records else source.text[-_FOOT:])
        self.publisher = self.publisher or self._named_in(source.site or " ".join(owners[-1:]))
        named_counties = cache(lambda: self._named_counties(source))
        self.paper = city_of_paper(head, gazetteer, named_counties)
        self._beside = named_counties() if self.paper else set()
        numbers = _NUMBER_ALONE.findall(head)
        self.joint = _TWO_NUMBERS.search(head) is not None
        self._number = self._of_number(numbers[0]) if numbers else None

    def _named_counties(self, source: Source) -> set[str]:
        text = "" if source.records else source.text
        mentions = self._gazetteer.mentions(text, self._cut)
        return {*counties_in(text, ""), *(mention.district for mention in mentions)}

    def of(
        self,
        headline: str | None,
        byline: str | None,
        signature: str | None,
        opening: str = "",
    ) -> str | None:
        """Return the district of an article, whose headline, byline, signature and first words may name it.

        「本报洛江1月6日讯」 and 「洛江政办〔2026〕3号」 do; what several issue together is nobody's.
        """
        if self._whole is None:
            if self.joint:
                return None
            return (
                self._of_writer(headline, byline)
                or self.opening(headline or "")
                or self._of_dateline(opening)
                or self._named_in(self._title)
                or self._named_in(signature)
                or self._number
            )
        if self._given:
            return self._given
        named = (self._inside(text) for text in (headline, byline, self._title))
        return next((name for name in named if name), self._whole)

    def divide(
        self, headline: str | None, paragraphs: Sequence[Paragraph], owner: str | None
    ) -> Iterator[tuple[str | None, Sequence[Paragraph]]]:
        """Yield an article's paragraphs; apart, each with its district, if its headings name several.

        The first of them may be the headline: 「洛江区：办夜校」 above one and 「丰泽区：…」 above another.
        Where nothing names the article's `owner`, a section whose heading names none is of the county
        that it speaks of, and what begins with a district's name is of that: 「洛江区今年修路。丰泽区种树。」
        """
        headed = self._headed(paragraphs)
        if not ({*headed.values()} - {None} or EDITORS.match(headline or "")):
            paragraphs, headed = self._by_subjects(paragraphs, owner)
        elif owner is None:  # a table among briefs
            for paragraph in paragraphs:
                if tabled := row_under_header(paragraph.text):
                    row = _row_of(paragraph.text, tabled)
                    headed[paragraph.number] = self._of_row(row, self._gazetteer)
        paragraphs, headed = self._with_pairs(paragraphs, headed)
        briefs = self._briefs(paragraphs, owner)
        rows = {p.number for p in paragraphs if is_row(p.text)}
        headed |= {n: own for n, own in briefs.items() if n not in rows or headed[n] is None}
        if owner and self.paper:
            headed |= self._subjects_beside(paragraphs, owner)
            headed |= self._below_lines(paragraphs, owner) | self._captions(paragraphs, owner)
        if owner is None:
            headed |= self._between_the_same(paragraphs, headed)
            runs = [
                (section, run)
                for section, own in groupby(paragraphs, lambda paragraph: paragraph.section)
                if (section or self.paper) and (run := [p for p in own if headed[p.number] is None])
            ]
            names = [
                self._named_in(section.split(" / ")[-1]) or self.spoken_of(run)
                if section
                else self._opening_part(run, paragraphs)
                for section, run in runs
            ]
            told = {*names, *headed.values()} - {None}
            if len(told) > 1 and not self.joint:  # a walk through several
                known = with_counties(self._gazetteer, filter(None, told))
                cities = {above[0] for name in told if name and (above := known.ancestors(name))}
                names = [
                    name or (self._only_named(run, cities) if section else None)
                    for name, (section, run) in zip(names, runs, strict=True)
                ]
            for name, (_, run) in zip(names, runs, strict=True):
                headed |= dict.fromkeys((paragraph.number for paragraph in run), name)
        named = {*headed.values(), self.opening(headline or "")} - {None}
        beside = (
            owner and self.paper and any(name and self._is_beside(owner, name) for name in named)
        )
        guest = owner is None and self._guest(paragraphs) in named
        if len(named) > 1 or beside or guest:
            for district, own in groupby(paragraphs, lambda paragraph: headed[paragraph.number]):
                yield district, [*own]
        elif paragraphs:
            yield None, paragraphs

    def _with_pairs(
        self, paragraphs: Sequence[Paragraph], headed: Mapping[int, str | None]
    ) -> tuple[list[Paragraph], dict[int, str | None]]:
        """Return paragraphs and whose each is, a line of districts with a figure each cut into these.

        「洛江区 6.5%　丰泽区 6%」, each with the line above them that says of what.
        """
        found: list[Paragraph] = []
        whose: dict[int, str | None] = {}
        caption: Paragraph | None = None
        for paragraph in paragraphs:
            pieces = [*re.finditer(r"\S+(?: \S+)*", paragraph.text)]
            pairs = [_PAIR.fullmatch(piece[0]) for piece in pieces]
            names = [self._whole_name(pair["name"]) if pair else None for pair in pairs]
            if len(pieces) < 2 or not all(names):
                short = _is_line(paragraph.text) and not is_row(paragraph.text)
                caption = paragraph if short else None
                whose[len(found)] = headed[paragraph.number]
                found.append(replace(paragraph, number=len(found)))
                continue
            for piece, name in zip(pieces, names, strict=True):
                text, spans = piece[0], paragraph.spans_of(Span(*piece.span()))
                end = self._text.find("\n", caption.spans[-1].end) if caption else -1
                if caption and 0 <= end < spans[0].start:
                    text = f"{caption.text}\n{text}"
                    spans = (*caption.spans, Span(end, end + 1), *spans)
                own = replace(paragraph, text=text, spans=spans)
                whose[len(found)] = name
                found.append(replace(own, number=len(found)))
        return found, whose

    def publisher_of(self, headline: str | None, paragraphs: Sequence[Paragraph]) -> str | None:
        """Return whose site or paper has an article, unless that comes from elsewhere: 「国务院办公厅关于…」."""
        opening = f"{headline or ''}\n{paragraphs[0].text[:_FIRST_WORDS] if paragraphs else ''}"
        return None if _FROM_ABOVE.search(opening) else self.publisher

    def begins_another(self, owner: str | None, begun: Begun) -> bool:
        """Tell whether another article than an `owner`'s begins with a headline and what is told under it.

        It does where what ends an article stands above it, or its author ends it. Else, if it is set apart, the
        headline opens with another county of the paper's city, or with several (「南谯、来安：跨过界线」), or
        what is told under it is of another. Otherwise it must begin with a day or from where it is, and that
        county's full name. What names the owner is its own. What is nobody's may be on several, which are parts
        of it, unless what stands above is one county's or the city's.
        """
        headline, apart = begun.headline, begun.apart
        names = [*map(self._of_city, _LISTED.split(headline.split("：")[0]))]
        several = apart and "：" in headline and len(names) > 1 and all(names)
        if begun.signed or several:
            return True
        if self._whole_name(_without_number(headline).split(" ")[0]):
            return False
        text = "\n".join(line.text for line in begun.told)
        if owner in {mention.district for mention in self._gazetteer.mentions(text, self._cut)}:
            return False
        if owner is None and not begun.resumed:
            above = begun.above
            whole = self.spoken_of(above) or (above and _OF_CITY_WHOLE.search(above[0].text))
            if not whole or headline.startswith("【") or _ON_SEVERAL.search(begun.within or ""):
                return False
        if begun.closed and (apart or owner):
            return True
        named = self._told_under(begun, may_be_part=owner is None and not begun.resumed)
        if named is None or self._of_city(named) is None:
            return False
        return owner in (None, self.paper) or self._is_beside(owner, named)

    def _told_under(self, begun: Begun, may_be_part: bool) -> str | None:
        """Return the county of which a headline or what is told under it tells, or None."""
        headline, told = begun.headline, begun.told
        dated = _FROM_OR_WHEN.match(told[0].text)
        opening = told[0].text[dated.end() :] if dated else told[0].text
        whole = self._begun_with(opening, whole=True)
        headed = self.opening(headline) or self._begun_with(headline, whole=True)
        if not begun.apart:
            return whole if whole and (dated or headed == whole) else None
        if headed:
            return None if may_be_part else headed
        if whole and len(headline) >= _LONG_HEADLINE:
            return whole
        spoken = self.spoken_of(told)
        text = "\n".join(line.text for line in told)
        whole_of = _ALL_OF_IT.search(text) and self._begun_with(opening) == spoken
        return spoken if spoken and (spoken in text or whole_of) else None

    def _begun_with(self, text: str, whole: bool = False) -> str | None:
        """Return the county with whose name, full or short unless it must be the `whole` one, a text begins."""
        known = with_counties(self._gazetteer, opening_counties([text]))
        begins = (m for m in known.mentions(text[:_LONG_NAME], self._cut) if m.span.start == 0)
        named = next((m.district for m in begins), None)
        return named if named and (not whole or text.startswith(named)) else None

    def _of_city(self, name: str) -> str | None:
        """Return the county of a name, full or short, if it lies in the paper's city."""
        full = self._whole_name(name) or self._with_unit(name)
        known = with_counties(self._gazetteer, [full] if full else [])
        return full if full and self.paper in known.ancestors(full) else None

    def apart(self, names: Collection[str]) -> int:
        """Return how many of some districts lie in none of the others, the paper's city aside."""
        beside = {*names} - {self.paper}
        known = with_counties(self._gazetteer, beside)
        return sum(not set(known.ancestors(name)) & beside for name in beside)

    def _of_dateline(self, opening: str) -> str | None:
        """Return the county from which a paper reports: 「本报洛江1月6日讯」."""
        dateline = DATELINE_OF.match(opening)
        name = self._named_in(dateline[1]) if dateline else None
        if name is None or dateline is None or len(self._gazetteer.ancestors(name)) < 2:
            return None
        first = opening[dateline.end() : dateline.end() + _FIRST_WORDS]
        others = {m.district for m in self._gazetteer.mentions(first, self._cut)} - {name}
        return None if others or _OF_ALL.search(first) else name

    def _of_number(self, name: str) -> str | None:
        """Return the district whose government numbers a document so: 「洛江政办〔2026〕3号」.

        One character is the first of a county's that the document's name or first lines name, if they do.
        """
        if len(name) == 1:
            named = (m.district for m in self._gazetteer.mentions(self._head, self._cut))
            same = {
                d for d in named if d.startswith(name) and len(self._gazetteer.ancestors(d)) > 1
            }
            if same:
                return same.pop() if len(same) == 1 else None
        return self._gazetteer.full_name(name) or self._with_unit(name)

    def with_city(self, articles: Sequence[Article]) -> list[Article]:
        """Return the articles of a document, in a city's newspaper with the city's own as the city's."""
        if self._whole:
            return [*articles]
        return with_city(articles, self.paper, self._gazetteer)

    def opening(self, text: str) -> str | None:
        """Return the district whose name, set apart, is the first of a text: 「洛江区：办夜校」."""
        match = _OPENING_NAME.match(_without_number(text))
        if match is None:
            return None
        name = match[1] or match[2]
        beside = county_in(fold(name), self.paper) if self.paper else None
        return self._whole_name(name) or self._held(self._with_unit(name)) or self._held(beside)

    def _with_unit(self, name: str) -> str | None:
        """Return the county of a name that is a word besides: 平和县 for 「平和」."""
        full = (self._gazetteer.full_name(f"{name}{unit}") for unit in "区县市旗")
        return next(filter(None, full), None)

    def is_heading(self, text: str) -> bool:
        """Tell whether a line names its district and says what of it: 「洛江区：办夜校」."""
        said = _without_number(text)
        apart = _OPENING_NAME.match(said)
        return (
            _is_line(text)
            and self.opening(text) is not None
            and apart is not None
            and apart.end() < len(said)
        )

    def _headed(self, paragraphs: Sequence[Paragraph]) -> dict[int, str | None]:
        """Return whose each paragraph is by the headings and short lines above it."""
        headed: dict[int, str | None] = {}
        above, base, answered = None, "", False
        speakers = self._introduced(paragraphs)
        presented = self._presented(paragraphs)
        guest = self._guest(paragraphs)
        for paragraph, follows in zip(paragraphs, [*paragraphs[1:], None], strict=False):
            section = paragraph.section or ""
            if not section.startswith(base) or (answered and section != base):
                above, base, answered = None, "", False
            opening = self._of_field(paragraph.text) or self.opening(paragraph.text)
            heading = self._heading(section[len(base) :])
            asked = question_above(paragraph.text)
            speaker = self._speaker(asked or paragraph.text, speakers)
            if asked:
                speaker = self._speaker(paragraph.text[len(asked) + 1 :], speakers) or speaker
            if paragraph.number in presented:
                above, base = presented[paragraph.number], section
            elif _SIGNED.fullmatch(paragraph.text) and presented:
                above, base = None, ""
            elif asked and guest and paragraph.text[len(asked) + 1 :].startswith("答"):
                above, base, answered = guest, section, True
            elif above and (other := self._other_above(paragraph, follows, above)):
                above, base = other, section
            elif speaker or (opening and _is_line(paragraph.text)):
                above, base = speakers[speaker] if speaker else opening, section
            elif (opening or heading or _ASIDE.search(section)) and opening != above:
                above, base = None, ""
            headed[paragraph.number] = opening or heading or above
        return headed

    def _other_above(
        self, paragraph: Paragraph, follows: Paragraph | None, above: str
    ) -> str | None:
        """Return another district of which a line above sentences begins to tell: 「洛江人的新年愿望」."""
        text = paragraph.text
        if not _is_line(text) or _FINISHED.search(text) or self.opening(text):
            return None
        if follows is None or "。" not in follows.text:
            return None
        named = self._held(self._gazetteer.named_in(text, self._cut))
        begins = named and any(m.span.start == 0 for m in self._gazetteer.mentions(text, self._cut))
        return named if named and begins and self._is_beside(above, named) else None

    def _briefs(self, paragraphs: Sequence[Paragraph], owner: str | None) -> dict[int, str]:
        """Return whose each brief is, where at least two districts have one: 「洛江 1月5日，…」, 「○丰泽区今年…」.

        In an `owner`'s article items may be of others; three that open with other names are briefs.
        """
        found: dict[int, str] = {}
        apart = False
        for paragraph in paragraphs:
            if _IN_BRACKETS.fullmatch(paragraph.text) and paragraph.number - 1 in found:
                found[paragraph.number] = found[paragraph.number - 1]
                continue
            if is_row(paragraph.text):
                if "\n" in paragraph.text:  # under a header
                    continue
                named = [*map(self._whole_name, cells(paragraph.text))]
                whose = named[0] if len({*named} - {None}) == 1 else None
                if whose and self._may_be_told(owner, whose):
                    found[paragraph.number] = whose
                continue
            match = _BRIEF.match(paragraph.text)
            whose = self._whose_brief(match[1], paragraph.text[match.end() :]) if match else None
            ours = _OURS.search(paragraph.text) is not None
            if match and whose and not (ours and not self._may_be_told(owner, whose)):
                apart = apart or match[1] is not None
                found[paragraph.number] = whose
        fewest = 2 if owner is None or apart else 3
        return found if len(set(found.values())) >= fewest else {}

    def _between_the_same(
        self, paragraphs: Sequence[Paragraph], headed: Mapping[int, str | None]
    ) -> dict[int, str]:
        """Return whose each is of the paragraphs that name nobody else between two of one district in a section."""
        found: dict[int, str] = {}
        for section, run in groupby(paragraphs, lambda paragraph: paragraph.section):
            own = [*run] if section else []
            told = [paragraph.number for paragraph in own if headed[paragraph.number]]
            for before, after in pairwise(told):
                whose = headed[before]
                if whose is None or whose != headed[after]:
                    continue
                for paragraph in (p for p in own if before < p.number < after):
                    named = self._gazetteer.mentions(paragraph.text, self._cut)
                    others = {mention.district for mention in named} - {whose}
                    if not others and not _OF_CITY.match(paragraph.text):
                        found[paragraph.number] = whose
        return found

    def _below_lines(self, paragraphs: Sequence[Paragraph], owner: str) -> dict[int, str]:
        """Return of which district beside the owner what stands below a line of it is: 「丰泽区今年要办的几件事」.

        The owner's own follow where a paragraph begins with its name, or speaks of 「我区」.
        """
        found: dict[int, str] = {}
        whose = None
        for paragraph, follows in zip(paragraphs, [*paragraphs[1:], None], strict=False):
            named = follows and self._line_of_another(paragraph, follows, owner)
            if named:
                whose = named
            elif whose and self._is_owners_again(paragraph.text, owner):
                whose = None
            if whose:
                found[paragraph.number] = whose
        return found

    def _subjects_beside(self, paragraphs: Sequence[Paragraph], owner: str) -> dict[int, str]:
        """Return whose each paragraph is that begins with what another county than the owner plans: 「丰泽区提出，今年…」.

        So is what stands under a heading that begins with its name, if it has it in full: 「丰泽　村口添了食堂」;
        a table's row with its name; and in a section each paragraph that begins with another's, if there are several.
        """
        found: dict[int, str] = {}
        for section, run in groupby(paragraphs, lambda paragraph: paragraph.section):
            own = [*run]
            heading = _SPACED_HEADING.match((section or "").split(" / ")[-1])
            headed = self._begun_with(re.sub(r"\s", "", heading[0])) if heading else None
            if headed and not any(headed in paragraph.text for paragraph in own):
                headed = None
            begins = {
                p.number: self._begun_with(p.text, whole=True) for p in own if not _is_line(p.text)
            }
            several = len({*begins.values()} - {None, owner}) > 1
            for paragraph in own:
                text = paragraph.text
                if is_row(text):
                    cell = self._whole_name(cells(text.split("\n")[-1])[0])
                    if cell and self._of_city(cell) and self._is_beside(owner, cell):
                        found[paragraph.number] = cell
                    continue
                begun = begins.get(paragraph.number)
                plans = begun and (several or _PLANS.match(text, len(begun)))
                named = begun if plans else headed
                if not named or self._of_city(named) is None or not self._is_beside(owner, named):
                    continue
                names = {m.district for m in self._gazetteer.mentions(text, self._cut)}
                if owner not in names and not _OURS.search(text):
                    found[paragraph.number] = named
        return found

    def _is_owners_again(self, text: str, owner: str) -> bool:
        if _OURS.search(text) or (_is_line(text) and self._named_in(text) == owner):
            return True
        return self._subject(text.split("。")[0], self._gazetteer) == owner

    def _line_of_another(self, paragraph: Paragraph, follows: Paragraph, owner: str) -> str | None:
        text = paragraph.text
        if not _is_line(text) or is_row(text) or not _LEADS.search(text):
            return None
        opens = follows.section != paragraph.section or BULLET.match(follows.text)
        if not (opens or "。" in follows.text):
            return None
        for name, (start, end) in self._gazetteer.mentions(text, self._cut)[:1]:
            whole = start == 0 and text[end - 1] in "区县市旗" and not _AND_MORE.match(text, end)
            return name if whole and self._is_beside(owner, name) else None
        return None

    def _captions(self, paragraphs: Sequence[Paragraph], owner: str) -> dict[int, str]:
        """Return of which district beside the owner each picture's caption tells: 「▼丰泽区夜校里，…。」."""
        found: dict[int, str] = {}
        whose = None
        for paragraph in paragraphs:
            caption = _PICTURED.match(paragraph.text)
            if caption and (
                paragraph.text[0] not in _MARKS
                or paragraph.text.endswith(PHOTOGRAPHED)
                or _ON_A_DAY.match(paragraph.text, caption.end())
            ):
                whose = self._subject(
                    paragraph.text[caption.end() :].split("。")[0], self._gazetteer
                )
                whose = whose if whose and self._is_beside(owner, whose) else None
            elif not (_THE_SAME.match(paragraph.text) or paragraph.text.endswith(PHOTOGRAPHED)):
                whose = None
            if whose:
                found[paragraph.number] = whose
        return found

    def _may_be_told(self, owner: str | None, name: str) -> bool:
        """Tell whether a district is one of those of which an owner's document tells as its own."""
        return owner is None or self._inside_of(owner, name) is not None

    def _whose_brief(self, name: str | None, rest: str) -> str | None:
        """Return the district of a name set apart, else the one with whose full name a text opens alone."""
        if name is not None:
            whose = self._whole_name(name) or self._held(self._with_unit(name))
            return None if self._names_more(rest, whose) else whose
        ends = [i for i in range(_LONGEST_COUNTY, 1, -1) if rest[i - 1 : i] in (*"区县市旗",)]
        named = ((self._whole_name(rest[:end]), end) for end in ends)
        whose, end = next(((own, end) for own, end in named if own), (None, 0))
        return None if self._names_more(rest[end:], whose) else whose

    def _names_more(self, rest: str, whose: str | None) -> bool:
        """Tell whether what follows a district's name goes on to another's: 「和丰泽区」, 「等地」."""
        also = _AND_OTHERS.match(rest)
        start = also.end() if also else 0
        further = (rest[start : start + more] for more in range(2, _LONGEST_COUNTY))
        return rest.startswith("等") or bool({*map(self._whole_name, further)} - {None, whose})

    def _of_field(self, text: str) -> str | None:
        """Return the district that an item says it is in: 「所在区：洛江区」."""
        place = _PLACE_FIELD.search(text)
        return self._whole_name(place[1]) if place else None

    def _presented(self, paragraphs: Sequence[Paragraph]) -> dict[int, str | None]:
        """Return whose the lines are that present one person each, above what is told of them: 「洛江区委书记　王某」.

        Where several stand below each other, as those at a press conference, they present nobody's words.
        """
        matches = [_INTRODUCED.fullmatch(paragraph.text) for paragraph in paragraphs]
        beside = [None, *matches, None]
        found: dict[int, str | None] = {}
        for i, (paragraph, match) in enumerate(zip(paragraphs, matches, strict=True)):
            if match and beside[i] is None and beside[i + 2] is None:
                found[paragraph.number] = self._held(self._named_in(match["post"]))
        return found if sum(name is not None for name in found.values()) > 1 else {}

    def _guest(self, paragraphs: Sequence[Paragraph]) -> str | None:
        """Return whose the one person is whom an interview introduces: 「今天做客：洛江区区长　王某」."""
        guests = [*self._introduced(paragraphs).values()]
        return guests[0] if len(guests) == 1 else None

    def _introduced(self, paragraphs: Sequence[Paragraph]) -> dict[str, str | None]:
        """Return whose each person is whom a line introduces: 「洛江区委常委　王某」, 「市教育局局长　何某」."""
        found: dict[str, str | None] = {}
        for match in (_INTRODUCED.fullmatch(paragraph.text) for paragraph in paragraphs):
            if match:
                name = self._named_in(match["post"])
                found[re.sub(r"\s", "", match["who"])] = self._held(name)
        return found

    def _speaker(self, text: str, speakers: dict[str, str | None]) -> str:
        """Return who begins to speak in an interview, whose district is put into `speakers`; or "".

        「洛江区区长 王某：…」 and later 「王某：…」 speak for 洛江区, 「晚报记者：…」 for none.
        """
        match = _SPEAKER.match(text)
        who = match["who"].strip() if match else ""
        if who and _ASKS.search(who):
            name = self._named_in(text) if _CITIZEN.search(who) else None
            speakers[who] = self._held(name)
            return who
        if not who or who in speakers:
            return who
        name = self._named_in(who) if _OFFICIAL.search(who) else None
        if name is None or not self._holds(name):
            return ""
        speakers[who] = speakers[_OFFICIAL.split(who)[-1].strip()] = name
        return who

    def _by_subjects(
        self, paragraphs: Sequence[Paragraph], owner: str | None
    ) -> tuple[Sequence[Paragraph], dict[int, str | None]]:
        """Return paragraphs, cut where a sentence begins with another district, and whose each is.

        Nothing is cut, and all are nobody's, where fewer than two districts begin any. Where few paragraphs begin
        so, as in a report on the whole country, or all are an `owner`'s, only rows of tables are a district's.
        """
        tabled = {p.number: row for p in paragraphs if (row := row_under_header(p.text))}
        if owner and not tabled:
            return paragraphs, dict.fromkeys(p.number for p in paragraphs)
        columns = {p.number: [*self._by_columns(p)] for p in paragraphs if p.number in tabled}
        rows = [_row_of(p.text, tabled.get(p.number)) for p in paragraphs]
        known = self._with_openings(rows)
        prose = {
            p.number: [*self._cut_at_subjects(p, row, known)]
            for p, row in zip(paragraphs, rows, strict=True)
            if p.number not in tabled
        }
        begun = sum(any(name for name, _ in own) for own in prose.values())
        if owner or begun < _SHARE * len(prose):
            prose = {}
        pieces = [
            piece
            for p, row in zip(paragraphs, rows, strict=True)
            for piece in prose.get(p.number)
            or columns.get(p.number)
            or ([(self._of_row(row, known), p)] if p.number in tabled else [(None, p)])
        ]
        if owner:  # 「福州市」 in a table of 泉州市 isn't one of its own
            inside = [(self._inside_of(owner, name), piece) for name, piece in pieces]
            pieces = inside if any(name for name, _ in inside) else []
        if len({name for name, _ in pieces} - {None}) < 2:
            return paragraphs, dict.fromkeys(p.number for p in paragraphs)
        found = [replace(piece, number=n) for n, (_, piece) in enumerate(pieces)]
        return found, {n: name for n, (name, _) in enumerate(pieces)}

    def is_below(self, headline: str | None, owner: str, name: str) -> bool:
        """Tell whether what is of a district stands below another's article, whose headline names that one."""
        return self._is_beside(owner, name) and self._named_in(headline) == owner

    def _is_beside(self, owner: str, name: str) -> bool:
        """Tell whether neither of two districts lies in the other."""
        known = with_counties(self._gazetteer, [owner, name])
        above = (*known.ancestors(name), *known.ancestors(owner))
        return name != owner and owner not in above and name not in above

    def _inside_of(self, owner: str, name: str | None) -> str | None:
        known = with_counties(self._gazetteer, [name] if name else [])
        return name if name and owner in known.ancestors(name) else None

    def _with_openings(self, texts: Sequence[str]) -> Gazetteer:
        """Return the gazetteer with the counties with whose short names sentences begin.

        Only of a city of which at least two counties are spoken of: 「宁海」 of 「宁海燕摄」 isn't one.
        """
        sentences = (text[start : start + 8] for text in texts for start, _ in sentence_spans(text))
        opening = opening_counties(sentences)
        known = with_counties(self._gazetteer, opening)
        mentions = (m for text in texts for m in self._gazetteer.mentions(text, self._cut))
        spoken_of = {*opening, *(mention.district for mention in mentions)}
        cities = Counter(above[0] for name in spoken_of if len(above := known.ancestors(name)) > 1)
        beside = [name for name in opening if cities[known.ancestors(name)[0]] > 1]
        return with_counties(self._gazetteer, beside)

    def _by_columns(self, paragraph: Paragraph) -> Iterator[tuple[str | None, Paragraph]]:
        """Yield what a table's row says of each district, if its columns are of districts."""
        if _CELLS_ON_A_LINE.fullmatch(paragraph.text) is None:
            return
        header, _, row = paragraph.text.partition("\n")
        values = cell_spans(row)
        names = cell_spans(header)[: len(values) if "\t" in row else None]
        whose = [self._of_column(header[start:end]) for start, end in names]
        if len({*whose} - {None}) < 2 or len(names) != len(values):
            return
        first = next(i for i, name in enumerate(whose) if name)
        below = len(header) + 1
        label = Span(0, names[first].start), Span(below, below + values[first].start)
        for column in range(first, len(names)):
            name, value = whose[column], values[column]
            told = Span(below + value.start, below + value.end)
            pieces = [label[0], names[column], Span(below - 1, below), label[1], told]
            spans = tuple(span for piece in pieces for span in paragraph.spans_of(piece))
            text = "".join(paragraph.text[start:end] for start, end in pieces)
            yield name, replace(paragraph, text=text, spans=spans)

    def _of_column(self, name: str) -> str | None:
        """Return the district that a column is of: 「洛江区」, 「洛江区目标」."""
        if whole := self._whole_name(name):
            return whole
        kind = _KIND_OF_COLUMN.search(name)
        return self._whole_name(name[: kind.start()]) if kind else None

    def _whole_name(self, text: str) -> str | None:
        """Return the district whose names are all of a text, as of a table's cell."""
        text = SPACED_NAME.sub(r"\1\2", text)
        mentions = self._gazetteer.mentions(text, self._cut)
        apart = sum(end - start for _, (start, end) in mentions) == len(text)
        return self._held(self._named_in(text)) if mentions and apart else None

    def _cut_at_subjects(
        self, paragraph: Paragraph, row: str, known: Gazetteer
    ) -> Iterator[tuple[str | None, Paragraph]]:
        """Yield a paragraph's pieces, each with the one district that it speaks of.

        A piece begins with a sentence, or what a semicolon parts from one, in which a clause begins with
        that district's name: 「洛江要修路；种过树，丰泽今年办学。」 What is asked and what answers it are one.
        """
        if asked := question_above(paragraph.text):
            told = paragraph.text[len(asked) + 1 :]
            whose = self._subject(told, known)
            yield whose or self._held(known.named_in(asked, self._cut)), paragraph
            return
        offset = len(paragraph.text) - len(row)
        starts = [
            start + offset if start else 0
            for start, end in _parts(row)
            if self._subject(row[start:end], known) or _OF_ALL.match(row, start)
        ]
        for start, end in pairwise(sorted({0, *starts, len(paragraph.text)})):
            spans = paragraph.spans_of(Span(start, end))
            cut = paragraph.truncated and end == len(paragraph.text)
            piece = replace(paragraph, text=paragraph.text[start:end], spans=spans, truncated=cut)
            yield self._subject(paragraph.text[start or offset : end], known), piece

    def _of_row(self, row: str, known: Gazetteer) -> str | None:
        """Return whose a table's row is: the one district that has a cell of its own, or that it begins with."""
        named = {self._whole_name(cell) for cell in row.split("|")} - {None}
        return named.pop() if len(named) == 1 else self._subject(row, known)

    def _subject(self, text: str, known: Gazetteer) -> str | None:
        """Return the only district that a text names, if a clause begins with it; in a paper one of its city."""
        name = self._held(known.named_in(text, self._cut))
        if name and self.paper and self.paper not in (name, *known.ancestors(name)):
            return None
        begins = name is not None and any(
            mention.district == name
            and _CLAUSE_BEGINS.search(text[: mention.span.start])
            and not _AND_MORE.match(text, mention.span.end)
            for mention in known.mentions(text, self._cut)
        )
        return name if begins else None

    def _heading(self, section: str) -> str | None:
        """Return the district that is the heading of a section: 「（一）洛江区」, 「洛江区2026年计划」."""
        names = (
            self._gazetteer.full_name(_without_number(heading))
            or self.opening(heading)
            or self._planning(heading)
            for heading in reversed(section.split(" / "))
        )
        return next((name for name in names if name and self._holds(name)), None)

    def _planning(self, heading: str) -> str | None:
        """Return the district whose plan or report a heading says is below."""
        plan = _PLAN.fullmatch(_without_number(heading))
        return self._whole_name(plan["place"]) if plan else None

    def _holds(self, district: str) -> bool:
        return self._whole in (None, *self._gazetteer.ancestors(district))

    def _held(self, name: str | None) -> str | None:
        return name if name and self._holds(name) else None

    def spoken_of(self, paragraphs: Sequence[Paragraph | Block]) -> str | None:
        """Return the county that paragraphs speak of from the first, and hardly of another."""
        if paragraphs and is_correction(paragraphs[0].text):
            return self._only_named(paragraphs[:1])
        said = (paragraph.text for paragraph in paragraphs)
        told = (line for line in said if not (_CAPTION.match(line) or AUTHOR.fullmatch(line)))
        text = fold("\n".join(told))
        own = counties_in(text[:_FROM_THE_FIRST], text)
        known = with_counties(self._gazetteer, own)
        mentions = known.mentions(text, self._cut)
        starts = {mention.span.start for mention in mentions}
        named = [
            m
            for m in mentions
            if len(known.ancestors(m.district)) > 1
            and m.span.end not in starts  # 「泉州开发区洛江产业园」
            and not _A_ROAD.match(text, m.span.end)
        ]
        if not named or EDITORS.match(text):
            return None
        ((district, times),) = Counter(mention.district for mention in named).most_common(1)
        first = next(span for name, span in named if name == district)
        unit = district[-1]
        whole = re.findall(f"(?<![安保完健齐])全{unit}(?!域)|(?<![\u4e00-\u9fff]){unit}里", text)
        general = re.search(
            "全[市省州]|我[市省州]", text.replace("全市", "") if unit == "市" else text
        )
        begins = _IS_SUBJECT.search(text[: first.start])
        alone = len(named) == 1 and len(text) > _LONG and begins and not general
        often = times > 1 or _AN_OFFICE.match(text, first.end) or len(whole) > 1 or alone
        clear = times >= _MOSTLY * len(named) and first.start < _FROM_THE_FIRST
        return district if often and clear else None

    def only_county(self, paragraphs: Sequence[Paragraph]) -> str | None:
        """Return the one county of the paper's city that paragraphs name, if they speak of it as the county.

        「去年，洛江区修路。…全区还要种树。」, and nothing of another one or of all the city. What stands below
        a picture may go on with another article.
        """
        pictured = any(paragraph.text.endswith(PHOTOGRAPHED) for paragraph in paragraphs[:-1])
        if pictured or any(BULLET.match(paragraph.text) for paragraph in paragraphs):
            return None
        text = fold("\n".join(paragraph.text for paragraph in paragraphs))
        known = with_counties(self._gazetteer, self._beside)
        named = {m.district for m in known.mentions(text, self._cut)}
        named = {name for name in named if self.paper in known.ancestors(name)}
        if len(named) != 1 or EDITORS.match(text) or _ZONE.search(text[:_FIRST_WORDS]):
            return None
        (name,) = named
        unit = "[县旗]" if name[-1] in "县旗" else name[-1]
        ours = re.findall(
            f"[全该我本]{unit}(?!域)|(?<![\u4e00-\u9fff]){unit}(?:里|长|委|政府|[\u4e00-\u9fff]{{1,8}}[局中心办])",
            text,
        )
        general = re.search(_GENERAL if unit != "市" else "各[区县]", text)
        opening = _FROM_OR_WHEN.sub("", paragraphs[0].text, count=1)
        begins = self._begun_with(opening, whole=True) == name
        return name if (ours or begins) and not general else None

    def _opening_part(
        self, run: Sequence[Paragraph], paragraphs: Sequence[Paragraph]
    ) -> str | None:
        """Return the one county that an article's first paragraphs, above its headings, speak of."""
        opens = run[0] is paragraphs[0] and len(run) >= _FEWEST_OPENING
        return self.only_county(run) if opens else None

    def titled(self, headline: str | None, paragraphs: Sequence[Paragraph]) -> str | None:
        """Return the one county that paragraphs name, if their headline begins so without its 县: 「平和办夜校」."""
        name = self._only_named(paragraphs)
        return name if name and (headline or "").startswith(name[:-1]) else None

    def _only_named(
        self, paragraphs: Sequence[Paragraph | Block], beside: Collection[str] | None = None
    ) -> str | None:
        """Return the one county that paragraphs name, in their first words; only of the cities `beside`, if given."""
        text = fold("\n".join(paragraph.text for paragraph in paragraphs))
        known = with_counties(self._gazetteer, counties_in(text, ""))
        mentions = [
            m for m in known.mentions(text, self._cut) if len(known.ancestors(m.district)) > 1
        ]
        if len({mention.district for mention in mentions}) != 1:
            return None
        ((name, span), *_) = mentions
        above = text[: span.start]
        first = not re.search(r"[.。!?]", above) or above.endswith((".", "。", "\n"))
        aside = beside is not None and known.ancestors(name)[0] not in beside
        general = beside is not None and _OF_ALL.search(above)
        return name if first and not (aside or general) else None

    def _of_writer(self, headline: str | None, byline: str | None) -> str | None:
        """Return whose an article is; its headline may name others: 「学习浙江经验」."""
        headed, writer = self._named_in(headline), self._named_in(byline)
        if headed is None or writer is None or _WRITES_OF_OTHERS.search(byline or ""):
            return headed or writer
        return headed if writer in self._gazetteer.ancestors(headed) else writer

    def _inside(self, text: str | None) -> str | None:
        """Return the district that `text` names in full, if the file's name names what it lies in."""
        name = self._named_in(text)
        return name if name and name in fold(text or "") and self._holds(name) else None

    def _named_in(self, text: str | None) -> str | None:
        if not text:
            return None
        text = SPACED_NAME.sub(r"\1\2", text)
        return self._gazetteer.named_in(text, self._cut) or self._city_opening(text)

    def _city_opening(self, text: str) -> str | None:
        """Return the city whose short name opens a title: 「杭州2025年工作要点」."""
        match = _SHORT_CITY.match(text)
        return self._gazetteer.full_name(f"{match[1]}市") if match else None


_SHORT_CITY = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?=$|[\d\s：:]|政府|工作|报告)")


def _parts(text: str) -> list[Span]:
    """Return the sentences of a text, also those that semicolons part."""
    return [
        Span(sentence.start + match.start(), sentence.start + match.end())
        for sentence in sentence_spans(text)
        for match in re.finditer("[^；;]+[；;]?|[；;]", text[slice(*sentence)])
    ]


_KIND_OF_COLUMN = re.compile(
    "(?:20\\d\\d年)?(?:(?:年度|全年)?(?:目标|计划|任务|实际|预计)?(?:任务|完成|实绩|数量|增速|增长)?)?(?:[（(][^（）()]{1,6}[）)])?$"
)
_PLACE_FIELD = re.compile(
    r"\n(?:项目)?(?:所在(?:地|区|县|区县|县区|县市区|乡镇|镇街)|属地|区县|县区)[：:]\s*([\u4e00-\u9fff]{2,12})\s*(?:$|\n|　)"
)
_PLAN = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,12}?)(?:20\d\d年|今年)?(?:年度)?度?(?:重点|主要|民生)?(?:工作|任务|实事|项目)?(?:计划|总结|要点|目标|打算|安排|清单|报告|情况)?"
)
_CELLS_ON_A_LINE = re.compile(".+\n.+")


def _row_of(text: str, row: tuple[Sequence[Span], Sequence[Span]] | None) -> str:
    """Return a text without what stands before its first name, of a table's row only what is under the header."""
    if row is not None:
        cells = [text[slice(*span)] for span in row[1]]
        text = "|".join(cells[1:] if cells[0].isdigit() else cells)
    return _BEFORE_NAME.sub("", text, count=1)


def _is_line(text: str) -> bool:
    return len(text) <= _LONGEST_OPENING and "。" not in text


def _without_number(heading: str) -> str:
    number = NUMBERED.match(heading) or re.match(r"\d{2}[ \u3000]+", heading)
    return heading[number.end() :] if number else heading
