"""Towns, streets and zones by the names that documents give themselves; in which county a town lies tells `townships`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.bylines import COLUMNS
from index.counties import counties_of, is_county, with_counties
from index.gazetteer import Gazetteer
from index.rows import cells
from index.text import fold
from index.types import Passage, Source

# Not 小镇, 城乡 or 各街道, nor the 乡 of 乡村.
_TOWN = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,5}?(?:[\u4e00-\u9fff](?<![各全本我该个些市区])街道(?![路景环治改])"
    r"|[\u4e00-\u9fff](?<![城乡村小集重古各全本我该名])镇(?![化级域村街压痛静])"
    r"|[\u4e00-\u9fff](?<!长寿)(?<![之城返下家故老水侨茶同入各全本我该还进])乡(?![村土愁亲音贤镇情级域下县])|苏木))"
)
_ZONE = re.compile(
    "(?:国家级?)?(?:经济技术开发区|经济开发区|经开区|高新技术产业开发区|高新技术开发区|高新区|开发区|工业园区|台商投资区"
    "|旅游度假区|保税区|新区)(?!域)"
)
_CALLED = re.compile("街道|镇|乡|苏木")
_OFFICE = re.compile(
    r"\s*(?:[：:]|办事处|党[工政]?委|人民政府|管委会|[镇乡]长|书记|主任|$"
    r"|(?:20\d\d年|年度)?度?(?:重点|主要|民生|经济)?(?:工作|任务|实事|项目)?(?:计划|总结|要点|目标|打算|安排|清单|报告)(?=$|[（(]))"
)
# So many rows of a table that begin with towns' names are told of them.
_FEWEST_ROWS = 3
# Also what stands before a file's or a brief's name: 「03中溪镇简讯」, 「【简讯】中溪镇添新丁」.
_NUMBER = re.compile(
    r"^(?:\d{1,3}[-_ ]?(?=[\u4e00-\u9fff])(?![年月日个届期级时多余万亿千百条座家户人名项大强小])"
    rf"|[【\[][^】\]]{{0,4}}(?:{COLUMNS}|公告|通知|问政)[】\]])?"
    r"[#*【\[■●◆▲\s]*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)?"
)
_LONGEST_LINE = 40
_LONGEST_PLACE = 16


def known_to(source: Source, gazetteer: Gazetteer) -> Gazetteer:
    """Return the gazetteer with the counties, towns and zones that a document may be of.

    >>> from index.gazetteer import bundled_gazetteer
    >>> source = Source("番禺区石碁镇2025年工作要点.txt", "今年修路。")
    >>> known = known_to(source, bundled_gazetteer())
    >>> known.full_name("石碁"), known.ancestors("石碁镇")
    ('石碁镇', ['番禺区', '广州市', '广东省'])
    """
    known = with_counties(gazetteer, counties_of(source))
    towns: dict[str, str | None] = {}
    for town, parent in _towns_of(source, known):
        towns[town] = towns.get(town) or parent
    in_rows = [town for town in _towns_of_rows(source) if town not in towns]
    if not (towns or in_rows):
        return known
    own = _county_of(source, known)
    above = {town: lies_in for town, parent in towns.items() if (lies_in := parent or own)}
    above |= {town: own for town in in_rows if own}
    named = {**known.with_districts(towns).full_names, **{town: town for town in in_rows}}
    return Gazetteer(named, {**known.parents, **above})


def _county_of(source: Source, known: Gazetteer) -> str | None:
    """Return the county, city or banner with whose name a document's name, title or first line begins."""
    first = next(
        (line for line in source.text[source.body_start :].split("\n") if line.strip()), ""
    )
    for head in (source.district, source.name, source.title, first):
        name = _place_opening(fold(_NUMBER.sub("", (head or "").strip())), known)
        full = name and (known.full_name(name) or known.full_name(f"{name}市"))
        if full and full.endswith(tuple("县区市旗")):
            return full
    return None


