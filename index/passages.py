"""Paragraphs cut into passages: whole sentences, each lead sentence with what follows it.

A passage is a piece of one paragraph; what stands in several places becomes one passage with
`also_at` (see `reprints`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.sentences import clauses_in, sentence_spans
from index.types import Span

MAX_LENGTH = 300
_TAIL = 60
# What a paragraph is cut into is never longer.
LONGEST = MAX_LENGTH + _TAIL
_MAX_LEAD = 22
_LEAD = re.compile(
    r"[一二三四五六七八九十]+(?:要|是|、)|[（(][一二三四五六七八九十]+[)）]|第[一二三四五六七八九十]+[,，、]|首先|其次|再次|最后"
    r"|——"
)


def passage_spans(text: str) -> list[Span]:
    """Return where a paragraph is cut into passages of about 300 characters at most.

    >>> text = "产业要升级。" + "投资办厂，建好园区。" * 20 + "二要惠民生。" + "建学校，建医院。" * 20
    >>> [text[start : start + 6] for start, end in passage_spans(text)]
    ['产业要升级。', '二要惠民生。']
    """
    passages: list[Span] = []
    for unit in _units(text):
        pieces = _within_limit(text, unit)
        if passages and pieces and _fits(passages[-1], pieces[0]):
            passages[-1] = Span(passages[-1].start, pieces.pop(0).end)
        passages += pieces
    return passages


def is_lead(sentence: str) -> bool:
    """Tell whether a sentence opens a new point and belongs to what follows it.

    >>> is_lead("三要以改革惠民生。"), is_lead("推动产业转型再提质。"), is_lead("投资12亿元,建园区。")
    (True, True, False)
    """
    sentence = sentence.strip()
    if _LEAD.match(sentence):
        return True
    return len(sentence) <= _MAX_LEAD and re.search(r"[，,；;：:、\d]", sentence) is None


def _units(text: str) -> Iterator[list[Span]]:
    """Yield the paragraph's sentences, those that make one point together."""
    unit: list[Span] = []
    for sentence in sentence_spans(text):
        follows_lead = len(unit) == 1 and is_lead(text[unit[0].start : unit[0].end])
        if unit and not follows_lead and is_lead(text[sentence.start : sentence.end]):
            yield unit
            unit = []
        unit.append(sentence)
    if unit:
        yield unit


def _within_limit(text: str, unit: Sequence[Span]) -> list[Span]:
    """Return a unit as spans of at most `MAX_LENGTH` characters and about the same length."""
    total = unit[-1].end - unit[0].start
    target = total / -(-total // MAX_LENGTH)
    pieces: list[Span] = []
    for sentence in (piece for whole in unit for piece in _short(text, whole)):
        nearer = pieces and _length(pieces[-1]) + _length(sentence) / 2 <= target
        if nearer and _fits(pieces[-1], sentence):
            pieces[-1] = Span(pieces[-1].start, sentence.end)
        else:
            pieces.append(sentence)
    return pieces


def _short(text: str, sentence: Span) -> list[Span]:
    """Return a sentence, or its clauses packed together if it is longer than a passage may be."""
    if _length(sentence) <= MAX_LENGTH:
        return [sentence]
    packed: list[Span] = []
    for clause in clauses_in(text, sentence):
        if packed and _fits(packed[-1], clause):
            packed[-1] = Span(packed[-1].start, clause.end)
        else:
            packed += _hard_cut(text, clause)
    return packed


_OUTSIDE_A_FIGURE = re.compile(r".*(?<![\dA-Za-z.,%])", re.DOTALL)


def _hard_cut(text: str, clause: Span) -> list[Span]:
    """Return a clause in pieces, cut after 「、」 where one is near, never inside a figure.

    >>> text = "字" * 298 + "12亿元"
    >>> [text[start:end] for start, end in _hard_cut(text, Span(0, len(text)))][1]
    '12亿元'
    """
    pieces: list[Span] = []
    start = clause.start
    while clause.end - start > MAX_LENGTH:
        end = start + _length_of_piece(text[start : start + MAX_LENGTH])
        pieces.append(Span(start, end))
        start = end
    return [*pieces, Span(start, clause.end)]


def _length_of_piece(text: str) -> int:
    outside = _OUTSIDE_A_FIGURE.match(text)
    lengths = (text.rfind("、") + 1, outside.end() if outside else 0)
    return next((length for length in lengths if length > MAX_LENGTH // 2), MAX_LENGTH)


def _fits(before: Span, piece: Span) -> bool:
    return piece.end - before.start <= MAX_LENGTH + (_TAIL if _length(piece) < _TAIL else 0)


def _length(span: Span) -> int:
    return span.end - span.start
