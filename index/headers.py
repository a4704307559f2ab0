"""Headers of tables: which row is one, and what a row is with it.

Cells are told apart in `rows`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.blocks import Block
from index.rows import cells
from index.types import Span

_FIGURE_IN_CELL = re.compile(
    r"(?!(?:19|20)\d\d年?[\u4e00-\u9fff]{0,6}$)[约≥≤>]?\d[\d.,]*\s*[%％]?[\u4e00-\u9fff]{0,4}|[-—–/]"
)


def headers_of(lines: Sequence[Block]) -> dict[int, Block]:
    """Return the header of each row of a table, by the row's number; its own is itself.

    That is the first of a run of rows of as many cells, which has no figure where others have; where a
    rule is drawn, the row above it. A line that names a part of the table may stand between.
    """
    found: dict[int, Block] = {}
    rows = [
        cells(line.text) if line.cells or "\n" not in line.text else [line.text] for line in lines
    ]
    start = 0
    while start < len(lines):
        table = _table(lines, rows, start)
        if len(table) > 1 and _is_header(lines, rows, table):
            found |= dict.fromkeys(table, lines[start])
        start = table[-1] + 1
    return found


def _table(lines: Sequence[Block], rows: Sequence[Sequence[str]], start: int) -> list[int]:
    """Return which lines are of one table, that begins with a line."""
    table, columns = [start], len(rows[start])
    if columns == 1 or lines[start].level is not None:
        return table
    for i in range(start + 1, len(lines)):
        above = i - 1 == table[-1]
        if lines[i].level is not None or lines[i].page != lines[i - 1].page:
            break
        same = lines[i].cells == lines[start].cells
        if same and _is_row_of(lines[start].text, lines[i].text, len(rows[i]), columns):
            if not above or _touches(lines, i) or columns > _FEW or lines[i].cells:
                table.append(i)
                continue
            break
        in_parts = columns > _FEW or lines[start].cells
        named = above and in_parts and len(rows[i]) == 1 and len(lines[i].text) <= _LONGEST_PART
        if not named or "。" in lines[i].text:
            break
    return table


# Rows of more columns may stand apart.
_FEW = 3
_LONGEST_PART = 20


def _is_row_of(header: str, row: str, own: int, columns: int) -> bool:
    """Tell whether a row is one under a header: its last cells may be empty."""
    return own == columns or ("\t" in header and "\t" in row and 1 < own < columns)


def _is_header(lines: Sequence[Block], rows: Sequence[Sequence[str]], table: Sequence[int]) -> bool:
    """Tell whether the first row of a table is its header."""
    start, *others = table
    own = rows[start]
    if any(map(_FIGURE_IN_CELL.fullmatch, own)) or any(lines[i].ruled for i in others[1:]):
        return False
    if lines[others[0]].ruled:
        return True
    if "|" in lines[start].text:  # in Markdown a rule stands under a header
        return False
    if not own or not all(rows[i] for i in others):
        return False
    below = {rows[i][0][-1:] for i in others}
    of_places = own[0][-1:] in below & set("区县市镇乡旗省") and not _ANY_PLACE.fullmatch(
        "".join(own[0].split())
    )
    told = any(_FIGURE_IN_CELL.fullmatch(cell) for i in others for cell in rows[i])
    return told and not of_places


_ANY_PLACE = re.compile("[地县市区省旗盟州乡镇各所属、和（()）]{1,6}")


def _touches(lines: Sequence[Block], i: int) -> bool:
    blank = lines[i].spaced and not lines[i - 1].spaced  # where all are indented, all are spaced
    return lines[i].level is None and lines[i].page == lines[i - 1].page and not blank


def under_header(header: Block, row: Block, text: str) -> Block:
    """Return a row with its header, as they stand in the document, a line each.

    Where cells stand one below the other, a blank line is between.
    """
    end = text.find("\n", header.spans[-1].end)
    if header.cells:
        breaks = [Span(end, end + 1), Span(below := text.find("\n", end + 1), below + 1)]
        return replace(
            row,
            text=f"{header.text}\n\n{row.text}",
            spans=(*header.spans, *breaks, *row.spans),
        )
    start, end = header.spans[0].start, end + 1
    above = Span(start, end)
    if end == row.spans[0].start:
        spans: tuple[Span, ...] = (Span(start, row.spans[0].end), *row.spans[1:])
    else:
        spans = (above, *row.spans)
    return replace(row, text=text[start:end] + row.text, spans=spans)
