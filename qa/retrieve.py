"""Retrieval: passages by their words and by their meaning, in one order.

Two first stages (BM25, and the best sentence window by cosine) propose candidates; a linear model
over a few signals orders them, and the first few are read with the question (`qa.reading`), which
orders them anew. The weights are learned by `qa.evaluation.tuning` and can be read in `ranking.json`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from statistics import fmean as mean
from typing import Any

from index.late import Match
from index.passages import LONGEST
from index.rows import is_row, spoken
from index.sentences import sentence_spans
from index.store import Index
from index.text import fold, folded
from index.types import Passage
from qa.figures import asks_for, holds
from qa.reading import read
from qa.shares import Share
from qa.status import tense_match, without_tense, without_year
from qa.types import Before
from qa.wording import without_filler
from qa.years import in_years, without_year_of

_DEPTH = 50
_HEADED = 10
_LOOKED_AT = 30
# How many of the candidates are read, and of each district's where many are asked.
READ = 6
READ_OF_MANY = 3
# A question of fewer words counts as one of so many: the confidence has learned from none shorter.
_SHORTEST = 4
SIGNALS = (
    "meaning", "whole", "late", "said", "missing", "sentence", "coverage", "heading", "opening", "tense", "typed", "excess"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with the signals that speak for it, see `signals_of`, and the questions it is read with.

    ``newest`` is the year of the newest document, if any has one. Where a passage speaks of several
    places, only its ``share`` that is on the one asked about is read.
    """

    ordinal: int
    passage: Passage
    signals: Mapping[str, float]
    score: float
    questions: tuple[str, ...] = ("",)
    newest: int | None = None
    share: Share | None = None

    def read(self) -> Mapping[str, float]:
        """Return the signals, and how far the passage, read with the questions, answers them."""
        text = self.share.text if self.share else _with_caption(self.passage)
        return {**self.signals, "reads": reads(self.asked, text)}

    def on(self, share: Share, query: Query, question: str) -> Candidate:
        """Return the candidate as its share of what was asked about fits a question."""
        typed = typed_match(query.matches(share.text), question)
        return replace(self, share=share, signals={**self.signals, "typed": typed})

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions as they are read with the passage, the one that was typed first."""
        return tuple(
            without_year_of(self.passage, question, self.newest) for question in self.questions
        )


def _with_caption(passage: Passage) -> str:
    """Return a passage's text, a row without a header under its caption: 「各区今年新增学位（个）」."""
    if passage.section and "\n" not in passage.text and is_row(passage.text):
        return f"{passage.section.split(' / ')[-1]}\n{passage.text}"
    return passage.text


def reads(asked: Sequence[str], passage: str) -> float:
    """Return how far a passage answers, as a logit: the mean over the ways to ask."""
    return mean(read(question, [spoken(passage)])[0] for question in asked)


def retrieve(
    text: str,
    index: Index,
    k: int,
    districts: Sequence[str] = (),
    question: str = "",
    depth: int = READ,
    before: Before | None = None,
) -> list[Candidate]:
    """Return the `k` passages that fit `text` best, of these districts if any are given.

    `question` is the whole question where `text` is only what it is about; the first `depth` are read.
    What is asked after a question `before` (「光今年呢」) counts half as it stands and half as
    part of that: where its own words tell little, the theme before decides.
    """
    question = question or text
    ways = [(text, question)]
    if before:
        ways.append((f"{before.topic} {text}", f"{before.question} {question}"))
    signals = candidates(ways, index, districts, max(k, _LOOKED_AT))
    asked = tuple(without_filler(in_years(fold(whole), index.years)) for _, whole in ways)
    newest = max(index.years, default=None)
    found = [
        Candidate(ordinal, index.passages[ordinal], own, weighted(own), asked, newest)
        for ordinal, own in signals.items()
    ]
    return _reranked(_best_first(found), depth)[:k]


def _best_first(found: Sequence[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.ordinal))


def _reranked(found: Sequence[Candidate], depth: int) -> list[Candidate]:
    """Return candidates in the order that reading the first few gives; the others stay behind them."""
    told = [reads(candidate.asked, _with_caption(candidate.passage)) for candidate in found[:depth]]
    rest = min(told, default=0.0)
    added = [reading_weight() * logit for logit in (*told, *[rest] * len(found[depth:]))]
    return _best_first(
        [
            replace(candidate, score=candidate.score + more)
            for candidate, more in zip(found, added, strict=True)
        ]
    )


