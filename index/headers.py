"""Headers of tables: which row is one, and what a row is with it.

Cells are told apart in `rows`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.repair import Block
from index.rows import cells
from index.types import Span

_FIGURE_IN_CELL = re.compile(
    r"(?!(?:19|20)\d\d年?[\u4e00-\u9fff]{0,6}$)[约≥≤>]?\d[\d.,]*\s*[%％]?[\u4e00-\u9fff]{0,4}|[-—–/]"
)


def headers_of(lines: Sequence[Block]) -> dict[int, Block]:
    """Return the header of each row of a table, by the row's number; its own is itself.

    That is the first of a run of rows of as many cells, which has no figure where others have; where a
    rule is drawn, the row above it.
    """
    found: dict[int, Block] = {}
    rows = [cells(line.text) for line in lines]
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and len(rows[end]) == len(rows[start]) and _touches(lines, end):
            end += 1
        if end - start > 1 and len(rows[start]) > 1 and _is_header(lines, rows, start, end):
            found |= dict.fromkeys(range(start, end), lines[start])
        start = end
    return found


def _is_header(lines: Sequence[Block], rows: Sequence[Sequence[str]], start: int, end: int) -> bool:
    """Tell whether the first row of a table is its header."""
    own = rows[start]
    if lines[start].level is not None or any(map(_FIGURE_IN_CELL.fullmatch, own)):
        return False
    if any(lines[i].ruled for i in range(start + 2, end)):
        return False
    if lines[start + 1].ruled:
        return True
    if "|" in lines[start].text:  # in Markdown a rule stands under a header
        return False
    below = {row[0][-1:] for row in rows[start + 1 : end]}
    of_places = own[0][-1:] in below & set("区县市镇乡旗省") and not _ANY_PLACE.fullmatch(own[0])
    told = any(_FIGURE_IN_CELL.fullmatch(cell) for row in rows[start + 1 : end] for cell in row)
    return told and not of_places


_ANY_PLACE = re.compile("[地县市区省乡镇各所属、和（()）]{1,6}")


def _touches(lines: Sequence[Block], i: int) -> bool:
    blank = lines[i].spaced and not lines[i - 1].spaced  # where all are indented, all are spaced
    return lines[i].level is None and lines[i].page == lines[i - 1].page and not blank


def under_header(header: Block, row: Block, text: str) -> Block:
    """Return a row with its header, as they stand in the document, a line each."""
    start, end = header.spans[0].start, text.find("\n", header.spans[-1].end) + 1
    above = Span(start, end)
    if end == row.spans[0].start:
        spans: tuple[Span, ...] = (Span(start, row.spans[0].end), *row.spans[1:])
    else:
        spans = (above, *row.spans)
    return replace(row, text=text[start:end] + row.text, spans=spans)
