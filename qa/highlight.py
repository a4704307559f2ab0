"""The words of a passage that answer: a clause or a sentence, never a whole longer passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.passages import is_lead
from index.sentences import clause_spans, sentence_spans
from index.store import Index
from index.types import Span
from qa.figures import Expected, asks_for, holds
from qa.retrieve import Query, ranking_weights
from qa.types import Kind

_SHORT = 45


def highlights(text: str, topic: str, question: str, kind: Kind, index: Index) -> tuple[Span, ...]:
    """Return the ranges of a passage's `text` that answer best.

    That is the sentence that fits best or, where it is long, the run of its clauses that does, with
    a figure if one is asked for. Where several things are asked for, a second run that fits nearly
    as well is marked too.
    """
    judge = _Judge(topic, Query.of(topic, index), asks_for(question), index)
    sentences = _telling(text)
    first, score = judge.best(text, sentences)
    if _long(first):
        first, score = judge.best(text, list(_runs(text, first)))
    marked = [first]
    if kind in _SEVERAL:
        others = [run for s in sentences for run in _runs(text, s) if not _overlap(run, first)]
        second, its_score = judge.best(text, others) if others else (first, 0.0)
        if its_score > score * _NEARLY:
            marked.append(second)
    return tuple(_trimmed(text, span) for span in sorted(marked))


_SEVERAL = ("way", "list", "overview", "compare")
_NEARLY = 0.6


def _telling(text: str) -> list[Span]:
    """Return the sentences that tell something: not 「三要以改革惠民生。」 if more follows it.

    A short sentence that nothing follows, or another short one, isn't taken for a lead.
    """
    sentences = sentence_spans(text)
    leads = [is_lead(text[s.start : s.end]) and not _long(s) for s in sentences]
    followed = [*(not lead for lead in leads[1:]), False]
    opening = (lead and more for lead, more in zip(leads, followed, strict=True))
    return [s for s, opens in zip(sentences, opening, strict=True) if not opens]


def _long(span: Span) -> bool:
    return span.end - span.start > _SHORT


def _overlap(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end


@dataclass(frozen=True, slots=True)
class _Judge:
    """What tells how well a piece of text answers."""

    topic: str
    query: Query
    expected: Expected | None
    index: Index

    def best(self, text: str, spans: list[Span]) -> tuple[Span, float]:
        """Return the span of `text` that answers best, and its score."""
        pieces = [text[start:end] for start, end in spans]
        rows = self.index.encoder.encode([self.topic, *pieces])
        meaning = rows[1:] @ rows[0]
        weight = ranking_weights()
        scores = [
            (weight["words"] + weight["sentence"]) * self.query.sentence_match(piece)
            + weight["meaning"] * float(cosine)
            + weight["coverage"] * self.query.coverage(piece)
            + (weight["typed"] if self.expected and holds(self.expected, piece) else 0.0)
            for piece, cosine in zip(pieces, meaning, strict=True)
        ]
        chosen = int(np.argmax(scores))
        return spans[chosen], scores[chosen]


def _runs(text: str, sentence: Span) -> Iterator[Span]:
    """Yield every one, two or three neighbouring clauses of a sentence that aren't tiny."""
    clauses = clause_spans(text[sentence.start : sentence.end])
    for first in range(len(clauses)):
        for last in range(first, min(first + 3, len(clauses))):
            run = Span(sentence.start + clauses[first].start, sentence.start + clauses[last].end)
            if run.end - run.start >= 8:
                yield run


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    end = span.start + len(piece.rstrip(" \n,，;；:：、"))
    return Span(span.start + len(piece) - len(piece.lstrip()), end)
