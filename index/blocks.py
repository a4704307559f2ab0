"""The lines of a document, as the stages that read its structure hand them to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from index.types import Span


class Pointer(NamedTuple):
    """Where on other pages an article goes on or begins: 「上接第1版《办夜校》」."""

    page: str
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A line or paragraph of the document: ``text`` is the pieces ``spans`` put together.

    ``level`` is the heading level that the file format gives it, ``page`` counts from 0,
    ``spaced`` tells that a blank line or an indent stands before it, ``whole`` that the file format
    knows paragraphs, so that a line isn't one that was broken. ``ruled`` tells that a rule is drawn above
    it, ``cells`` that its lines are a table's cells,
    ``leaves_off`` has the 「下转第4版」 that stands below it, ``resumes`` the 「上接第1版」 above it.
    """

    text: str
    spans: tuple[Span, ...]
    level: int | None = None
    page: int = 0
    spaced: bool = False
    whole: bool = False
    ruled: bool = False
    leaves_off: Pointer | None = None
    resumes: Pointer | None = None
    cells: bool = False


# What numbers a line: 「一、」, 「（三）」, 「2.」.
NUMBERED = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节条部][分]?|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]"
    r"|\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]"
)

# 「【洛江】」, alone on its line.
BRACKETED = re.compile(r"【[^【】。，；]{2,20}】|〖[^〗。，；]{2,20}〗|\[[\u4e00-\u9fff]{2,12}\]")