def candidates(
    ways: Sequence[tuple[str, str]],
    index: Index,
    districts: Sequence[str] = (),
    k: int = _LOOKED_AT,
) -> dict[int, dict[str, float]]:
    """Return the signals of the most promising passages, `k` or a few more, by their ordinals.

    `ways` are texts to look for with the whole question of each, mostly one; the signals are the
    mean over them.
    """
    looked_for = [(without_year(text), question) for text, question in ways]
    queries = [Query.of(text, index) for text, _ in looked_for]
    meanings = [
        _promising(text, query, index, districts, k)
        for (text, _), query in zip(looked_for, queries, strict=True)
    ]
    chosen = list(dict.fromkeys(ordinal for meaning in meanings for ordinal in meaning))
    each = [
        _signals(text, question, query, meaning, chosen, index)
        for (text, question), query, meaning in zip(looked_for, queries, meanings, strict=True)
    ]
    return {
        ordinal: {name: mean(way[name] for way in own) for name in own[0]}
        for ordinal, *own in zip(chosen, *each, strict=True)
    }


def _promising(
    text: str, query: Query, index: Index, districts: Sequence[str], k: int
) -> dict[int, float]:
    """Return the passages that words, meaning or headings propose, with the cosine of their best window."""
    depth = max(k, _DEPTH)
    words = dict(index.search_words(text, depth, districts))
    meaning = dict(index.search_vectors(text, depth, districts))
    headed = [hit.ordinal for hit in index.search_headings(text, _HEADED, districts)]
    meaning |= _meaning(text, [o for o in (*words, *headed) if o not in meaning], index)
    promise = {
        ordinal: words.get(ordinal, 0.0) / query.total + max(0.0, meaning.get(ordinal, 0.0))
        for ordinal in dict.fromkeys([*words, *meaning])
    }
    promising = sorted(promise, key=lambda ordinal: (-promise[ordinal], ordinal))[:k]
    return {ordinal: meaning.get(ordinal, 0.0) for ordinal in dict.fromkeys([*promising, *headed])}


def _meaning(text: str, among: Sequence[int], index: Index) -> dict[int, float]:
    """Return the cosine of these passages' best windows with a text."""
    return dict(index.search_vectors(text, len(among), among=among))


