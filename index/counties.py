"""China's counties: all are known, and count as places only where documents are of one.

Their names are too many, and too much like other words, to be looked for everywhere: 和平区, 新城区.
So a document's own are found when it is read, and those of an index, with the ones beside them, when
it is opened; the gazetteer looks for them as for any other place. `data/counties.csv` has names and codes
as the Ministry of Civil Affairs publishes them, without 台湾, 香港 and 澳门; short names that are words
besides (和平, 新城) are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from index.gazetteer import OF_A_PEOPLE, Gazetteer, bundled_gazetteer, read_rows
from index.text import fold
from index.types import Source


class County(NamedTuple):
    """A county, district or banner; `name` is in full, with its town where others have that name."""

    name: str
    own: str
    parent: str
    aliases: tuple[str, ...]

    @property
    def names(self) -> Iterator[str]:
        """Every name, folded."""
        yield fold(self.name)
        yield fold(self.own)
        yield from map(fold, self.aliases)
        yield from self.without_people
        if peopled := _DISTRICT_OF_A_PEOPLE.fullmatch(self.own):  # 「管城区」 and 「管城」
            yield fold(f"{peopled[1]}区")
            yield fold(peopled[1])
        if self.own.endswith("旗"):
            yield from map(fold, _short_names_of_banner(self.own))
        if self.name != self.own:  # 「福州鼓楼」
            yield from (fold(self.parent.rstrip("市") + name) for name in (self.own, *self.aliases))

    @property
    def without_people(self) -> list[str]:
        """An autonomous county's names without its people's, folded: 「丰宁自治县」, 「丰宁县」."""
        if not self.own.endswith(("自治县", "自治旗")):
            return []
        bare, ends = OF_A_PEOPLE.sub("", self.own)[:-3], (self.own[-3:], self.own[-1])
        provinces = bundled_gazetteer().parents.values()  # 「河南县域」
        known = len(bare) > 1 and f"{bare}省" not in provinces
        names = dict.fromkeys([*self.aliases, *([bare] if known else [])])
        return [fold(name + end) for name in names for end in ends]

    @property
    def is_plain(self) -> bool:
        """Whether its name is nothing else's, nor other words: 洛江区, but not 鼓楼区 or 新城区."""
        return self.name == self.own and bool(self.aliases)


_DISTRICT_OF_A_PEOPLE = re.compile("(.{2,3}?)(?:回|达斡尔)族区")


def _short_names_of_banner(name: str) -> Iterator[str]:
    """Yield what people call a banner, mostly by its first character.

    >>> [*_short_names_of_banner("科尔沁右翼中旗")], [*_short_names_of_banner("东乌珠穆沁旗")]
    (['科右中旗', '科尔旗'], ['东旗', '东乌旗'])
    """
    sides = "".join(re.findall("[左右前后中](?=翼|旗)", name))
    yield f"{name[0]}{sides}旗"
    if len(name) > 4:
        yield f"{name[:2]}旗"
    if plain := re.fullmatch("[正镶]+(.旗)", name):  # 「正蓝旗」
        yield plain[1]


def with_counties(
    gazetteer: Gazetteer, districts: Iterable[str], counts: Mapping[str, int] | None = None
) -> Gazetteer:
    """Return the gazetteer with these districts by all their names, and the counties beside them.

    A name that two of them bear is none of theirs; for `counts` see `Gazetteer.with_districts`.

    >>> from index.gazetteer import bundled_gazetteer
    >>> known = with_counties(bundled_gazetteer(), ["番禺区"])
    >>> known.full_name("番禺"), known.full_name("天河"), known.ancestors("番禺区")
    ('番禺区', '天河区', ['广州市', '广东省'])
    """
    named = [name for name in districts if fold(name) not in gazetteer.full_names]
    if not named:
        return gazetteer
    own = [county for county in map(_by_full_name().get, named) if county]
    parents = {county.parent for county in own}
    beside = [c for c in _by_full_name().values() if c.parent in parents and c not in own]
    full_names, above = dict(gazetteer.full_names), dict(gazetteer.parents)
    for counties in (own, beside):
        shared = Counter(name for county in counties for name in {*county.names})
        for county in counties:
            above.setdefault(county.name, county.parent)
            for name in county.names:
                if shared[name] == 1:
                    full_names.setdefault(name, county.name)
    return Gazetteer(full_names, above).with_districts(named, counts)


_IN_TOWN = re.compile(".{2,}?[市州省盟区].+[区县市旗]$")


