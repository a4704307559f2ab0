"""Everything that a district plans: a passage from each section of what it wrote last.

For a request without a theme (「洛江区有什么打算？」), which no search can rank.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.store import Index
from index.types import Passage
from qa.status import plans_in, reviews
from qa.years import year_told


def overview(district: str, years: Sequence[int], limit: int, index: Index) -> list[int]:
    """Return at most `limit` passages of a district by their ordinals, in the document's order.

    One from each section that doesn't look back, the one with most plans in it; of the `years`
    asked about, else of the newest documents.
    """
    passages = index.passages
    sections: dict[tuple[str, str | None, str | None], list[int]] = {}
    for ordinal in _of_years(index.by_district.get(district, []), years, passages):
        passage = passages[ordinal]
        place = (passage.document_id, passage.article, passage.section)
        sections.setdefault(place, []).append(ordinal)
    told = {place: own for place, own in sections.items() if place[2] and not reviews(place[2])}
    chosen = [
        max(own, key=lambda ordinal: plans_in(passages[ordinal].text))
        for own in (told or sections).values()
    ]
    if len(chosen) < 2:  # without sections every passage is one
        chosen = [ordinal for own in sections.values() for ordinal in own]
    return (
        [chosen[i * len(chosen) // limit] for i in range(limit)] if len(chosen) > limit else chosen
    )


def _of_years(
    ordinals: Sequence[int], years: Sequence[int], passages: Sequence[Passage]
) -> list[int]:
    asked = [o for o in ordinals if year_told(passages[o]) in years]
    if asked:
        return asked
    newest = max((passages[o].year or 0 for o in ordinals), default=0)
    return [o for o in ordinals if (passages[o].year or 0) == newest]
