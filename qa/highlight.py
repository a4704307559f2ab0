"""The words of a passage that answer: a clause or a sentence, never a whole longer passage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.encoders import Vectors
from index.interviews import question_above
from index.passages import is_lead
from index.rows import row_under_header
from index.sentences import clauses_in, sentence_spans
from index.store import Index
from index.text import fold
from index.types import Span
from qa.figures import Expected, asks_for, holds
from qa.reading import located
from qa.retrieve import Query, ranking_weights
from qa.status import plans_in, without_tense
from qa.types import Kind, Understood

_SHORT = 45
_LONGEST_LEAD = 25
_GROWN = 80
_SEVERAL = ("way", "list", "overview", "compare")
_NEARLY = 0.6
# What the reader says of where the answer stands, beside the weights of `ranking.json`.
_LOCATED = 4.0
# What the writer quotes or follows; the district's own words stand beside it.
_QUOTED = re.compile(r"(?:总书记|全会|《[^》]+》)[^,]{0,20}(?:指出|强调|提出(?!的)|明确)")
_FOLLOWED = re.compile(
    r"^(?:按照|根据|围绕|对照|结合|遵循)[^,]*(?:要求|部署|精神|指示|论述|指引)\W*$"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """What marks the words that answer one question, in any passage."""

    topic: str
    query: Query
    meaning: Vectors
    expected: Expected | None
    question: str
    kind: Kind
    index: Index
    literally: bool

    @classmethod
    def of(
        cls, understood: Understood, topic: str, index: Index, literally: bool = False
    ) -> Marker:
        """Return the marker for a question; `topic` is what is looked for.

        `literally` tells that only what says its very words answers.
        """
        return cls(
            topic=topic,
            query=Query.of(topic, index),
            meaning=index.vector(topic),
            expected=asks_for(understood.question),
            question=understood.question,
            kind=understood.kind,
            index=index,
            literally=literally,
        )

    def spans(self, text: str, asked: str = "") -> tuple[Span, ...]:
        """Return the ranges of a passage's `text` that answer best, the question being read as `asked`.

        That is the sentence that fits best or, where it is long, the run of its clauses that does,
        with a figure if one is asked for. Where ways or several things are asked for, the clauses
        beside it belong to it, and a second run that fits nearly as well is marked too.
        """
        if row := row_under_header(text):
            return self._cells(text, *row)
        sentences = self._telling(text)
        several = self.kind in _SEVERAL
        if not self.topic:
            return (_trimmed(text, _planned(text, _uncited(text, sentences))),)
        own = self.expected is None
        if own:
            sentences = _uncited(text, sentences)
        asked = asked or self.question
        first, score = self._best(text, sentences, asked)
        if _long(first) and (parts := list(_runs(text, first, own))):
            sentence = first
            first, score = self._best(text, parts, asked)
            if several:
                first = _grown(text, first, sentence, ())
        marked = [first]
        if several:
            runs = {run: s for s in sentences for run in _runs(text, s, own)}
            if others := [run for run in runs if not _overlap(run, first)]:
                second, its_score = self._best(text, others, asked)
                if its_score > score * _NEARLY and self._says_as_much(text, second, first):
                    marked.append(_grown(text, second, runs[second], (first,)))
        return tuple(_trimmed(text, span) for span in sorted(marked))

    def _cells(self, text: str, names: Sequence[Span], values: Sequence[Span]) -> tuple[Span, ...]:
        """Return the cell of a table's row that answers, with its column's name; all of the row if none does.

        What the row is of, its first cell, is only asked about.
        """

        def fits(column: int) -> float:
            name, value = (text[slice(*cells[column])] for cells in (names, values))
            held = self.expected is None or re.search(r"\d", value) is not None
            return self.query.sentence_match(name) if held else 0.0

        best = max(range(1, len(names)), key=fits)
        if len(names) == 2:
            return values[0], values[1]
        if fits(best) == 0.0:
            return (Span(values[0].start, values[-1].end),)
        return names[best], values[best]

    def _best(self, text: str, spans: Sequence[Span], asked: str) -> tuple[Span, float]:
        """Return the span of `text` that answers best, and its score."""
        if self.literally:
            spans = self._saying_most(text, spans)
        pieces = [text[start:end] for start, end in spans]
        held = self._holding(pieces)
        meaning = self.index.encoder.encode(pieces) @ self.meaning
        told = located(asked, text, spans)
        weight = ranking_weights()
        scores = [
            weight["sentence"] * self.query.sentence_match(piece)
            + weight["meaning"] * float(cosine)
            + weight["coverage"] * self.query.coverage(fold(piece))
            + weight["typed"] * holding
            + _LOCATED * likely
            for piece, holding, cosine, likely in zip(pieces, held, meaning, told, strict=True)
        ]
        chosen = int(np.argmax(scores))
        return spans[chosen], scores[chosen]

    def _telling(self, text: str) -> list[Span]:
        """Return the sentences that tell something: not 「三要以改革惠民生。」 if more follows it.

        A short sentence that nothing follows, or another short one, isn't taken for a lead; nor, for a
        fact, one that says most of what is asked for.
        """
        asked = len(question_above(text))
        sentences = [s for s in sentence_spans(text) if s.start >= asked]
        leads = [
            is_lead(text[s.start : s.end]) and s.end - s.start <= _LONGEST_LEAD for s in sentences
        ]
        followed = [*(not lead for lead in leads[1:]), False]
        opening = {
            s for s, lead, more in zip(sentences, leads, followed, strict=True) if lead and more
        }
        if self.topic and (self.literally or self.kind not in _SEVERAL):
            opening.difference_update(self._saying_most(text, sentences))
        return [s for s in sentences if s not in opening]

    def _saying_most(self, text: str, spans: Sequence[Span]) -> list[Span]:
        """Return the spans of `text` that say most of the topic's words."""
        said = [self.query.coverage(fold(text[start:end])) for start, end in spans]
        return [span for span, share in zip(spans, said, strict=True) if share == max(said)]

    def _says_as_much(self, text: str, second: Span, first: Span) -> bool:
        """Tell whether a second span may stand beside the first, where only the words count."""
        return not self.literally or second in self._saying_most(text, [second, first])

    def _holding(self, pieces: Sequence[str]) -> list[bool]:
        """Tell of each piece whether it holds the figure, date or person asked for.

        Only with the topic's least common word, if a piece has that: another thing's figure answers
        nothing.
        """
        if self.expected is None:
            return [False] * len(pieces)
        topic = without_tense(self.topic)
        words = {word: rare for word, rare in self.query.words.items() if word in topic}
        rarest = [word for word, rare in words.items() if rare == max(words.values())]
        saying = [any(word in fold(piece) for word in rarest) for piece in pieces]
        return [
            holds(self.expected, piece, self.question) and (says or not any(saying))
            for piece, says in zip(pieces, saying, strict=True)
        ]


