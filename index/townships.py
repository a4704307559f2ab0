"""In which county the places lie that a text names: 「三岔河镇」 is in 安乡县, though nothing says so.

`data/towns.csv` has the towns, streets and 苏木 of each county as the National Bureau of Statistics published
them for 2023 (taken from the package china-division, WTFPL). Many counties have a 城关镇; so names count by
how few counties have them, and one alone, of a county that isn't named, tells nothing outside its city.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources

from index.counties import city_of, counties_in, counties_of_city, short_names_in
from index.text import fold

_KIND = re.compile("(?:镇|乡|街道|苏木)$")
# 「城镇化」, 「乡村」 and 「街道路」 end no town's name.
_LAST = re.compile("镇(?![化级域压痛静])|乡(?!村(?!民)|[土愁亲音贤情级域镇])|街道(?![路化])|苏木")
_LONGEST, _SHORTEST = 10, 2
# What is read in 「开放城镇」, 「修通镇村公路」 and 「小城镇」 as well; so it tells of no county.
_NO_NAME = re.compile("(?:.|.?城|.村|中心)镇|(?:.|发展|建设)乡|街道")
# What a county's own name counts, each time up to so many, and a town's short name: 「均溪」.
_NAMED, _BY_SHORT_NAME, _MORE, _MOST_TIMES, _SHORT = 1.0, 0.6, 0.25, 4, 0.5
_ENOUGH = 1.0
_TIMES_THE_NEXT = 2.5
# A town's name, or so many short ones, must be among what tells.
_FEWEST_SHORT, _LETTERS_A_SHORT = 3, 500
# A short name of towns of more counties is a word rather: 「建设」, 「团结」.
_FEW = 7
_OF_CITY = re.compile("全[市州]")
# What a county says of itself: 「全县」, 「我们大田」.
_OURS = re.compile(
    "(?<![安保完健齐])[全我该][区县市旗](?!域|场)|(?:我们|咱们)(?=[\u4e00-\u9fff])|[县旗]里"
)


def county_of_places(text: str, city: str | None = None) -> str | None:
    """Return the county in which the places lie that a text names, or None where they don't agree.

    Only counties of a `city` are looked at, if one is given; else those that the text names, or two of whose
    towns it does.

    >>> county_of_places("三岔河镇今年修泵站。", "常德市"), county_of_places("城关镇今年修泵站。")
    ('安乡县', None)
    >>> county_of_places("均溪镇、上京镇今年种茶。"), county_of_places("均溪镇、三岔河镇今年种茶。")
    ('大田县', None)
    """
    folded = fold(text)
    towns = {name: counties for name in _towns_in(folded) if (counties := _within(name, city))}
    told: dict[str, float] = defaultdict(float)
    whole: Counter[str] = Counter()
    for counties in towns.values():
        for county in counties:
            told[county] += 1 / len(counties)
            whole[county] += 1
    named = _counties_named(folded, city, told)
    for county, times in named.items():
        first = _NAMED if _in_full(county, folded) else _BY_SHORT_NAME
        told[county] += first + _MORE * (min(times, _MOST_TIMES) - 1)
    considered = {
        county
        for county in told
        if city is not None or named[county] or (whole[county] > 1 and told[county] >= _ENOUGH)
    }
    short = _short_in(folded, considered, {_KIND.sub("", name) for name in towns})
    for county, names in short.items():
        told[county] += _SHORT * len(names)
    best, *others = [*sorted(considered, key=lambda county: -told[county]), None]
    if best is None or told[best] < _ENOUGH:
        return None
    if others[0] and told[best] < _TIMES_THE_NEXT * told[others[0]]:
        return None
    if len(towns) == 1 and not named[best] and _OF_CITY.search(folded):
        return None  # one town among what the whole city does
    few = max(_FEWEST_SHORT, len(folded) // _LETTERS_A_SHORT)  # a long text has some by chance
    many = whole[best] or len(short.get(best, ())) >= few
    # 「旧金山」 isn't 金山区.
    ours = named[best] > 1 and _in_full(best, folded) and _OURS.search(folded)
    return best if many or ours else None


# 「▲5月11日，三岔河镇的大棚里」, 「在三岔河镇」
_OPENS = re.compile(
    r"[●■◆▲△▼○◎☆★\s]*(?P<day>(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[上下]午)?(?:至\d{1,2}日)?,|日前,|近日,)?(?:在|走进|来到)?"
)
_GOES_ON = re.compile("[和与到至、及同向]")


def opening_county(text: str, city: str) -> str | None:
    """Return the county of a city with a town of which alone a text opens, behind the county's name or a day, if any.

    Behind a day its name does by itself.

    >>> opening_county("5月11日，三岔河镇的大棚里", "常德市"), opening_county("到三岔河镇看看", "常德市")
    ('安乡县', None)
    >>> opening_county("安乡县三岔河镇的大棚里", "常德市"), opening_county("安乡县修了大棚", "常德市")
    ('安乡县', None)
    """
    opens = _OPENS.match(folded := fold(text[:_OPENING]))
    said = folded[opens.end() if opens else 0 :]
    counties = ((c, name) for c in counties_of_city(city) for name in _full_names_of(c))
    begun = [(county, name) for county, name in counties if said.startswith(name)]
    named, name = max(begun, key=lambda one: len(one[1]), default=(None, ""))
    told = said[len(name) :]
    towns = (told[:length] for length in range(_LONGEST, _SHORTEST - 1, -1))
    town = next((name for name in towns if _within(name, city)), "")
    lies_in = _within(town, city)
    if _GOES_ON.match(told, len(town)) or (named and town and named not in lies_in):
        return None
    if named:
        return named if town or (opens and opens["day"]) else None
    return lies_in[0] if len(lies_in) == 1 else None


_OPENING = 40


def names_place_of(text: str, county: str) -> bool:
    """Tell whether a text names a county, or one of its towns in full.

    >>> names_place_of("三岔河镇修路", "安乡县"), names_place_of("三岔河镇修路", "澧县")
    (True, False)
    """
    folded = fold(text)
    return any(name in folded for name in (*_names_of(county), *_of_county().get(county, ())))


def _towns_in(folded: str) -> Iterator[str]:
    """Yield the full names of towns that a folded text has, the longest where it may be several, each once."""
    seen: set[str] = set()
    for match in _LAST.finditer(folded):
        pieces = (folded[match.end() - n : match.end()] for n in range(_LONGEST, _SHORTEST - 1, -1))
        name = next((piece for piece in pieces if piece in _by_name()), None)
        if name is not None and name not in seen:
            seen.add(name)
            yield name


def _within(town: str, city: str | None) -> tuple[str, ...]:
    counties = _by_name().get(town, ())
    return tuple(c for c in counties if city_of(c) == city) if city else counties


def _counties_named(folded: str, city: str | None, told: Mapping[str, float]) -> Counter[str]:
    """Return how often a folded text names each county of a city, or of all that it may name."""
    may_be = (
        counties_of_city(city)
        if city
        else {*told, *counties_in(folded, ""), *short_names_in(folded)}
    )
    times = {county: max(map(folded.count, _names_of(county))) for county in may_be}
    return Counter({county: n for county, n in times.items() if n})


def _short_in(
    folded: str, counties: Collection[str], taken: Collection[str]
) -> dict[str, list[str]]:
    """Return the towns of some counties that a folded text names without their kind, beside those `taken`."""
    found: dict[str, list[str]] = {}
    for county in counties:
        for town in _of_county().get(county, ()):
            name = _KIND.sub("", town)
            own = len(name) >= _SHORTEST and name not in taken and name not in _names_of(county)
            if own and name in folded and _short_names()[name] <= _FEW:
                found.setdefault(county, []).append(name)
    return found


def _names_of(county: str) -> tuple[str, ...]:
    return counties_of_city(city_of(county) or "").get(county, (fold(county),))


@cache
def _full_names_of(county: str) -> tuple[str, ...]:
    return tuple(name for name in _names_of(county) if name.endswith(("区", "县", "市", "旗")))


def _in_full(county: str, folded: str) -> bool:
    return any(name in folded for name in _full_names_of(county))


@cache
def _of_county() -> Mapping[str, tuple[str, ...]]:
    table = resources.files("index") / "data" / "towns.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["county"]: tuple(map(fold, row["towns"].split("|"))) for row in rows}


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for county, towns in _of_county().items():
        for town in towns:
            found[town].append(county)
    names = ((town, counties) for town, counties in found.items() if not _NO_NAME.fullmatch(town))
    return {town: tuple(counties) for town, counties in names}


@cache
def _short_names() -> Counter[str]:
    """Return how many counties have a town of each name, without its kind."""
    return Counter(
        name for towns in _of_county().values() for name in {_KIND.sub("", town) for town in towns}
    )
