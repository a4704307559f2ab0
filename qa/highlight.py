"""The words of a passage that answer: a clause or a sentence, never a whole longer passage."""

from __future__ import annotations

from collections.abc import Iterator

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
    """Return the range of a passage's `text` that answers best.

    That is the sentence that fits best or, where it is long, the run of its clauses that holds
    nearly all that the sentence has to do with the question, and a figure if one is asked for.
    """
    query = Query.of(topic, index)
    expected = asks_for(question)
    sentences = _telling(text)
    best = _best(text, sentences, topic, query, expected, index)
    if _long(best):
        best = _best(text, list(_runs(text, best)), topic, query, expected, index)
    return (_trimmed(text, best),)


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


def _best(
    text: str,
    spans: list[Span],
    topic: str,
    query: Query,
    expected: Expected | None,
    index: Index,
) -> Span:
    pieces = [text[start:end] for start, end in spans]
    rows = index.encoder.encode([topic, *pieces])
    meaning = rows[1:] @ rows[0]
    weight = ranking_weights()
    words = weight["words"] + weight["sentence"]
    scores = [
        words * query.sentence_match(piece)
        + weight["meaning"] * float(cosine)
        + weight["coverage"] * query.coverage(piece)
        + (2.0 if expected and holds(expected, piece) else 0.0)
        for piece, cosine in zip(pieces, meaning, strict=True)
    ]
    return spans[int(np.argmax(scores))]


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