def with_parents(gazetteer: Gazetteer, passages: Sequence[Passage]) -> Gazetteer:
    """Return the gazetteer with what the towns of passages lie in, by their documents' names and headlines.

    Where none of those says it, a town lies where all others do, if there are documents of that.

    >>> from index.counties import with_counties
    >>> from index.gazetteer import bundled_gazetteer
    >>> plan = Passage("p", "修路。", "番禺区石碁镇计划.txt", "d", 1, (), "石碁镇")
    >>> with_parents(with_counties(bundled_gazetteer(), ["番禺区", "石碁镇"]), [plan]).ancestors("石碁镇")
    ['番禺区', '广州市', '广东省']
    """
    districts = {passage.district: None for passage in passages if passage.district}
    towns = [name for name in districts if IS_TOWN.search(name) and name not in gazetteer.parents]
    heads = {(p.district, head) for p in passages for head in (p.document, p.article or "")}
    found: dict[str, str] = {}
    for town, head in heads:
        before, is_named, _ = fold(head).partition(fold(town or "\0"))
        if town in towns and is_named and (parent := _place_ending(before, gazetteer)):
            found[town] = parent
    beside = _counties_beside(towns, passages)
    for town in towns:  # one in a document of a county
        if town not in found and len(beside[town]) == 1:
            found[town] = beside[town].pop()
    if len(parents := {*found.values()}) == 1 and parents <= districts.keys():
        found = dict.fromkeys(towns, parents.pop())
    return Gazetteer(gazetteer.full_names, {**gazetteer.parents, **found}) if found else gazetteer


def _counties_beside(towns: Sequence[str], passages: Sequence[Passage]) -> dict[str, set[str]]:
    """Return the districts, other than towns, of the documents that have passages of each town."""
    within: dict[str, set[str]] = {}
    for passage in passages:
        if passage.district:
            within.setdefault(passage.document_id, set()).add(passage.district)
    beside: dict[str, set[str]] = {town: set() for town in towns}
    for districts in within.values():
        counties = {district for district in districts if not IS_TOWN.search(district)}
        for town in districts & beside.keys():
            beside[town] |= counties
    return beside


IS_TOWN = re.compile("(?:[镇乡]|街道|苏木)$")


def _towns_of(source: Source, known: Gazetteer) -> Iterator[tuple[str, str | None]]:
    """Yield the towns and zones after which a document, a part of it or its writer is called."""
    if source.records:
        return
    lines = [line.strip() for line in source.text[source.body_start :].split("\n") if line.strip()]
    opening = [source.name.rsplit(".", 1)[0], source.title or "", source.site or "", *lines[:1]]
    for head in opening:
        yield from _named(head, known, calls_whole=True)
    for line in lines:
        yield from _named(line[:_LONGEST_LINE], known, calls_whole=False)


def _towns_of_rows(source: Source) -> list[str]:
    """Return the towns with whose full names at least some rows of tables begin."""
    if source.records:
        return []
    rows = (cells(line.strip()) for line in source.text[source.body_start :].split("\n"))
    first = (fold(cell) for row in rows if len(row) > 1 for cell in row[:2])
    towns = [cell for cell in first if _TOWN.fullmatch(cell) and not _KIND_OF_TOWN.match(cell)]
    return list(dict.fromkeys(towns)) if len(towns) >= _FEWEST_ROWS else []


_KIND_OF_TOWN = re.compile(
    "(?:中心|特色|重点|一般|其他|其它|示范|建制|商业|主干|试点|全部|部分|有关|所有|边境|山区|平原|先进|核心|大|小|上报|牵头|责任|相关|涉及|文明|卫生|美丽|经济|工业|农业|旅游)+(?:镇|乡|街道)"
)


def _named(text: str, known: Gazetteer, *, calls_whole: bool) -> Iterator[tuple[str, str | None]]:
    text = fold(_NUMBER.sub("", text)).removeprefix("中共")
    parent, before = None, ""
    while (name := _place_opening(text, known)) and not _CALLED.match(text, len(name)):
        parent = known.full_name(name) or known.full_name(f"{name}市")
        before, text = name, text[len(name) :]
    town = _TOWN.match(text)
    zone = _ZONE.match(text) if before else None
    match = town or zone
    if match is None or not (calls_whole or _OFFICE.match(text, match.end())):
        return
    yield town["name"] if town else before + match[0], parent


def _place_opening(text: str, known: Gazetteer) -> str | None:
    """Return the longest name of a place with which a text begins."""
    names = (text[:n] for n in range(_LONGEST_PLACE, 1, -1))
    return next((name for name in names if _is_place(name, known)), None)


def _place_ending(text: str, known: Gazetteer) -> str | None:
    """Return the full name of the longest place with which a folded text ends."""
    names = (known.full_names.get(text[-n:]) for n in range(min(len(text), _LONGEST_PLACE), 1, -1))
    return next((name for name in names if name), None)


def _is_place(name: str, known: Gazetteer) -> bool:
    return name in known.full_names or f"{name}市" in known.full_names or is_county(name)
