"""Where Chinese sentences and clauses end.

Nothing is changed or dropped: the spans laid side by side are the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.types import Span

CLOSING = "”’」』）)》〉】］]\"'"
# A half-width full stop ends a sentence only after a Chinese character: 「第1.5条」 holds none.
_STOP = r"(?:[。！？!?…]+|(?<=[\u4e00-\u9fff])\.(?![0-9A-Za-z.]))"
_SENTENCE_END = re.compile(rf"(?:{_STOP}[{re.escape(CLOSING)}]*|\n)\s*")
_CLAUSE_END = re.compile(rf"(?:(?:{_STOP}|[；;：:，]|,(?!\d))[{re.escape(CLOSING)}]*|\n)\s*")
_TERMINAL = re.compile(rf"[。！？!?…；;：:.][{re.escape(CLOSING)}\s]*$|[）)】\]]\s*$")


def sentence_spans(text: str) -> list[Span]:
    """Return the sentences of `text`, each with its closing quotation marks and white space.

    >>> [text[s:e] for text in ["他说:“改革要快。”二要惠民生!"] for s, e in sentence_spans(text)]
    ['他说:“改革要快。”', '二要惠民生!']
    """
    return list(_pieces(text, _SENTENCE_END))


def clause_spans(text: str) -> list[Span]:
    """Return the clauses of `text`: as sentences, but commas, semicolons and colons end one too.

    >>> [text[s:e] for text in ["投资1,200万元,建3所学校；"] for s, e in clause_spans(text)]
    ['投资1,200万元,', '建3所学校；']
    """
    return list(_pieces(text, _CLAUSE_END))


def clauses_in(text: str, sentence: Span) -> list[Span]:
    """Return the clauses of one sentence of `text`, as ranges of all of it."""
    start = sentence.start
    return [Span(start + s, start + e) for s, e in clause_spans(text[start : sentence.end])]


def is_finished(text: str) -> bool:
    """Tell whether `text` ends as a finished sentence or list item does.

    >>> is_finished("完善机制。”"), is_finished("中部功能区等"), is_finished("一是改革,")
    (True, False, False)
    """
    return _TERMINAL.search(text) is not None


def windows(text: str) -> list[Span]:
    """Return what is embedded of a passage: sentences, clauses, and every two that are neighbours.

    The best window finds a passage better than the mean of all of it does, and the finer the better
    down to about twenty characters: so long sentences give packs of clauses too.

    >>> [text[s:e] for text in ["一要快。二要好。"] for s, e in windows(text)]
    ['一要快。', '一要快。二要好。', '二要好。']
    """
    sentences = sentence_spans(text)
    found = _with_pairs(sentences)
    for sentence in sentences:
        packs = _packs(text, sentence)
        if len(packs) > 1:
            found += _with_pairs(packs)
    return list(dict.fromkeys(found))


_PACK = 18


def _packs(text: str, sentence: Span) -> list[Span]:
    """Return a sentence's clauses, the short ones together with the next."""
    packs: list[Span] = []
    for clause in clauses_in(text, sentence):
        if packs and packs[-1].end - packs[-1].start < _PACK:
            packs[-1] = Span(packs[-1].start, clause.end)
        else:
            packs.append(clause)
    return packs


def _with_pairs(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for i, span in enumerate(spans):
        found.append(span)
        if i + 1 < len(spans):
            found.append(Span(span.start, spans[i + 1].end))
    return found


def _pieces(text: str, end: re.Pattern[str]) -> Iterator[Span]:
    start = 0
    for match in end.finditer(text):
        if text[start : match.end()].strip():
            yield Span(start, match.end())
            start = match.end()
    if start < len(text):
        yield Span(start, len(text))