def _signals(
    text: str,
    question: str,
    query: Query,
    meaning: Mapping[int, float],
    chosen: Sequence[int],
    index: Index,
) -> list[dict[str, float]]:
    """Return the signals of the chosen passages, in their order."""
    meaning = {**meaning, **_meaning(text, [o for o in chosen if o not in meaning], index)}
    whole = index.match_whole(text, chosen)
    late = index.match_each_word(without_tense(text), chosen)
    return [
        signals_of(
            query,
            question,
            index.passages[ordinal],
            index.openings[ordinal],
            meaning.get(ordinal, 0.0),
            alike,
            match,
        )
        for ordinal, alike, match in zip(chosen, whole, late, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Query:
    """A question's character grams and words, each with its inverse document frequency."""

    grams: Mapping[str, float]
    words: Mapping[str, float]
    total: float
    length: float

    @classmethod
    def of(cls, text: str, index: Index) -> Query:
        """Return the terms of `text`, weighted by how rare they are in `index`."""
        cut = index.segmenter.cut(fold(text))
        words = {word for word in cut if len(word) > 1 or word.isdigit()}
        # A word that no document holds falls apart into characters; it counts as pairs of them.
        words |= {a + b for a, b in pairwise(cut) if _CHARACTER.fullmatch(a + " " + b)}
        return cls(
            grams={gram: index.weight_of([gram]) for gram in _grams(text)},
            words={word: index.weight_of([word]) for word in words},
            total=index.weight_of(index.segmenter.terms(text)) or 1.0,
            length=math.log(max(_SHORTEST, len({word for word in cut if word.isalnum()}))),
        )

    def sentence_match(self, sentence: str) -> float:
        """Return the share of the question's grams, by weight, that stand in `sentence`."""
        return _share(self.grams, _grams(sentence))

    def matches(self, text: str) -> dict[str, float]:
        """Return the `sentence_match` of every sentence of a text."""
        return {sentence: self.sentence_match(sentence) for sentence in _sentences(text)}

    def names(self, section: str | None) -> float:
        """Return the largest share of one of the section's headings that the question names."""
        headings = [_grams(heading) for heading in (section or "").split(" / ")]
        return max(len(grams & self.grams.keys()) / max(1, len(grams)) for grams in headings)

    def adds(self, context: str, text: str) -> float:
        """Return the share of the question's grams, by weight, in `context` but not in `text`."""
        return _share(self.grams, _grams(context) - _grams(text))

    def coverage(self, text: str) -> float:
        """Return the share of the question's words, by weight, that stand in folded `text`."""
        return _share(self.words, text)


def _share(weights: Mapping[str, float], held: Container[str]) -> float:
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def typed_match(matches: Mapping[str, float], question: str) -> float:
    """Return the best match of a sentence that holds what is asked for.

    That is a figure or a date that the question doesn't name, or a person; else any sentence will do.

    >>> typed_match({"学位很多。": 0.9, "新增座位20个。": 0.2}, "新增多少座位？")
    0.2
    """
    expected = asks_for(question)
    held = (match for sentence, match in matches.items() if holds(expected, sentence, question))
    return max(held, default=0.0)


def signals_of(
    query: Query,
    question: str,
    passage: Passage,
    opening: str,
    meaning: float,
    whole: float,
    late: Match,
) -> dict[str, float]:
    """Return what speaks for a passage, or against it, each from 0 to about 1 but for ``tense`` (from -1) and the logarithms.

    ``meaning``: the cosine of its best window; ``whole``: that of all its windows' mean; ``late``:
    how well each word of the question finds its like in it, rare ones above all (`index.late`);
    ``said`` and ``missing``: the share of the words that stand in it, and of those that find nothing
    like them; ``sentence``: the best share of the question's characters and character pairs in one
    sentence; ``coverage``: the share of the question's words in all of it; ``heading``: how much of
    a section's heading the question names; ``opening``: the share of the question's characters and
    pairs that only the opening of its article has; ``tense``: whether it tells a plan or a result as
    asked; ``typed``: ``sentence`` among those that hold what is asked for; ``excess``: how many
    times longer it is than a passage is cut (lines of ``.jsonl`` files aren't cut), as a natural
    logarithm: a long text finds a little of everything; ``asked``: how many words the question has,
    as a natural logarithm.
    """
    matches = query.matches(spoken(passage.text))
    return {
        "meaning": max(0.0, meaning),
        "whole": max(0.0, whole),
        "late": late.like,
        "said": late.said,
        "missing": late.missing,
        "sentence": max(matches.values()),
        "coverage": query.coverage(folded(passage.text)),
        "heading": query.names(passage.section),
        "opening": query.adds(opening, passage.text),
        "tense": tense_match(question, passage),
        "typed": typed_match(matches, question),
        "excess": max(0.0, math.log(len(passage.text) / LONGEST)),
        "asked": query.length,
    }


def weighted(signals: Mapping[str, float]) -> float:
    """Return the weighted sum of a candidate's signals."""
    return sum(weight * signals[name] for name, weight in ranking_weights().items())


def ranking_weights() -> Mapping[str, float]:
    """Return the learned weight of each signal."""
    weights: Mapping[str, float] = _learned()["weights"]
    return weights


def reading_weight() -> float:
    """Return the learned weight of how far a candidate, read with the question, answers it."""
    return float(_learned()["reads"])


@cache
def _learned() -> dict[str, Any]:
    file = resources.files("qa") / "ranking.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))


_SAME = 0.8


def same_words(passage: Passage, other: Passage) -> bool:
    """Tell whether two passages say the same in nearly the same words."""
    grams, others = _grams(passage.text), _grams(other.text)
    return len(grams & others) > _SAME * len(grams | others)


_CHINESE = "〇\u3400-\u9fff"
_RUN = re.compile(rf"[{_CHINESE}]+|\d+(?:\.\d+)*|[^\W\d_{_CHINESE}]+")


_CHARACTER = re.compile(rf"[{_CHINESE}] [{_CHINESE}]")


@lru_cache(maxsize=50_000)
def _grams(text: str) -> frozenset[str]:
    """Return the characters, neighbouring pairs, figures and Latin words of `text`.

    >>> sorted(_grams("12所学校"))
    ['12', '学', '学校', '所', '所学', '校']
    """
    found: set[str] = set()
    for run in _RUN.findall(fold(text)):
        if re.match(f"[{_CHINESE}]", run):
            found.update(run)
            found.update(a + b for a, b in pairwise(run))
        else:
            found.add(run)
    return frozenset(found)


@lru_cache(maxsize=10_000)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in sentence_spans(text))
