"""Where a question names districts: by the names that the gazetteer has and what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from index.gazetteer import Gazetteer, Mention
from index.segmenter import Segmenter
from index.text import fold
from index.types import Span

# Not the place alone: 省级, 市民, 区位, 县城; but 各区民生, 各省道路, 各市值得.
NO_PLACE = (
    r"(?!块|域|场(?![馆地景所])|级|直(?!接)|属(?!于)|道(?!路)|(?<=区)(?:别(?![的墅])|位(?![于列居置]))"
    r"|(?<=县)城|(?<=省)会(?=城|的|[在是]哪|$|\W)|(?<=市)(?:民(?!生(?!活)|政|办(?![事理公])|[营间众族])"
    r"|政(?![府协务策])|容(?![易纳])|值(?![得班])|价(?![格值])))"
)
WHOLE = re.compile(NO_PLACE)
EXCEPT = "(?<![消拆清扫解免铲废根破删剔切开革])除(?:了|去|开)?"
CONJUNCTIONS = "和与跟及同或"
BEFORE_PLACE = f"{CONJUNCTIONS}那在比问像"
# What can follow a place, and can't be the rest of a name.
AFTER_PLACE = re.compile(
    rf"(?:这边|那边|这里|那里)?(?:$|[^\w]|[呢的有今要会能在比也都是为各每哪{CONJUNCTIONS}]|去年|明年|怎|如何|咋|打算|计划|准备|什么|所有|[两三四五六七八九](?:个?[区县市]|地)|\d{{4}}年)"
)
# 「朝阳区」 is no part of 朝阳市's name, nor lies there; nor does 「朝阳片区」.
_PART_OF_A_TOWN = re.compile("区(?!块|域|位|间)|县(?!域)|(?:片|功能)区|组团")
BETWEEN = re.compile(rf"[\s,比{CONJUNCTIONS}]+(?:还有|以及)?|还有|以及")
# Chinese words that end like a place's name.
NOT_PLACES = re.compile(
    r"(?:[的了是谁咱在]|(?<!图)们)[区市县省]$|(?:(?<!天)心|(?<![回爱])民|活|养|貌|假|保|(?<!南)开|聚|强|控|制|冲|离|学|点|险|闲|储|垦|游|育|动|关)区$"
    r"|(?:城|园|院|小|社|片|景|地|校|山|新|市|郊|厂|灾|辖|街|专|特|林|牧|矿|库|湾|军|战|选|能|发|范|验|护|务|业|贸|税|行|作|疆|治|全|各|哪|个|"
    r"些|家|所|本|该|此|我|老|主|旧|港口|口|主产|滞洪|经济)区$|(?:强|早|设区|城|上|超|股|楼|(?<!成)都|夜|(?<![厦江荆])门|集|县|级|房|车|花|菜|全|各|本|该|我|省|闹|哪|个|些|家|所|入|开|互|收|转|列|[两三四五六七八九十])市$"
    r"|(?:全|各|本|该|郊|哪|个|些|家|所|强|百|贫|大|境|帮扶)县$|(?:全|各|本|该|外|我|节|反|哪|个|些|减|自|[两三四五六七八九十])省$"
)


def mentions_in(
    question: str, gazetteer: Gazetteer, segmenter: Segmenter, covered: Collection[str] = ()
) -> list[Mention]:
    """Return the districts that a question names, also after a conjunction (「洛江和丰泽」).

    A city's name without 市 counts where only a place can stand: 「厦门呢」, 「比厦门」; that of
    one that is `covered` wherever it is a word.
    """
    before_name, cities, city = _patterns(gazetteer)

    def cut(text: str) -> list[str]:
        # 「和丰」 could be a word, and 「从东」; where a district's name follows, a new word begins.
        return [word for piece in before_name.split(text) for word in segmenter.cut(piece)]

    folded = fold(question)
    found = gazetteer.mentions(question, cut)
    taken = {i for mention in found for i in range(*mention.span)}
    edges = {0, *accumulate(map(len, cut(folded)))}
    ends = {mention.span.end for mention in found}
    for match in city.finditer(folded):
        if match.start() in taken or _PART_OF_A_TOWN.match(folded, match.end()):
            continue
        if cities[match[0]] in covered and {*match.span()} <= edges:
            found.append(Mention(cities[match[0]], Span(*match.span())))
            continue
        before = folded[: match.start()][-1:]
        if before.isalnum() and before not in BEFORE_PLACE and match.start() not in ends:
            continue
        opens = not before.isalnum() or match.start() in ends
        if AFTER_PLACE.match(folded, match.end()) or (opens and match.end() in edges):
            found.append(Mention(cities[match[0]], Span(*match.span())))
    found += _in_lists(folded, found, gazetteer, segmenter, covered)
    return sorted(found, key=lambda mention: mention.span)


def _in_lists(
    question: str,
    found: Sequence[Mention],
    gazetteer: Gazetteer,
    segmenter: Segmenter,
    covered: Collection[str],
) -> list[Mention]:
    """Return what short names that are common words too stand for beside other districts, or asked alone.

    「建安」 is what builders do, but a district in 「魏都、建安、禹州」; so is 「经开区」 after 「旌阳和」, and 「商城呢？」.
    """
    bare = [(short, name) for name in covered for short in _bare_names(name, gazetteer)]
    borne = Counter(short for short, _ in bare)
    shorts = {short: name for short, name in bare if borne[short] == 1}
    if not shorts:
        return []
    starts, ends = ({getattr(m.span, edge) for m in found} for edge in ("start", "end"))
    matches = list(
        re.finditer("|".join(sorted(map(re.escape, shorts), key=len, reverse=True)), question)
    )
    listed: list[Mention] = []
    for match in (*matches, *reversed(matches)):
        start, end = match.span()
        after = _LISTED_BEFORE.search(question[:start])
        before = _LISTED_AFTER.match(question, end)
        goes_on = (before and before.end() in starts) or _LIST_ENDS.match(question, end)
        follows = after and after.start() in ends and goes_on
        leads = before and before.end() in starts and (after or opens(question, start))
        rare = segmenter.counts.get(match[0], 0) < _TOO_COMMON
        alone = opens(question, start) and _ASKED_ALONE.match(question, end)
        there = _THERE.search(question[:start]) and _DONE_THERE.match(question, end)
        asked = rare and (alone or there)
        if start not in starts and (follows or leads or asked):
            listed.append(Mention(shorts[match[0]], Span(start, end)))
            starts.add(start)
            ends.add(end)
    return listed


def _bare_names(name: str, gazetteer: Gazetteer) -> Iterator[str]:
    """Yield short names of a district that the gazetteer, for what else they mean, leaves out."""
    folded = fold(name)
    bare = re.sub("(?<=..)(?:新区|[区县市旗镇乡]|街道)$", "", folded)
    zone = re.search("(?:经济技术开发|经开|高新技术产业开发|高新)区$", folded)
    for short in (bare, zone and ("经开区" if zone[0].startswith("经") else "高新区")):
        if short and short != folded and short not in gazetteer.full_names:
            yield short


# What follows the last of a list, and no common word: 「魏都和建安有关的」 asks of what is built.
_LIST_ENDS = re.compile(
    r"$|[?!.比]|[今去明前]年|\d{4}年|各|都|分别|呢|哪|谁|的|[两三四五六七八九](?:个?[区县市]|[地家])"
)
# How often a word stands in jieba's corpus that is hardly meant as a place: 「建设呢？」.
_TOO_COMMON = 3000
_ASKED_ALONE = re.compile(
    r"呢[\s?!.]*$|[今去明前]年|\d{4}年|[这那](?:边|里|儿)|(?:全|整个)[区县市]|要不要|有没有|打算|准备"
    r"|乡下|城里|山里|街上|老百姓"
)
# 「从东山坐船去厦门」
_THERE = re.compile(r"(?:^|\W|[我们人想])从$")
_DONE_THERE = re.compile("坐|乘|搭|出发|到|去|开车")
_LISTED_BEFORE = re.compile(rf"[{CONJUNCTIONS},/\s]\s*(?:以及|还有)?$")
_LISTED_AFTER = re.compile(rf"\s*[{CONJUNCTIONS},/\s]\s*(?:以及|还有)?")


@lru_cache(maxsize=8)
def _patterns(gazetteer: Gazetteer) -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str]]:
    """Return where a name follows a conjunction, 从 or 在, and the cities known only with 市."""
    names = "|".join(map(re.escape, sorted(gazetteer.names, key=len, reverse=True)))
    short = {full[:-1]: full for full in gazetteer.districts if re.fullmatch("..+市", full)}
    cities = {name: full for name, full in short.items() if name not in gazetteer.full_names}
    either = "|".join(map(re.escape, sorted(cities, key=len, reverse=True))) or "(?!)"
    return (
        re.compile(rf"(?<=[{CONJUNCTIONS}从在])(?={names})"),
        cities,
        re.compile(either),
    )


def place_before(before: str, gazetteer: Gazetteer) -> str | None:
    """Return the place with whose name folded text ends, a city's with 市 or without."""
    pieces = [before[-n:] for n in range(min(len(before), 8), 1, -1)]
    found = (gazetteer.full_name(name) for piece in pieces for name in (piece, f"{piece}市"))
    return next(filter(None, found), None)


