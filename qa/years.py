"""Which year a passage tells of; a report looks back on the year before its own."""

from __future__ import annotations

import re

from index.text import fold
from index.types import Passage
from qa.status import reviews

_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
_LOOKS_BACK = re.compile("回顾|过去(?:的)?一年|一年来")


def year_told(passage: Passage) -> int | None:
    """Return the year that a passage tells of: its section's, else its document's.

    In a report of 2025 that is 2024 for 「一、2024年工作回顾」 and for 「过去一年的工作」.
    """
    section = fold(passage.section or "")
    named = {int(year) for year in _NAMED.findall(section)}
    if len(named) == 1:
        return named.pop()
    if not named and passage.year is not None and _LOOKS_BACK.search(section):
        return passage.year - 1
    return passage.year


def names_year(passage: Passage, year: int) -> bool:
    """Tell whether a passage's own words name a year."""
    return re.search(rf"(?<!\d){year}(?!\d)", fold(passage.text)) is not None


def tells_of(passage: Passage, year: int) -> bool:
    """Tell whether a passage tells of a year or names it, as far as can be seen.

    One without a date may, and what looks back may tell of the year before.
    """
    told = year_told(passage)
    if told in (None, year) or names_year(passage, year):
        return True
    return passage.year == year + 1 and reviews(passage.section or "")
