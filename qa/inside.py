"""Places inside a district that a question names: 「浙江嘉兴」, of which no document is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import accumulate

from index.counties import county_in
from index.gazetteer import Gazetteer
from index.segmenter import Segmenter
from index.text import fold
from qa.mentions import mentions_in
from qa.places import LONGEST_COUNTY, inside_exclusion


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