# 「陕西省会的地铁」; 「浙江省会有」 speaks of what 浙江省 will have.
_SEAT = re.compile("的?(?:省会(?:城市(?![群圈])|(?=的|呢|[今去明]年))|首府(?:城市)?)")


def with_capitals(question: str, gazetteer: Gazetteer) -> str:
    """Return a question with the names of the capitals that it speaks of.

    >>> from index.gazetteer import bundled_gazetteer
    >>> with_capitals("陕西省会的地铁多长？", bundled_gazetteer())
    '陕西西安的地铁多长？'
    """
    for seat in reversed([*_SEAT.finditer(question)]):
        before = fold(question[: seat.start()])
        province = place_before(before, gazetteer) or ""
        capital = gazetteer.capital(province)
        if capital and not _follows_another(before, province, gazetteer):
            name = capital.removesuffix("市")
            question = question[: seat.start()] + name + question[seat.end() :]
    return question


def _follows_another(before: str, province: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a province, with whose name folded text ends, is the second of two: 「福建和浙江」."""
    names = "|".join(map(re.escape, gazetteer.names_of(province)))
    joined = re.search(f"[{CONJUNCTIONS}、](?:{names})$", before)
    return joined is not None and place_before(before[: joined.start()], gazetteer) is not None


def opens(question: str, start: int) -> bool:
    """Tell whether a clause opens here."""
    return re.search(r"(?:^|\W)(?:那么?|而|请问|问)?$", question[:start]) is not None


def word_at(start: int, words: Sequence[str]) -> int:
    """Return how long the word is that begins here, 0 if none does."""
    lengths = [len(word) for word in words]
    return dict(zip(accumulate([0, *lengths]), lengths, strict=False)).get(start, 0)