def _planned(text: str, sentences: Sequence[Span]) -> Span:
    """Return the sentence that tells most of plans, or the part of it that isn't too long."""
    best = max(sentences, key=lambda span: plans_in(text[span.start : span.end]))
    first, *_ = _clauses(text, best)
    return _grown(text, first, best, ()) if best.end - best.start > _GROWN else best


def _uncited(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans that aren't what is cited, all of them if nothing else is there."""
    pieces = [(span, fold(text[span.start : span.end])) for span in spans]
    own = [s for s, piece in pieces if not (_QUOTED.search(piece) or _FOLLOWED.search(piece))]
    return own or list(spans)


def _clauses(text: str, sentence: Span) -> list[Span]:
    """Return the clauses of a sentence, none that ends inside a time or a ratio: 「8:30」."""
    clauses: list[Span] = []
    for clause in clauses_in(text, sentence):
        if clauses and _RATIO.match(text, clause.start - 2):
            clauses[-1] = Span(clauses[-1].start, clause.end)
        else:
            clauses.append(clause)
    return clauses


_RATIO = re.compile(r"\d[:：]\d")


def _long(span: Span) -> bool:
    return span.end - span.start > _SHORT


def _overlap(span: Span, other: Span) -> bool:
    return span.start < other.end and other.start < span.end


def _runs(text: str, sentence: Span, own: bool) -> Iterator[Span]:
    """Yield every one, two or three neighbouring clauses of a sentence that aren't tiny.

    Only of the district's `own` words, if wanted and if there are any.
    """
    clauses = _clauses(text, sentence)
    kept = set(_uncited(text, clauses)) if own else set(clauses)
    for first in range(len(clauses)):
        for last in range(first, min(first + 3, len(clauses))):
            run = Span(clauses[first].start, clauses[last].end)
            if run.end - run.start >= 8 and kept.issuperset(clauses[first : last + 1]):
                yield run


def _grown(text: str, run: Span, sentence: Span, taken: Sequence[Span]) -> Span:
    """Return a run with the clauses before and after it, as far as it stays short.

    With what is `taken`, no more than two thirds of the passage are marked.

    What is done stands beside what it is for: 「比一比、晾一晾项目，激发干部的热情」.
    """
    clauses = [
        clause
        for clause in _uncited(text, _clauses(text, sentence))
        if not any(_overlap(clause, span) for span in taken)
    ]
    limit = min(_GROWN, len(text) * 2 // 3 - sum(span.end - span.start for span in taken))
    grown = True
    while grown:
        grown = False
        for clause in clauses:
            if clause.end == run.start or clause.start == run.end:
                wider = Span(min(run.start, clause.start), max(run.end, clause.end))
                if wider.end - wider.start <= limit:
                    run, grown = wider, True
    return run


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    end = span.start + len(piece.rstrip(" \n,，;；:：、"))
    return Span(span.start + len(piece) - len(piece.lstrip()), end)
