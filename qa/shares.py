"""What a text that speaks of several places says of one: 「任务为：洛江区62亿元，丰泽区38亿元」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.gazetteer import Gazetteer
from index.segmenter import Segmenter
from index.sentences import clauses_in, sentence_spans
from index.types import Span
from qa.mentions import mentions_in


class Share(NamedTuple):
    """A place's share of a text: the clauses on it (`own`), and `text`, those with what goes for all."""

    own: tuple[Span, ...]
    text: str


def share_of(text: str, place: str, gazetteer: Gazetteer, segmenter: Segmenter) -> Share:
    """Return what a text says of a place, clause by clause: of others what begins with their names.

    A clause without a name goes on with the one before; before the first name it goes for all.

    >>> from index.gazetteer import bundled_gazetteer
    >>> from index.segmenter import full_segmenter
    >>> known = bundled_gazetteer(), full_segmenter(bundled_gazetteer())
    >>> share_of("任务为：洛江区62亿元，丰泽区38亿元，年底完成。", "丰泽区", *known).text
    '任务为：丰泽区38亿元，年底完成。'
    """
    above = gazetteer.ancestors(place)
    own: list[Span] = []
    kept: list[str] = []
    for sentence in sentence_spans(text):
        named: Sequence[str] = ()
        for start, end in _pieces(text, sentence):
            clause = text[start:end]
            mentions = mentions_in(clause, gazetteer, segmenter)
            named = [m.district for m in mentions if m.district not in above] or named
            if place in named:
                own.append(Span(start, end))
            if place in named or not named:
                kept.append(clause)
    return Share(_joined(own), "".join(kept))


_IS_SUBJECT = re.compile(
    "(?:^|[，,；;。：:、（(]|支持|推进|推动|加快|提升|建设|发挥|强化|唱好|在|由|和|与)$"
)


def said_in_passing(
    text: str, place: str, gazetteer: Gazetteer, segmenter: Segmenter
) -> Share | None:
    """Return the parts of a text that name a place only in passing, None if it speaks of the place itself.

    What stands beside them isn't said of it.

    >>> from index.gazetteer import bundled_gazetteer
    >>> from index.segmenter import full_segmenter
    >>> known = bundled_gazetteer(), full_segmenter(bundled_gazetteer())
    >>> said_in_passing("高速（漳州至厦门）完成投资8亿元；修农村公路140公里。", "厦门市", *known).text
    '高速（漳州至厦门）完成投资8亿元；'
    >>> said_in_passing("支持厦门建设枢纽；修农村公路140公里。", "厦门市", *known) is None
    True
    """
    parts: list[Span] = []
    for sentence in sentence_spans(text):
        for match in re.finditer("[^；;]+[；;]?", text[slice(*sentence)]):
            part = Span(sentence.start + match.start(), sentence.start + match.end())
            mentions = [
                m
                for m in mentions_in(match[0], gazetteer, segmenter, [place])
                if m.district == place
            ]
            if any(_IS_SUBJECT.search(match[0][: m.span.start]) for m in mentions):
                return None
            if mentions:
                parts.append(part)
    joined = _joined(parts)
    return Share(joined, "".join(text[start:end] for start, end in joined)) if parts else None


def _pieces(text: str, sentence: Span) -> list[Span]:
    """Return the clauses of a sentence, cut at 「、」 too where it stands between figures of several."""
    return [
        Span(clause.start + match.start(), clause.start + match.end())
        for clause in clauses_in(text, sentence)
        for match in re.finditer(r"[^、]*?\d[^、]*、|.+$", text[slice(*clause)], re.DOTALL)
    ]


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return tuple(joined)