def namesakes(districts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the names, folded, that several of these districts bear, and which.

    >>> namesakes(["福州市鼓楼区", "番禺区", "南京市鼓楼区"])["鼓楼"]
    ('福州市鼓楼区', '南京市鼓楼区')
    """
    towns = [name for name in districts if _IN_TOWN.match(name)]
    if len(towns) < 2:  # no table is read for nothing
        return {}
    bear: dict[str, list[str]] = {}
    for county in filter(None, map(_by_full_name().get, towns)):
        for name in dict.fromkeys(county.names):
            bear.setdefault(name, []).append(county.name)
    return {name: tuple(own) for name, own in bear.items() if len(own) > 1}


# 「道　县」
SPACED_NAME = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]{1,2}([\u4e00-\u9fff])(?![\u4e00-\u9fff])"
)
# A short line, or who speaks: 「天河区区长 王某：」
_SHORT_LINE = re.compile(
    r"^[ \u3000\t]*[^\s。][^\n。]{1,39}$|^[^\n。：:]{2,30}(?=[：:])", re.MULTILINE
)
# 「1,洛江区,夜校」, 「| 洛江区 | 夜校 |」
_CELL = re.compile(
    r"(?<![^\n\t|│｜,])[ \u3000]*([\u4e00-\u9fff]{1,14}[区县市旗])[ \u3000]*(?=[\t|│｜,])"
)


def counties_of(source: Source) -> list[str]:
    r"""Return the full names of the counties that a document may be of.

    It names them in its file's name, its title, a short line or a table's cell. A name that may mean something else
    counts if what it lies in is spoken of too.

    >>> text = "天河区：建孵化器\n\n广州市天河区今年建孵化器6家，番禺区也来取经。"
    >>> counties_of(Source("工作要点.txt", text)), counties_of(Source("鼓楼区要点.txt", "建孵化器。"))
    (['天河区'], [])
    """
    given = [source.name.rsplit(".", 1)[0], source.district or "", source.title or ""]
    given.append(source.site or "")
    given += {record.district for record in source.records or () if record.district}
    text = "" if source.records else source.text
    lines = [SPACED_NAME.sub(r"\1\2", line) for line in _SHORT_LINE.findall(text)]
    lines += dict.fromkeys(_CELL.findall(text))
    heads = fold("\n".join([*given, *lines]))
    whole = fold("\n".join([*given, text]))
    named = [*_counties_in(whole, whole), *_counties_in(heads, whole)]
    found = {c.name: None for c in named if any(name in heads for name in c.names)}
    titles = [*given, *lines[:_LINES_OF_TITLE]]
    openings = (match for head in titles for match in _OPENING_COUNTY.finditer(fold(head)))
    for match in openings:
        if len(counties := _by_own_name().get(match[0], [])) == 1:  # 「成县2026年实事清单」
            found[counties[0].name] = None
    for head in map(fold, given):  # 「商城县规划纲要」, though 商城 is a word
        names = (head[:length] for length in range(_LONGEST_NAME, _SHORTEST_NAME - 1, -1))
        counties = next(filter(None, map(_by_own_name().get, names)), [])
        if len(counties) == 1:
            found[counties[0].name] = None
    for name in [
        *DATELINE_OF.findall(source.text),
        *re.findall(NUMBER_OF_DOCUMENT, source.text[:_HEAD]),
    ]:
        found |= dict.fromkeys(_counties_called(name))
    # 「龙江网」 of 「我县」 is of 龙江县, of 「我省」 of none
    for name in _OF_SITE.findall(source.site or ""):
        found |= dict.fromkeys(c for c in _counties_called(name) if f"我{c[-1]}" in text)
    for head in given:  # 「番禺.txt」, 「龙州：建口岸」, 「龙州新闻」 of what 龙州 does
        name = _OPENING_ALIAS.match(folded := fold(head))
        alias = next((folded[:n] for n in (4, 3, 2) if folded[:n] in _by_alias()), None)
        if alias and _PRESS.match(folded, len(alias)):
            continue
        if name and name[1] in _by_alias():
            alias = name[1]
        elif alias and alias != folded and text.count(alias) < _OFTEN:
            alias = None
        if alias:
            found[_by_alias()[alias].name] = None
    for name in dict.fromkeys(_HEADLINE_OPENING.findall(text)):  # 「平和：一颗柚子」, of 平和县
        counties = [c for unit in "区县市旗" for c in _by_own_name().get(fold(name + unit), [])]
        if len(counties) == 1 and _tells_of(counties[0], name, text):
            found[counties[0].name] = None
    return list(found | dict.fromkeys(_of_one_city(_HEADLINE_OPENING.findall(text), text)))


def _counties_called(name: str) -> list[str]:
    full = [f"{name}{unit}" for unit in "区县市旗" if f"{name}{unit}" in _by_full_name()]
    return [*opening_counties([name]), *full]


def _of_one_city(openings: Iterable[str], text: str) -> list[str]:
    """Return the counties with whose short names lines open, those of a city that three are of, or that is named.

    A person may be called 建平; 「建平：」, 「喀左：」 and 「凌源：」 are counties.
    """
    opening = filter(None, (_by_alias().get(fold(name)) for name in dict.fromkeys(openings)))
    by_city: dict[str, list[str]] = {}
    for county in opening:
        by_city.setdefault(county.parent, []).append(county.name)
    return [
        name
        for city, names in by_city.items()
        if len(names) >= _SEVERAL or (len(names) > 1 and city.rstrip("市") in text)
        for name in names
    ]


def _tells_of(county: County, name: str, text: str) -> bool:
    """Tell whether a text uses a county's short name for it: a person may be called 建平.

    It says the name in full too, or, of a short name that is no other word, what the county lies in or
    another county there.
    """
    if text.count(name) < _OFTEN or county.name != county.own:
        return False
    if county.own in text:
        return True
    beside = (c for c in _by_full_name().values() if c.parent == county.parent and c != county)
    others = (
        n for c in beside for n in (c.own, *c.aliases) if len(n) > 2 or fold(n) in _by_alias()
    )
    return fold(name) in _by_alias() and (
        county.parent.rstrip("市") in text or any(other in text for other in others)
    )


_HEADLINE_OPENING = re.compile(
    r"^[^\w\n]*([\u4e00-\u9fff]{2,4})\s*[:：][^\n。]{2,36}$", re.MULTILINE
)
# 「本报洛江1月6日讯」, 「中原政办〔2026〕3号」
DATELINE_OF = re.compile(
    r"本报([\u4e00-\u9fff]{2,6}?)(?:\d{1,2}月\d{1,2}日[讯电]|讯(?=[ \u3000（(“]))(?:\s*[（(][^（）()]{1,30}[）)])?"
)
NUMBER_OF_DOCUMENT = r"([\u4e00-\u9fff]{1,6}?)政办?[发函字]?[〔\[（(]20\d\d[〕\]）)]"
# 「平阳网」, 「平阳新闻网」
_OF_SITE = re.compile(r"(?<!\S)([\u4e00-\u9fff]{2,4})(?:新闻)?网(?!\S)")
_HEAD = 600
_LINES_OF_TITLE = 6
_LONGEST_NAME, _SHORTEST_NAME = 15, 3
_OPENING_ALIAS = re.compile(r"[^\w]*([\u4e00-\u9fff]{2,4})\s*[:\]|丨]")
_OFTEN = _SEVERAL = 3
# A name of two characters is part of other words where it doesn't open: 「建成县级」.
_OPENING_COUNTY = re.compile(
    r"(?:^|(?<=[在—《“年])|(?<=关于|中共)|(?<=关于对))[\u4e00-\u9fff]县(?=$|[\d\W_]|人民|政府|县?委|今年|第.{1,3}[届次]|工作|国民|十[四五六]五|规划|财政|预算|统计|重点|民生|乡村|城乡)"
)
_PRESS = re.compile("(?:日|晚|早|周|时|快|新|商|导)报|周刊|新闻网|电视台|发布$")


def counties_in(opening: str, text: str) -> list[str]:
    """Return the full names of the counties that an opening names in full, or with what they lie in.

    `text` tells which is meant where several have that name.

    >>> counties_in("南京栖霞的朋友们，溧水区也建学校。", "")
    ['溧水区', '栖霞区']
    """
    folded = fold(opening)
    found = {county.name: None for county in _counties_in(folded, fold(opening + text))}
    found |= {county.name: None for name, county in _with_town().items() if name in folded}
    return list(found)


def _counties_in(opening: str, text: str) -> Iterator[County]:
    """Yield the counties that a folded opening names in full, if the name can mean nothing else there."""
    for own in _named(opening):
        counties = _by_own_name()[own]
        inside = [_spoken_of(county, text) for county in counties]
        county = counties[inside.index(max(inside))]
        if county.is_plain or (max(inside) and inside.count(max(inside)) == 1):
            yield county


def opening_counties(texts: Iterable[str]) -> list[str]:
    """Return the full names of the counties with whose names, full or short, texts begin.

    >>> opening_counties(["临朐今年治理河道。", "成县 12 公里", "河道今年治理。"])
    ['临朐县', '成县']
    """
    found: dict[str, None] = {}
    openings = [fold(text[:8]) for text in texts]
    for name in (opening[:n] for opening in openings for n in range(8, 1, -1)):
        if name in _by_alias():
            found[_by_alias()[name].name] = None
        elif len(counties := _by_own_name().get(name, [])) == 1:
            found[counties[0].name] = None
    return list(found)


def county_in(name: str, district: str, gazetteer: Gazetteer | None = None) -> str | None:
    """Return the county of a folded name, full or short, that lies in a city or province; or None.

    >>> county_in("鼓楼区", "福州市"), county_in("义乌", "浙江省"), county_in("义乌", "福建省")
    ('福州市鼓楼区', '义乌市', None)
    """
    known = gazetteer or bundled_gazetteer()
    bearing = [*_by_own_name().get(name, ())]
    bearing += [_by_alias()[name]] if name in _by_alias() else []
    inside = (c.name for c in bearing if district in (c.parent, *known.ancestors(c.parent)))
    return next(inside, None)


def short_county_in(text: str) -> str | None:
    """Return the county of two characters that a folded title names, where words fall together: 「2026年道县政府工作报告」.

    >>> short_county_in("2026年道县政府工作报告"), short_county_in("建成县级医院")
    ('道县', None)
    """
    found = (_by_own_name().get(match[0], []) for match in _OPENING_COUNTY.finditer(text))
    return next((counties[0].name for counties in found if len(counties) == 1), None)


def short_names_in(folded: str) -> set[str]:
    """Return the counties whose short names, that no other county has, a folded text holds.

    >>> short_names_in("大田种茶,不学平和.")
    {'大田县'}
    """
    return {county.name for alias, county in _by_alias().items() if alias in folded}


@cache
def counties_of_city(city: str) -> Mapping[str, tuple[str, ...]]:
    """Return the counties of a city by their full names, each with all its names, folded."""
    found = {c.name: tuple(c.names) for c in _counties() if c.parent == city}
    known = bundled_gazetteer()
    for name, full in known.full_names.items():
        if known.parents.get(full) == city:
            found[full] = (*found.get(full, ()), name)
    return found


def city_of(county: str) -> str | None:
    """Return what a county lies in, by its full name."""
    own = _by_full_name().get(county)
    return own.parent if own else bundled_gazetteer().parents.get(county)


def is_county(name: str) -> bool:
    """Tell whether a folded name, full or short, is that of one county, whether documents are of it or not."""
    return name in _by_alias() or len(_by_own_name().get(name, ())) == 1


def _named(text: str) -> Iterator[str]:
    """Yield the names of counties, without their towns', that folded `text` holds."""
    longest = max(map(len, _by_own_name()))
    seen: set[str] = set()
    for match in _LAST.finditer(text):
        pieces = (text[match.end() - n : match.end()] for n in range(longest, 1, -1))
        name = next((piece for piece in pieces if piece in _by_own_name()), None)
        if name is not None and name not in seen:
            seen.add(name)
            yield name


_LAST = re.compile("[区县市旗]")


def _spoken_of(county: County, text: str) -> int:
    """Return how often a text speaks of what a county lies in, by the first two characters of it."""
    return text.count(fold(county.parent[:2]))


@cache
def _counties() -> Sequence[County]:
    table = resources.files("index") / "data" / "counties.csv"
    rows = list(read_rows(table.read_text(encoding="utf-8"), "counties.csv"))
    shared = Counter(row.name for row in rows)
    cities = bundled_gazetteer().full_names  # 「朝阳」 is 朝阳市, not 朝阳县 in it
    return [
        County(
            row.name if shared[row.name] == 1 else row.parent + row.name,
            row.name,
            row.parent,
            tuple(alias for alias in row.aliases if f"{alias}市" not in cities),
        )
        for row in rows
    ]


@cache
def _by_full_name() -> dict[str, County]:
    return {county.name: county for county in _counties()}


@cache
def _by_own_name() -> dict[str, list[County]]:
    found: dict[str, list[County]] = {}
    for county in _counties():
        for name in dict.fromkeys([fold(county.own), *county.without_people]):
            found.setdefault(name, []).append(county)
    return found


@cache
def _by_alias() -> dict[str, County]:
    """Return the counties by the short names that no other has."""
    shared = Counter(alias for county in _counties() for alias in county.aliases)
    return {fold(a): c for c in _counties() for a in c.aliases if shared[a] == 1}


@cache
def _with_town() -> dict[str, County]:
    """Return the counties by their short names behind what they lie in: 「南京栖霞」."""
    return {
        fold(county.parent.rstrip("市") + alias): county
        for county in _counties()
        for alias in county.aliases
    }
