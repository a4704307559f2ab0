"""Whose words an article is: its district.

Headlines and bylines are found in `drafts`, places in a text by the `gazetteer`; whose each part of an
article is that tells of several districts is told in `division`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from itertools import takewhile

from index.blocks import Block
from index.bylines import AUTHOR, BULLET, PHOTOGRAPHED
from index.corrections import is_correction
from index.counties import (
    DATELINE_OF,
    NUMBER_OF_DOCUMENT,
    counties_in,
    with_counties,
)
from index.gazetteer import Cut, Gazetteer
from index.letters import ANSWERED_BY
from index.naming import Names, without_number
from index.newspapers import EDITORS, city_of_paper, with_city
from index.sources import OWNED_BY
from index.text import fold
from index.townships import county_of_places
from index.types import Article, Paragraph, Source
from index.unsigned import Begun, is_prose


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
# Not 「居全市第一」.
_GENERAL = "(?<![居占列])全市(?!第|首|前)|我市|(?<![\u4e00-\u9fff])市[委政]"
_ALL_OF_IT = re.compile("全[区县市旗](?!域)|[区县旗]里")
_ON_SEVERAL = re.compile("[两二三四五六七八九十多各几][个地]?[区县市旗地]")
_FEWEST_OPENING, _LONG_HEADLINE = 3, 9
_ZONE = re.compile("(?:经开|高新|开发|示范|合作|管理|[\u4e00-\u9fff]新)区|管委会")
_OF_CITY_WHOLE = re.compile(
    "全[市州盟](?!场|域)|我[市州盟](?!场)|(?<![\u4e00-\u9fff])市(?:委|政府|[\u4e00-\u9fff]{1,8}局)"
)
_LISTED = re.compile("[、和与及]")
_FROM_OR_WHEN = re.compile(
    r"[\u4e00-\u9fff]{1,8}讯(?:\s*[（(][^（）()]{1,30}[）)]|\s)\s*|(?:(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[上下]午)?|日前|近日)，"
)
_A_ROAD = re.compile("大道|[东西南北中]?[路街桥河湖江山](?!线|区)")
_AN_OFFICE = re.compile(
    "[\u4e00-\u9fff]{0,12}?(?:[局委]|政府|办公室|[法检]察?院)(?![\u4e00-\u9fff]{0,2}(?:员|托))"
)
CAPTION = re.compile(r"[（(]图[）)]|图[①-⑳\d一二三四五六七八九十]?\s*(?:[：:]|为)")
_MOSTLY = 0.75
_FROM_THE_FIRST = 200
_LONG = 120
# What is said of all places, or by what they lie in.
_IS_SUBJECT = re.compile("(?:^|[，,：:；;。.”\n]|[在从]|位于|地处|本报讯\\s+)$")
OF_ALL = re.compile(
    "全[市省州国]|我[市省州]|市[委政]|[市省州](?:直|级)?[\u4e00-\u9fff]{1,8}[局委部办厅]|各[地县区市]|本报"
)
# 「宣威市融媒体中心主办」: what a county's own paper says of nowhere else.
_PUBLISHED = re.compile(
    r"([\u4e00-\u9fff]{2,10}[市县区旗])(?:融媒体中心|新闻中心|委宣传部|委)\s*(?:主办|主管|编印)"
)
_FROM_ABOVE = re.compile(
    "国务院|中共中央|新华社|中新社|人民日报|国家[\u4e00-\u9fff]{2,8}[局委部]|省[\u4e00-\u9fff]{2,8}[厅局委]"
)
_HEAD = 600
_FOOT = 300
_NUMBER = rf"{NUMBER_OF_DOCUMENT}\s*第?\d+号"
_NUMBER_ALONE = re.compile(rf"^\s*{_NUMBER}\s*$", re.MULTILINE)
# One below the other, of two that issue together.
_TWO_NUMBERS = re.compile(rf"^\s*{_NUMBER}\s*\n\s*(?!\1){_NUMBER}\s*$", re.MULTILINE)
_FIRST_WORDS = 60
_FIRST_PARAGRAPHS = (8, 4, 2)


class Districts:
    """The district of each article of a document.

    Told by its heading, front matter, file name, headline, byline, document's title, signature.

    Attributes:
        names: The names of districts as the document writes them.
        publisher: The county whose site or paper has the document.
        joint: Whether several governments issue it together.
    """

    def __init__(self, source: Source, gazetteer: Gazetteer, cut: Cut) -> None:
        names = Names(gazetteer, cut)
        self._given = source.district and full_name(source.district, gazetteer, cut)
        self._title = source.title
        self._head = head = "" if source.records else f"{source.name}\n{source.text[:_HEAD]}"
        publisher = _PUBLISHED.search(head)
        named = names.named_in(publisher[1]) if publisher else None
        self.publisher = named if named and gazetteer.lies_in_city(named) else None
        text = "" if source.records else source.text
        owners = [*OWNED_BY.findall(text[-_FOOT:]), *ANSWERED_BY.findall(text)]
        self.publisher = self.publisher or names.named_in(source.site or " ".join(owners[-1:]))
        named_counties = cache(
            lambda: {*counties_in(text, ""), *(m.district for m in names.mentions(text))}
        )
        paper = city_of_paper(head, gazetteer, named_counties)
        self._beside = named_counties() if paper else set()
        whole = self._given or names.named_in(source.name.rsplit(".", 1)[0])
        self.names = Names(gazetteer, cut, whole, paper)
        numbers = _NUMBER_ALONE.findall(head)
        self.joint = _TWO_NUMBERS.search(head) is not None
        self._number = self._of_number(numbers[0]) if numbers else None

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
        if self.names.whole is None:
            if self.joint:
                return None
            return (
                self._of_writer(headline, byline)
                or self.names.opening(headline or "")
                or self._of_dateline(opening)
                or self.names.named_in(self._title)
                or self.names.named_in(signature)
                or self._number
            )
        if self._given:
            return self._given
        named = (self.names.inside(text) for text in (headline, byline, self._title))
        return next((name for name in named if name), self.names.whole)

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
        names = [*map(self.names.of_city, _LISTED.split(headline.split("：")[0]))]
        several = apart and "：" in headline and len(names) > 1 and all(names)
        if begun.signed or several:
            return True
        if self.names.whole_name(without_number(headline).split(" ")[0]):
            return False
        text = "\n".join(line.text for line in begun.told)
        if owner in {mention.district for mention in self.names.mentions(text)}:
            return False
        lies_in = self._lies_in(headline, begun.told)
        if lies_in and lies_in != owner:
            stands_in = owner if owner not in (None, self.names.paper) else None
            stands_in = stands_in or self.of_places(begun.within, begun.above)
            if stands_in != lies_in:
                return True
        if owner is None and not begun.resumed:
            above = begun.above
            whole = self.spoken_of(above) or (above and _OF_CITY_WHOLE.search(above[0].text))
            if not whole or headline.startswith("【") or _ON_SEVERAL.search(begun.within or ""):
                return False
        if begun.closed and (apart or owner):
            return True
        named = self._told_under(begun, may_be_part=owner is None and not begun.resumed)
        if named is None or self.names.of_city(named) is None:
            return False
        return owner in (None, self.names.paper) or self.names.is_beside(owner, named)

    def _told_under(self, begun: Begun, may_be_part: bool) -> str | None:
        """Return the county of which a headline or what is told under it tells, or None."""
        headline, told = begun.headline, begun.told
        dated = _FROM_OR_WHEN.match(told[0].text)
        opening = told[0].text[dated.end() :] if dated else told[0].text
        whole = self.names.begun_with(opening, whole=True)
        headed = self.names.opening(headline) or self.names.begun_with(headline, whole=True)
        if not begun.apart:
            return whole if whole and (dated or headed == whole) else None
        if headed:
            return None if may_be_part else headed
        if whole and len(headline) >= _LONG_HEADLINE:
            return whole
        spoken = self.spoken_of(told)
        text = "\n".join(line.text for line in told)
        whole_of = _ALL_OF_IT.search(text) and self.names.begun_with(opening) == spoken
        return spoken if spoken and (spoken in text or whole_of) else None

    def apart(self, names: Collection[str]) -> int:
        """Return how many of some districts lie in none of the others, the paper's city aside."""
        beside = {*names} - {self.names.paper}
        known = with_counties(self.names.gazetteer, beside)
        return sum(not set(known.ancestors(name)) & beside for name in beside)

    def _of_dateline(self, opening: str) -> str | None:
        """Return the county from which a paper reports: 「本报洛江1月6日讯」."""
        dateline = DATELINE_OF.match(opening)
        name = self.names.named_in(dateline[1]) if dateline else None
        if name is None or dateline is None or not self.names.gazetteer.lies_in_city(name):
            return None
        first = opening[dateline.end() : dateline.end() + _FIRST_WORDS]
        others = {m.district for m in self.names.mentions(first)} - {name}
        return None if others or OF_ALL.search(first) else name

    def _of_number(self, name: str) -> str | None:
        """Return the district whose government numbers a document so: 「洛江政办〔2026〕3号」.

        One character is the first of a county's that the document's name or first lines name, if they do.
        """
        if len(name) == 1:
            named = (m.district for m in self.names.mentions(self._head))
            same = {d for d in named if d.startswith(name) and self.names.gazetteer.lies_in_city(d)}
            if same:
                return same.pop() if len(same) == 1 else None
        return self.names.gazetteer.full_name(name) or self.names.with_unit(name)

    def with_city(self, articles: Sequence[Article]) -> list[Article]:
        """Return the articles of a document, in a city's newspaper with the city's own as the city's."""
        if self.names.whole:
            return [*articles]
        return with_city(articles, self.names.paper, self.names.gazetteer)

    def is_below(self, headline: str | None, owner: str, name: str) -> bool:
        """Tell whether what is of a district stands below another's article, whose headline names that one."""
        return self.names.is_beside(owner, name) and self.names.named_in(headline) == owner

    def spoken_of(self, paragraphs: Sequence[Paragraph | Block]) -> str | None:
        """Return the county that paragraphs speak of from the first, and hardly of another."""
        if paragraphs and is_correction(paragraphs[0].text):
            return self.only_named(paragraphs[:1])
        said = (paragraph.text for paragraph in paragraphs)
        told = (line for line in said if not (CAPTION.match(line) or AUTHOR.fullmatch(line)))
        text = fold("\n".join(told))
        own = counties_in(text[:_FROM_THE_FIRST], text)
        known = with_counties(self.names.gazetteer, own)
        mentions = known.mentions(text, self.names.cut)
        starts = {mention.span.start for mention in mentions}
        named = [
            m
            for m in mentions
            if known.lies_in_city(m.district)
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

    def of_places(
        self,
        headline: str | None,
        paragraphs: Sequence[Paragraph | Block],
        city: str | None = None,
    ) -> str | None:
        """Return the county in which the places lie that an article names; one of a `city` or of the paper's, if any."""
        text = "\n".join([headline or "", *(paragraph.text for paragraph in paragraphs)])
        return None if EDITORS.match(text) else county_of_places(text, city or self.names.paper)

    def _lies_in(self, headline: str, told: Sequence[Block]) -> str | None:
        """Return the county in which the places lie of what is told under a headline, of its first lines if need be."""
        prose = [*takewhile(is_prose, told)]
        ranges = [told, *(prose[:lines] for lines in _FIRST_PARAGRAPHS)]
        return next(filter(None, (self.of_places(headline, lines) for lines in ranges)), None)

    def only_county(self, paragraphs: Sequence[Paragraph]) -> str | None:
        """Return the one county of the paper's city that paragraphs name, if they speak of it as the county.

        「去年，洛江区修路。…全区还要种树。」, and nothing of another one or of all the city. What stands below
        a picture may go on with another article.
        """
        pictured = any(paragraph.text.endswith(PHOTOGRAPHED) for paragraph in paragraphs[:-1])
        if pictured or any(BULLET.match(paragraph.text) for paragraph in paragraphs):
            return None
        text = fold("\n".join(paragraph.text for paragraph in paragraphs))
        known = with_counties(self.names.gazetteer, self._beside)
        named = {m.district for m in known.mentions(text, self.names.cut)}
        named = {name for name in named if self.names.paper in known.ancestors(name)}
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
        begins = self.names.begun_with(opening, whole=True) == name
        return name if (ours or begins) and not general else None

    def opening_part(self, run: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> str | None:
        """Return the one county that an article's first paragraphs, above its headings, speak of."""
        opens = run[0] is paragraphs[0] and len(run) >= _FEWEST_OPENING
        return self.only_county(run) if opens else None

    def titled(self, headline: str | None, paragraphs: Sequence[Paragraph]) -> str | None:
        """Return the one county that paragraphs name, if their headline begins so without its 县: 「平和办夜校」."""
        name = self.only_named(paragraphs)
        return name if name and (headline or "").startswith(name[:-1]) else None

    def only_named(
        self, paragraphs: Sequence[Paragraph | Block], beside: Collection[str] | None = None
    ) -> str | None:
        """Return the one county that paragraphs name, in their first words; only of the cities `beside`, if given."""
        text = fold("\n".join(paragraph.text for paragraph in paragraphs))
        known = with_counties(self.names.gazetteer, counties_in(text, ""))
        mentions = [
            m for m in known.mentions(text, self.names.cut) if known.lies_in_city(m.district)
        ]
        if len({mention.district for mention in mentions}) != 1:
            return None
        ((name, span), *_) = mentions
        above = text[: span.start]
        first = not re.search(r"[.。!?]", above) or above.endswith((".", "。", "\n"))
        aside = beside is not None and known.ancestors(name)[0] not in beside
        general = beside is not None and OF_ALL.search(above)
        return name if first and not (aside or general) else None

    def _of_writer(self, headline: str | None, byline: str | None) -> str | None:
        """Return whose an article is; its headline may name others: 「学习浙江经验」."""
        headed, writer = self.names.named_in(headline), self.names.named_in(byline)
        if headed is None or writer is None or _WRITES_OF_OTHERS.search(byline or ""):
            return headed or writer
        return headed if writer in self.names.gazetteer.ancestors(headed) else writer
