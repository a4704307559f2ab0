"""The district that a name, a heading or a sentence of a document names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.blocks import NUMBERED
from index.counties import (
    SPACED_NAME,
    county_in,
    opening_counties,
    short_county_in,
    with_counties,
)
from index.gazetteer import Cut, Gazetteer, Mention
from index.text import fold

# 「丰泽区：建学校」, 「【丰泽区】」, 「▲丰泽　建学校」, 「丰泽区（10件）」, 「对话丰泽：建学校」, 「丰泽 · 建学校」
_OPENING_NAME = re.compile(
    r"[【\[■●◆▲★*# ]*(?:对话(?=[\u4e00-\u9fff]+[：:]))?([\u4e00-\u9fff]{2,12})\s*"
    r"(?:[：:】\]|｜丨]|(?<=\s)·(?=\s)|(?:[（(]共?\d+[件项个条][）)])?\**$)"
    r"|[■●◆▲★]\s*([\u4e00-\u9fff]{2,12})[ \u3000]+(?=\S)"
)
_LONG_NAME = 16
_LONGEST_OPENING = 30
_CLAUSE_BEGINS = re.compile("(?:^|[，,：:；;。）)])$")
AND_MORE = re.compile("[和与到至、及]")
_SHORT_CITY = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?=$|[\d\s：:]|政府|工作|报告)")


@dataclass(frozen=True, slots=True)
class Names:
    """The names of districts as a document writes them.

    Attributes:
        gazetteer: The districts that the document may be of.
        cut: Tells where a text's words begin and end.
        whole: Whose the whole document is: only districts in it are told apart.
        paper: The city whose newspaper it is.
    """

    gazetteer: Gazetteer
    cut: Cut
    whole: str | None = None
    paper: str | None = None

    def mentions(self, text: str) -> list[Mention]:
        """Return the districts that a text names."""
        return self.gazetteer.mentions(text, self.cut)

    def named_in(self, text: str | None) -> str | None:
        """Return the district that a text names: the only one, or the one in which the others lie."""
        if not text:
            return None
        text = SPACED_NAME.sub(r"\1\2", text)
        return (
            self.gazetteer.named_in(text, self.cut)
            or self._short_county(text)
            or self._city_opening(text)
        )

    def whole_name(self, text: str) -> str | None:
        """Return the district whose names are all of a text, as of a table's cell."""
        text = SPACED_NAME.sub(r"\1\2", text)
        mentions = self.mentions(text)
        apart = sum(end - start for _, (start, end) in mentions) == len(text)
        return self.held(self.named_in(text)) if mentions and apart else None

    def held(self, name: str | None) -> str | None:
        """Return a district's name if the document tells such ones apart."""
        return name if name and self.holds(name) else None

    def holds(self, district: str) -> bool:
        """Tell whether a district lies in the one that the whole document is of, if it is of one."""
        return self.whole in (None, *self.gazetteer.ancestors(district))

    def with_unit(self, name: str) -> str | None:
        """Return the county of a name that is a word besides: 平和县 for 「平和」."""
        full = (self.gazetteer.full_name(f"{name}{unit}") for unit in "区县市旗")
        return next(filter(None, full), None)

    def _short_county(self, text: str) -> str | None:
        county = short_county_in(fold(text))
        return self.gazetteer.full_name(county) if county else None

    def _city_opening(self, text: str) -> str | None:
        """Return the city whose short name opens a title: 「杭州2025年工作要点」."""
        match = _SHORT_CITY.match(text)
        return self.gazetteer.full_name(f"{match[1]}市") if match else None

    def begun_with(self, text: str, whole: bool = False) -> str | None:
        """Return the county with whose name, full or short unless it must be the `whole` one, a text begins."""
        known = with_counties(self.gazetteer, opening_counties([text]))
        begins = (m for m in known.mentions(text[:_LONG_NAME], self.cut) if m.span.start == 0)
        named = next((m.district for m in begins), None)
        return named if named and (not whole or text.startswith(named)) else None

    def of_city(self, name: str) -> str | None:
        """Return the county of a name, full or short, if it lies in the paper's city."""
        full = self.whole_name(name) or self.with_unit(name)
        known = with_counties(self.gazetteer, [full] if full else [])
        return full if full and self.paper in known.ancestors(full) else None

    def is_beside(self, owner: str, name: str) -> bool:
        """Tell whether neither of two districts lies in the other."""
        known = with_counties(self.gazetteer, [owner, name])
        above = (*known.ancestors(name), *known.ancestors(owner))
        return name != owner and owner not in above and name not in above

    def inside_of(self, owner: str, name: str | None) -> str | None:
        """Return a district's name if it lies in an owner."""
        known = with_counties(self.gazetteer, [name] if name else [])
        return name if name and owner in known.ancestors(name) else None

    def subject(self, text: str, known: Gazetteer) -> str | None:
        """Return the only district that a text names, if a clause begins with it; in a paper one of its city."""
        name = self.held(known.named_in(text, self.cut))
        if name and self.paper and self.paper not in (name, *known.ancestors(name)):
            return None
        begins = name is not None and any(
            mention.district == name
            and _CLAUSE_BEGINS.search(text[: mention.span.start])
            and not AND_MORE.match(text, mention.span.end)
            for mention in known.mentions(text, self.cut)
        )
        return name if begins else None

    def opening(self, text: str) -> str | None:
        """Return the district whose name, set apart, is the first of a text: 「洛江区：办夜校」."""
        match = _OPENING_NAME.match(without_number(text))
        if match is None:
            return None
        name = match[1] or match[2]
        beside = county_in(fold(name), self.paper) if self.paper else None
        return self.whole_name(name) or self.held(self.with_unit(name)) or self.held(beside)

    def is_heading(self, text: str) -> bool:
        """Tell whether a line names its district and says what of it: 「洛江区：办夜校」."""
        said = without_number(text)
        apart = _OPENING_NAME.match(said)
        return (
            is_line(text)
            and self.opening(text) is not None
            and apart is not None
            and apart.end() < len(said)
        )

    def inside(self, text: str | None) -> str | None:
        """Return the district that `text` names in full, if the file's name names what it lies in."""
        name = self.named_in(text)
        return name if name and name in fold(text or "") and self.holds(name) else None


def is_line(text: str) -> bool:
    """Tell whether a text is a short line that isn't a sentence."""
    return len(text) <= _LONGEST_OPENING and "。" not in text


def without_number(heading: str) -> str:
    """Return a heading without its number.

    >>> without_number("（一）洛江区")
    '洛江区'
    """
    number = NUMBERED.match(heading) or re.match(r"\d{2}[ \u3000]+", heading)
    return heading[number.end() :] if number else heading
