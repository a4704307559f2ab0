"""Articles of a newspaper's page that begin without a byline or a place and day.

What ends the one above tells, or a headline set apart. Where a page has blank lines between its
articles and none inside them, a blank line tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from index.blocks import NUMBERED, Block
from index.bylines import AUTHOR, BULLET, CLOSES, NAME_ALONE, PHOTOGRAPHED, is_byline
from index.drafts import Draft, may_be_headline
from index.repair import breaks_between
from index.sentences import is_finished

_SENTENCE, _PROSE = 12, 20
_LONGEST = 34
_LINES_OF_HEADLINE = 3
_FIRST = 8
_LONGEST_ESSAY = 100
_FEWEST, _SHARE = 4, 0.2
_PICTURED = re.compile("[▲▼◀▶◄►△▽↑↓]")


class Headline(NamedTuple):
    """A headline that may begin an article: its lines, its byline, and whether a blank line stands above.

    It is ``closed`` below what ends an article, and ``signed`` where an author ends this one.
    """

    start: int
    end: int
    byline: int | None
    below_blank: bool
    closed: bool
    signed: bool

    @property
    def text(self) -> int:
        """The number of the first line under headline and byline."""
        return self.end if self.byline is None else self.byline + 1


class Begun(NamedTuple):
    """What may begin another article: a headline, the first lines ``above`` it, those ``told`` under it.

    It stands in an article under another headline (``within``), if that has one. Blank lines set it
    ``apart``; what ends an article stands above it (``closed``) or an author ends this one (``signed``); it
    may be ``resumed`` from another page what it stands below.
    """

    headline: str
    within: str | None
    above: Sequence[Block]
    told: Sequence[Block]
    apart: bool
    closed: bool
    signed: bool
    resumed: bool


IsAnother = Callable[[Draft, Begun], bool]


def blanks_tell(lines: Sequence[Block], text: str) -> bool:
    """Tell whether blank lines stand between articles only: hardly ever between two that are sentences."""
    beside = [
        is_below_blank(above, line, text)
        for above, line in pairwise(lines)
        if is_finished(above.text)
        and is_finished(line.text)
        and len(line.text) >= _SENTENCE
        and not _PICTURED.match(line.text)
    ]
    return len(beside) >= _FEWEST and sum(beside) <= _SHARE * len(beside)


def is_below_blank(above: Block, line: Block, text: str) -> bool:
    """Tell whether a blank line stands between two lines."""
    return breaks_between(above, line, text) > 1


def is_prose(line: Block) -> bool:
    """Tell whether a line is a paragraph of sentences, and no item of a list."""
    told = len(line.text) >= _PROSE and re.search("[，。；]", line.text)
    listed = NUMBERED.match(line.text) or BULLET.match(line.text)
    return bool(told and line.level is None and not listed)


def with_unsigned(
    drafts: Sequence[Draft], is_another: IsAnother, text: str, blanks: bool
) -> list[Draft]:
    """Return the drafts, parted where another's article begins under a headline.

    Blank lines set one apart where these tell (`blanks`). Under a headline below an author it does in any case.
    """
    return [part for draft in drafts for part in _parts(draft, is_another, text, blanks)]


def _parts(draft: Draft, is_another: IsAnother, text: str, blanks: bool) -> list[Draft]:
    lines, parts, spans = draft.blocks, [replace(draft)], [(0, 0)]
    headlines = [*_headlines(lines, text)]
    ends = [*(headline.start for headline in headlines), len(lines)][1:]
    for headline, end in zip(headlines, ends, strict=True):
        first = spans[-1][1]
        parts[-1].blocks = lines[first : min(headline.start, first + _FIRST)]
        told_to = _end_of_block(lines, headline.text, end, text) if blanks else end
        begun = Begun(
            headline=" ".join(line.text for line in lines[headline.start : headline.end]),
            within=parts[-1].headline,
            above=parts[-1].blocks,
            told=lines[headline.text : told_to],
            apart=blanks and headline.below_blank,
            closed=headline.closed,
            signed=headline.signed,
            resumed=parts[-1].resumes is not None,
        )
        below_author = AUTHOR.fullmatch(_above_pictures(lines, headline.start))
        if below_author or is_another(parts[-1], begun):
            byline = None if headline.byline is None else lines[headline.byline].text
            parts.append(Draft(begun.headline, byline))
            spans.append((headline.start, headline.text))
    ends = [*(start for start, _ in spans), len(lines)][1:]
    for part, (_, first), end in zip(parts, spans, ends, strict=True):
        part.blocks = lines[first:end]
    return parts


def _end_of_block(lines: Sequence[Block], start: int, end: int, text: str) -> int:
    """Return where the first blank line stands between lines of a range, or its end."""
    below = (i for i in range(start + 1, end) if is_below_blank(lines[i - 1], lines[i], text))
    return next(below, end)


def _headlines(lines: Sequence[Block], text: str) -> Iterator[Headline]:
    """Yield what may be a headline, of a few lines at most, below the end of an article and above a paragraph."""
    start = 1
    while start < len(lines) - 1:
        above = lines[start - 1]
        closed = CLOSES.fullmatch(_above_pictures(lines, start)) is not None
        ended = is_finished(above.text) or above.text.endswith(PHOTOGRAPHED) or above.leaves_off
        last = min(len(lines) - 1, start + _LINES_OF_HEADLINE) if ended or closed else start
        end = start
        while (
            end < last
            and _is_part(lines[end], closed)
            and not (
                end > start
                and is_below_blank(lines[end - 1], lines[end], text)
                and not NAME_ALONE.fullmatch(lines[end].text)
            )
        ):
            end += 1
        begins = next((i for i in range(start + 1, end) if _OPENS.match(lines[i].text)), start)
        named = end > begins + 1 and NAME_ALONE.fullmatch(lines[end - 1].text) is not None
        byline = is_byline(lines, end)
        first = end + byline
        below = first < len(lines) and (
            is_prose(lines[first]) or (closed and is_finished(lines[first].text))
        )
        if end == start or not below:
            start += 1
            continue
        by = end if byline else end - 1 if named else None
        signed = named and _is_signed_below(lines, first)
        blank = is_below_blank(lines[begins - 1], lines[begins], text)
        yield Headline(
            begins, end - (named and not byline), by, blank, closed and begins == start, signed
        )
        start = end


def _above_pictures(lines: Sequence[Block], i: int) -> str:
    """Return the line above one, pictures' captions left out."""
    above = (line.text for line in reversed(lines[max(0, i - _FIRST) : i]))
    return next(
        (text for text in above if not (_PICTURED.match(text) or text.endswith(PHOTOGRAPHED))), ""
    )


_OPENS = re.compile("[\u4e00-\u9fff]{2,8}[：:]")


def _is_signed_below(lines: Sequence[Block], first: int) -> bool:
    """Tell whether the next article that ends below tells who its author is."""
    below = lines[first : first + _LONGEST_ESSAY]
    ends = (line.text for line in below if CLOSES.fullmatch(line.text))
    return AUTHOR.fullmatch(next(ends, "")) is not None


def _is_part(line: Block, closed: bool) -> bool:
    """Tell whether a line may be of a headline; below what ends an article it may ask or call."""
    text = line.text.rstrip("？！?!") if closed else line.text
    listed = text.count("、") > 1
    part = may_be_headline(line) and not is_finished(text) and not listed
    return part and 0 < len(text) <= _LONGEST
