"""Places inside a district: those that a question names (「浙江嘉兴」, of which no document is), or asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import accumulate

from index.counties import county_in
from index.gazetteer import Gazetteer
from index.segmenter import Segmenter
from index.text import fold
from qa.figures import IN_TABLE
from qa.mentions import mentions_in
from qa.places import LONGEST_COUNTY, inside_exclusion
from qa.wording import asking_clauses


def _opening_places(text: str, district: str, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Yield the cities and counties inside a district with whose names a text begins, and by which."""
    for length in range(min(len(text), LONGEST_COUNTY), 1, -1):
        name = text[:length]
        city = gazetteer.full_name(name) or gazetteer.full_name(f"{name}市")
        if city and district in gazetteer.ancestors(city):
            yield city, name
        elif county := county_in(name, district, gazetteer):
            yield county, name


_AROUND = re.compile("市?(?:周边|周围|附近|一带|以外|之外)")


def lying_in(
    district: str,
    question: str,
    covered: Collection[str],
    gazetteer: Gazetteer,
    segmenter: Segmenter,
) -> tuple[str, ...]:
    """Return the places inside a district that a question names and no document is of.

    Only what speaks of them answers 「浙江嘉兴新增就业多少」. Counties, which no gazetteer lists where no document
    is near them, stand right behind the district.

    >>> from index.gazetteer import bundled_gazetteer
    >>> from index.segmenter import full_segmenter
    >>> known = ["浙江省"], bundled_gazetteer(), full_segmenter(bundled_gazetteer())
    >>> lying_in("浙江省", "浙江嘉兴新增就业多少？", *known), lying_in("浙江省", "浙江义乌有多少商铺？", *known)
    (('嘉兴市',), ('义乌市',))
    """
    folded = fold(question)
    mentions = mentions_in(folded, gazetteer, segmenter, covered)
    found = [
        name
        for name, span in mentions
        if district in gazetteer.ancestors(name)
        and not (inside_exclusion(folded, span) or _AROUND.match(folded, span.end))
    ]
    edges = {0, *accumulate(map(len, segmenter.cut(folded)))}
    for own, (_, end) in mentions:
        start = end + folded.startswith("的", end)
        if own != district or end not in edges:
            continue
        for place, name in _opening_places(folded[start:], district, gazetteer):
            after = start + len(name)
            if after in edges and not _AROUND.match(folded, after):
                found.append(place)
                break
    return tuple(name for name in dict.fromkeys(found) if name not in covered)


_ASKS_WHICH = re.compile(
    r"哪[几一]?[个些条]?((?:[县市区旗州镇乡村路街]|街道|社区)+)(?=$|[\s?!,.;的了里有要会能将在是上开建新推实先也都呢呀啊])"
)
_NOT_COUNTED = "(?<![个些几两各全每本该我])"
# Names of smaller places, by what they end with; 城中村, 古镇 and 公路 are none.
_SMALL = {
    "村": rf"{_NOT_COUNTED}(?<![农乡])(?<!城中|行政|自然|示范|中心|美丽|传统|建制)村(?![民委庄级居务企落集容貌])",
    "镇": rf"{_NOT_COUNTED}(?<![乡城村集小古])(?<!特色)镇(?![街村区级域痛静定])",
    "乡": rf"{_NOT_COUNTED}(?<![城下家返回故水老同思])乡(?![村镇亲贤土愁级道情友民])",
    "街": rf"{_NOT_COUNTED}街道|{_NOT_COUNTED}(?<![大上步])街(?![区头面巷道])"
    r"|(?<![铁思出])路(?![灯面网径由口段子基边])|[大国省县绿]道|[\u4e00-\u9fff\d]线",
    "区": rf"{_NOT_COUNTED}(?<![业老])社区",
}
_SMALL["路"] = _SMALL["街"]

# 「石榴、南浦、赤岭3个山区乡镇」
_LISTED = re.compile(
    r"[\u4e00-\u9fff]{2,4}(?:,[\u4e00-\u9fff]{2,4}){1,12}等?[\d两三四五六七八九十]+个"
    r"(?:山区|库区|沿海|边远|中心|重点)?(乡镇|镇街|[县市旗镇乡村]|街道|社区)"
)


def places_asked(question: str, district: str) -> str:
    """Return how the places inside a district end that alone are asked for; "" if something else is.

    >>> places_asked("改造哪几个村？", "丰泽区"), places_asked("改造哪几个村，花多少钱？", "丰泽区")
    ('村', '')
    """
    asked = [_ASKS_WHICH.search(clause) for clause in asking_clauses(fold(question))]
    kinds = "".join(match[1] for match in asked if match)
    return "" if not all(asked) or district[-1] in kinds else kinds


def lacks_place(kinds: str, district: str, text: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a text names no place inside a district of the `kinds` that are asked for, see `places_asked`.

    A table's cells may be anything, and a text needn't repeat whose it is.

    >>> from index.gazetteer import bundled_gazetteer
    >>> known = bundled_gazetteer()
    >>> lacks_place("县市", "吉林省", "建设24个群众滑冰场。", known)
    True
    >>> lacks_place("县市", "吉林省", "支持长春建设滑冰场。", known)
    False
    >>> lacks_place("村", "丰泽区", "推进城中村改造。", known), lacks_place("镇", "洛江区", "马甲、罗溪2个山区乡镇建校。", known)
    (True, False)
    """
    folded = fold(text)
    if IN_TABLE.search(folded) or any({*kinds} & {*kind} for kind in _LISTED.findall(folded)):
        return False
    if any(re.search(small, folded) for kind, small in _SMALL.items() if kind in kinds):
        return False
    starts = range(len(folded)) if {*kinds} & {*"县市区旗州"} else ()
    return not any(any(_opening_places(folded[i:], district, gazetteer)) for i in starts)
