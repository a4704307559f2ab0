"""Where a passage stands and what it says, in one line: for the terminal, tables and chat clients.

The page says the same in `api/page/citation.js`; a test holds the two together.
"""

from __future__ import annotations

from index.types import Passage
from qa.types import Found

_OMITTED = "……"
_DIGEST = "摘要，非原文"


def heading(found: Found) -> str:
    """Return what stands above a passage: its address and what has to be known about it.

    >>> heading(Found(Passage("p", "先修路。", "晚报.txt", "d", 3, (), "洛江区"), 0.2))
    '只是相近 · 洛江区 · 晚报.txt 第3段'
    """
    passage = found.passage
    near = [] if found.answers else ["只是相近"]
    return " · ".join([*near, passage.location, *remarks(passage, passage.date, passage.url)])


def remarks(passage: Passage, *more: str | None) -> list[str]:
    """Return what has to be known about a passage beside its address, with `more` in between."""
    notes = [
        _DIGEST if passage.digest else None,
        "原文到此中断" if passage.truncated else None,
        *more,
        *(f"又见 {place.document} 第{place.paragraph}段" for place in passage.also_at),
    ]
    return [note for note in notes if note]


def quotation(found: Found) -> str:
    """Return the answering words as they are quoted, what is left out between them shown.

    Where none answer, it is the whole passage.

    >>> passage = Passage("p", "先修路，后种树，再盖楼。", "晚报.txt", "d", 3, ())
    >>> quotation(Found(passage, 0.9, ((0, 3), (8, 11))))
    '先修路……再盖楼'
    """
    text, words, done = found.passage.text, "", 0
    for start, end in found.highlights:
        words += f"{_OMITTED if words and start > done else ''}{text[start:end]}"
        done = end
    return words or text


def citation(found: Found) -> str:
    """Return a passage as it is cited: where it stands and the words quoted.

    >>> passage = Passage("p", "先修路。", "晚报.txt", "d", 3, (), "洛江区", "建设新城")
    >>> citation(Found(passage, 0.9))
    '洛江区《建设新城》（晚报.txt 第3段）：「先修路。」'
    """
    passage = found.passage
    headline = f"《{passage.article}》" if passage.article else ""
    notes = (
        f"{passage.document} 第{passage.paragraph}段",
        passage.date,
        passage.url,
        _DIGEST if passage.digest else None,
    )
    where = "，".join(note for note in notes if note)
    return f"{passage.district or ''}{headline}（{where}）：「{quotation(found)}」"
