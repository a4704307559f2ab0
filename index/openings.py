"""The opening of the article that a passage is part of: it tells whose plan this is, and of what.

The passages after it seldom say that again. What an opening is worth is left to `qa.retrieve`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.sources import RECORDS
from index.types import Passage

_LENGTH = 120
_RUNNING = re.compile(r"(.+)[-_:./#](\d{1,4})", re.ASCII)


def openings(passages: Sequence[Passage]) -> list[str]:
    r"""Return for each passage the headline and the first characters of its article.

    Lines of a ``.jsonl`` file are one article if they follow each other and their ids are numbered,
    from 0 or 1 on.

    >>> openings([
    ...     Passage("g-0", "关于减免房租的通知", "政策.jsonl", "d", 1, ()),
    ...     Passage("g-1", "免收三个月租金。", "政策.jsonl", "d", 2, ()),
    ... ])
    ['\n关于减免房租的通知', '\n关于减免房租的通知']
    """
    found: list[str] = []
    first: dict[tuple[str | None, ...], str] = {}
    before: tuple[str, str, int] | None = None
    for passage in passages:
        article: tuple[str | None, ...] = passage.document_id, passage.article, passage.district
        opening = first.setdefault(article, passage.text[:_LENGTH])
        if passage.document.lower().endswith(RECORDS):
            this = _numbered(passage)
            goes_on = this and before and this[:2] == before[:2] and this[2] == before[2] + 1
            opening = found[-1].partition("\n")[2] if goes_on else passage.text[:_LENGTH]
            before = this if goes_on or (this and this[2] <= 1) else None
        found.append(f"{passage.article or ''}\n{opening}")
    return found


def _numbered(passage: Passage) -> tuple[str, str, int] | None:
    """Return the document, what all ids of an article share, and the number that they don't."""
    numbered = _RUNNING.fullmatch(passage.id)
    return (passage.document_id, numbered[1], int(numbered[2])) if numbered else None
