"""Which places a question names: districts, several at once, all of them, misspelt or unlisted.

What the documents cover is told by the index; nothing here searches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.gazetteer import Gazetteer, Mention
from index.segmenter import Segmenter
from index.text import fold
from index.types import Span

# 「各区」 asks for every district, 「哪个区」 for any one of them.
_EVERY = re.compile(
    r"(?:各(?:个)?|每(?:个|一个)?|所有(?:的)?|(?:其他|其它|其余|别的)(?:的)?(?:(?:\d+|[一二两三四五六七八九十几]+)个)?"
    r"|哪些|哪几个|几个|(?:\d+|[两三四五六七八九十]+)个|全部)"
    r"(?:省市区县|区县|县市区|省市|省区市|省份|地区|地方|区|县|市|省)(?!块|域|场)|全(?:市|省|国)(?!场)(?:各地)?|各地"
)
_ANY = re.compile(r"(?:哪(?:一)?(?:个|座)?|什么)(?:区县|省份|地区|地方|区|县|市|省|城市)|哪里|哪儿")
_EXCLUDED = re.compile(
    r"除(?:了|去|开)?(?P<named>[^,，。?？]{1,30}?)(?:以外|之外|外|,|，|、?其他|其它|其余|还有?)|(?:不(?:包括|含|算|看|管)|(?<!要)不要|排除|撇开)(?P<later>[^,，。?？]{1,20})"
)
_OTHER_THAN = re.compile(r"(?:以外|之外)(?:的(?:其他)?(?:各)?[区县市省]?)?")
_SUFFIX = "省市区县"
CONJUNCTIONS = "和与跟及同或"
# 「那除了鲤城和洛江呢？」 with each character of a name as ◎; and what is left of it without them.
_EXCLUDED_LAST = re.compile(rf"除(?:了|去|开)?(?:◎+[{CONJUNCTIONS},]?)+呢?[\s?!.]*$")
_LEFT_OVER = re.compile(rf"除(?:了|去|开)?(?=[\s{CONJUNCTIONS},]+呢?[\s?!.]*$)")
# 「鲤城区委」 and 「鲤城区长」 belong to 鲤城 and are its 区委 and 区长.
_OFFICE = re.compile("委|长(?![期久远效])")
_ADMINISTRATIVE = re.compile(
    rf"[\u4e00-\u9fff]{{2,4}}?(?:自治区|自治州|自治县|特别行政区|[{_SUFFIX}])"
)
# Chinese words that end like a place's name.
_NOT_PLACES = re.compile(
    r"(?:城|园|小|社|片|景|地|校|山|新|市|郊|厂|灾|辖|街|专|特|林|牧|矿|库|湾|军|战|选|能|发|范|验|护|务|业|贸|税|行|作|疆|治|全|各|哪|个|"
    r"些|本|该|此|我|老|主|旧|港口|口)区$|(?:城|上|超|股|楼|(?<!成)都|夜|(?<![厦江荆])门|集|县|级|房|车|花|菜|全|各|本|该|我|省|闹|哪|个|些|入|开|互|收|转)市$"
    r"|(?:全|各|本|该|郊|哪|个|些|强|百)县$|(?:全|各|本|该|外|我|节|反|哪|个|些|减|自)省$"
)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a question: ``mentions`` in order, ``text`` with all of them taken out."""

    mentions: tuple[Mention, ...] = ()
    excluded: frozenset[str] = frozenset()
    every: bool = False
    anywhere: bool = False
    unlisted: tuple[str, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def districts(self) -> tuple[str, ...]:
        """The districts asked about, each once."""
        named = dict.fromkeys(mention.district for mention in self.mentions)
        return tuple(name for name in named if name not in self.excluded)


def places_in(
    question: str, gazetteer: Gazetteer, segmenter: Segmenter, covered: Sequence[str]
) -> Places:
    """Return the places that a question names; `covered` are the documents' districts.

    >>> from index.gazetteer import bundled_gazetteer
    >>> from index.segmenter import full_segmenter
    >>> gazetteer = bundled_gazetteer()
    >>> known = gazetteer, full_segmenter(gazetteer), ["鲤城区", "洛江区"]
    >>> places_in("除了鲤城，其他区怎么抓产业？", *known).excluded
    frozenset({'鲤城区'})
    """
    question = fold(question)
    if not covered:  # documents without districts: a place is a word like any other
        return Places(text=question)
    mentions = mentions_in(question, gazetteer, segmenter)
    corrected: dict[str, str] = {}
    if not mentions:
        for mention in _misspelt(question, covered, segmenter):
            corrected[question[mention.span.start : mention.span.end]] = mention.district
            mentions.append(mention)
        mentions.sort(key=lambda mention: mention.span)
    above = list(_above(question, mentions, gazetteer, covered))
    unlisted = _unlisted(question, [*mentions, *above], segmenter)
    named = _without_parents(mentions, gazetteer)
    excluded = _excluded(question, named)
    anywhere = _ANY.search(question) is not None
    return Places(
        mentions=tuple(named),
        excluded=excluded,
        every=_EVERY.search(question) is not None
        or (not anywhere and bool(excluded or (above and not named))),
        anywhere=anywhere,
        unlisted=tuple(name for name, _ in unlisted),
        corrected=corrected,
        text=_without(question, [span for _, span in (*mentions, *above, *unlisted)]),
    )


def mentions_in(question: str, gazetteer: Gazetteer, segmenter: Segmenter) -> list[Mention]:
    """Return the districts that a question names, also after a conjunction (「洛江和丰泽」)."""

    def cut(text: str) -> list[str]:
        # 「和丰」 could be a word; where a district's name follows 和, a new word begins.
        return [word for piece in joined.split(text) for word in segmenter.cut(piece)]

    names = "|".join(map(re.escape, sorted(gazetteer.names, key=len, reverse=True)))
    joined = re.compile(rf"(?<=[{CONJUNCTIONS}])(?={names})")
    return gazetteer.mentions(question, cut)


def _without_parents(mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Drop 「福建省」 where 「福建省洛江区」 is named: one place, told twice."""
    kept = mentions[-1:]
    for mention, after in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        inside = mention.district in gazetteer.ancestors(after.district)
        if not inside or after.span.start - mention.span.end > 3:
            kept.insert(0, mention)
    return kept


def _excluded(question: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the districts named only to be left out: 「除了鲤城」, 「鲤城和洛江以外」."""
    found: set[str] = set()
    for match in _EXCLUDED.finditer(question):
        inside = range(match.start(), match.end() + 1)
        found |= {district for district, span in mentions if {*span} <= {*inside}}
    masked = list(question)
    for _, (start, end) in mentions:
        masked[start:end] = "◎" * (end - start)
    if last := _EXCLUDED_LAST.search("".join(masked)):
        found |= {district for district, span in mentions if last.start() < span.start}
    end = 0
    for district, span in reversed(mentions):
        joined = question[span.end : end] in (*CONJUNCTIONS, ",")
        if joined or _OTHER_THAN.match(question, span.end):
            found.add(district)
            end = span.start
    return frozenset(found)


def _without(question: str, spans: Sequence[Span]) -> str:
    text = question
    for start, end in sorted(spans, reverse=True):
        kept = text[end - 1] if text[end - 1] in _SUFFIX and _OFFICE.match(text, end) else ""
        text = f"{text[:start]} {kept}{text[end:]}"
    for pattern in (_EXCLUDED, _LEFT_OVER, _OTHER_THAN, _ANY, _EVERY):
        text = pattern.sub(" ", text)
    return text


# --- misspelt ------------------------------------------------------------------------------------


def _misspelt(question: str, covered: Sequence[str], segmenter: Segmenter) -> Iterator[Mention]:
    """Yield the districts whose names sound like something in the question (丰择区 for 丰泽区)."""
    for district in covered:
        for name in (district, district[:-1]):
            found = _sounding_like(name, question, segmenter)
            if len(name) > 1 and found is not None:
                yield Mention(district, found)
                break


def _sounding_like(name: str, text: str, segmenter: Segmenter) -> Span | None:
    target = fold(name)
    for start in range(len(text) - len(target) + 1):
        piece = text[start : start + len(target)]
        same = sum(a == b for a, b in zip(piece, target, strict=True))
        if same < len(target) - 1 or piece in segmenter.counts or piece == target:
            continue
        if _sound(piece) == _sound(target):
            return Span(start, start + len(target))
    return None


def _sound(text: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(text))


# --- unlisted ------------------------------------------------------------------------------------


def _above(
    question: str, mentions: Sequence[Mention], gazetteer: Gazetteer, covered: Sequence[str]
) -> Iterator[Mention]:
    """Yield what the covered districts lie in: 「泉州市」 over 鲤城区 and 洛江区."""
    taken = {span.start for _, span in mentions}
    parents = (parent for district in covered for parent in gazetteer.ancestors(district))
    for name in dict.fromkeys(parents):
        for match in re.finditer(re.escape(fold(name)), question):
            if match.start() not in taken:
                yield Mention(name, Span(*match.span()))


def _unlisted(question: str, mentions: Sequence[Mention], segmenter: Segmenter) -> list[Mention]:
    """Return places like 「思明区」 that no gazetteer lists."""
    taken = {i for mention in mentions for i in range(*mention.span)}
    patterns = (_EVERY, _ANY, _OTHER_THAN)
    general = (match for pattern in patterns for match in pattern.finditer(question))
    taken |= {i for match in general for i in range(*match.span())}
    found: list[Mention] = []
    words: list[tuple[int, str]] = []
    offset = 0
    for word in segmenter.cut(question):
        words.append((offset, word))
        offset += len(word)
    for i, (start, word) in enumerate(words):
        if start in taken or not word.endswith(tuple(_SUFFIX)):
            continue
        name = word
        # An unknown name falls apart: 「思」「明」「区」, 「厦」「门市」.
        before = [w for s, w in words[max(0, i - 3) : i] if s not in taken]
        while before and len(name) < 3 and len(before[-1]) <= 3 - len(word):
            name = before.pop() + name
        if len(name) >= 3 and _ADMINISTRATIVE.fullmatch(name) and not _NOT_PLACES.search(name):
            end = start + len(word)
            found.append(Mention(name, Span(end - len(name), end)))
            if len(found) > 1 and found[-2].span.end == found[-1].span.start:
                (city, span), (part, last) = found[-2:]  # 「厦门市思明区」 is one place
                found[-2:] = [Mention(city + part, Span(span.start, last.end))]
    return found
