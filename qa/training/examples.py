"""What the reader learns from: questions, passages that answer them and passages that don't.

Passages that don't answer are of four kinds: near misses written for this, the rest of the document
that answers elsewhere, the same question with another year or another word put in, and what search
finds besides the one that answers.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders import StaticEncoder, unit
from index.sentences import clause_spans, sentence_spans
from index.text import fold
from index.training import sources
from index.training.sources import damage_told, place_in, placed, rows
from qa.evaluation import near_misses
from qa.reading import LONGEST_PASSAGE, LONGEST_QUESTION

Tokens = NDArray[np.int64]

# Pairs whose answer is known: questions about encyclopedia articles and about news.
_WITH_ANSWER = ("cmrc2018_train", "news_mrc")
NEAR = "near"
READ = "read"
SWAPPED = "swapped"
CUT = "cut"
_BLOCK = 260
_LONGEST = 500
_LONGEST_ANSWER = 60
_OTHERS = 50_000
_FOUND = 30
_KEPT = 8
# What search finds first, where nobody marked the answering words, may well answer too. So may all
# that it finds near the top for a question without a name, or one that more words answer than a name
# has: what one place plans others plan too.
_DOUBTFUL = 1
_NAMELESS = 20
_NAME = 15
_SWAPPED = 0.5
_CUT = 0.5
_CLAUSES = 0.5
_SHARED = 0.9
_TWINS = [
    ("男", "女"), ("冠军", "亚军"), ("上半年", "下半年"), ("去年", "前年"), ("最高", "最低"), ("最大", "最小"), ("金牌", "银牌"),
    ("增长", "下降"), ("出口", "进口"), ("城镇", "农村"), ("开始", "结束"), ("开工", "竣工"),
]  # fmt: skip


@dataclass(slots=True)
class Asked:
    """A question, the passage that answers it, if any, and with which words, and some that don't.

    Passages are ordinals in `Examples.passages`; `about` are those of the `document` that a question was
    written about, `local` ones of an invented plan; the `answer` stands at `start` of the passage, and
    `tokens` are its ``(first, last)``.
    A `nameless` question, as 「医疗呢」 of a plan, may be answered by any document; news is asked about
    by name.
    """

    kind: str
    question: str
    passage: int | None
    answer: str = ""
    start: int = 0
    others: list[int] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    tokens: tuple[int, int] | None = None
    about: tuple[int, ...] = ()
    document: str = ""
    nameless: bool = False
    local: bool = False


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions with the passages that they are read against, and the token ids of both."""

    asked: list[Asked]
    questions: list[Tokens]
    passages: list[Tokens]


def bundled_questions() -> tuple[Path, ...]:
    """Return the files of questions that were written for the reader.

    A line of `plans.jsonl` has passages of its own, ``{"passages": [text, ...], "questions"}``; one of
    `questions.jsonl` is about one passage, ``{"file", "row", "paragraph", "start", "end",
    "questions"}``, by place, since the texts aren't ours to copy; one of `documents.jsonl` about several
    of one document, ``{"file", "row", "passages": [{"paragraph", "start", "end"}], "questions"}``.

    A question is ``[text]`` where none of them answers, else ``[text, first, last, number, ...]``: the
    range of the answering characters (of a passage without repeated blanks), and the numbers of the
    passages that answer, first the one in which the range counts; no number where there is but one.
    """
    folder = Path(str(resources.files("qa.training")))
    return (folder / "questions.jsonl", folder / "documents.jsonl", folder / "plans.jsonl")


def examples(data: Path, questions: Sequence[Path], encoder: StaticEncoder, seed: int) -> Examples:
    """Return everything that the reader learns from.

    Raises:
        TrainingDataError: a file is missing or damaged.
    """
    chance = random.Random(seed)
    texts = Texts()
    asked = [*_from_pairs(data, texts), *_from_search(data, texts)]
    for file in questions:
        asked += _written(data, file, texts)
    asked += [swapped for one in asked if (swapped := swap(one, texts.texts, chance))]
    for text in _others(data, chance):
        texts.number(text)
    _find(asked, texts.texts, encoder)
    asked += [shorter for one in asked if (shorter := cut(one, texts, chance))]
    for one in asked:
        if one.passage is not None and one.answer:
            one.tokens = _place(one, texts.texts[one.passage], encoder)
    # What stands past the part of a passage that is read can't be learned from.
    asked = [one for one in asked if one.tokens is None or one.tokens[1] < LONGEST_PASSAGE]
    kept = [one for one in asked if len(encoder.tokens(one.question))]
    return Examples(
        kept,
        [encoder.tokens(one.question)[:LONGEST_QUESTION] for one in kept],
        [encoder.tokens(text)[:LONGEST_PASSAGE] for text in texts.texts],
    )


class Texts:
    """Passages, each once, by number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a passage."""
        text = text.strip()[:_LONGEST]
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]


def blocks(text: str) -> Iterator[str]:
    """Yield runs of sentences of about the length of a passage.

    >>> [len(block) for block in blocks("新建小学三所。" * 80)]
    [259, 259, 42]
    """
    first = last = 0
    for start, end in sentence_spans(text):
        if end - first > _BLOCK and last > first:
            yield text[first:last]
            first = start
        last = end
    if last > first:
        yield text[first:last]


def swap(asked: Asked, passages: Sequence[str], chance: random.Random) -> Asked | None:
    """Return the question with another year or word, to which its passage then has no answer.

    None where there is nothing to put another in for, and by chance.

    >>> one = Asked(READ, "2022年产量多少", 0, "5吨")
    >>> swap(one, ["2022年产量5吨。"], random.Random(1)).question
    '2020年产量多少'
    """
    if asked.passage is None or not asked.answer or chance.random() >= _SWAPPED:
        return None
    passage, question = passages[asked.passage], asked.question
    other = ""
    if (year := re.search(r"(?:19|20)\d\d", question)) and year[0] in passage:
        new = str(int(year[0]) + chance.choice((-2, -1, 1, 2)))
        other = question.replace(year[0], new) if new not in passage else ""
    else:
        both = (twins for pair in _TWINS for twins in (pair, pair[::-1]))
        for said, twin in both:
            if said in question and said in passage and twin not in question + passage:
                other = question.replace(said, twin)
                break
    return Asked(SWAPPED, other, None, others=[asked.passage]) if other else None


def cut(asked: Asked, texts: Texts, chance: random.Random) -> Asked | None:
    """Return the question with less of its passage, so that short passages are learned from.

    The shortest run of sentences, or, by chance, of clauses that shares nearly as many characters with
    the question as the whole, and so still says whom it is about; for a nameless question the one that
    shares most. Always with the answer. None where that is the whole, for a question that wasn't
    written for the reader, and by chance.

    >>> texts = Texts()
    >>> one = Asked(READ, "学校几所", texts.number("路三条。新建学校五所。"), "五所", 8)
    >>> texts.texts[cut(one, texts, random.Random(1)).passage]
    '新建学校五所。'
    """
    if asked.kind not in (NEAR, READ) or chance.random() >= _CUT:
        return None
    whole = texts.texts[asked.others[0] if asked.passage is None else asked.passage]
    said = set(asked.question)
    spans = clause_spans(whole) if chance.random() < _CLAUSES else sentence_spans(whole)
    last = asked.start + len(asked.answer)
    runs = {
        (start, end): len(said & set(whole[start:end]))
        for n, (start, _) in enumerate(spans)
        for _, end in (spans[n : n + 1] if asked.nameless else spans[n:])
        if not asked.answer or (start <= asked.start and last <= end)
    }
    enough = _SHARED * len(said & set(whole))
    if asked.nameless:
        enough = max(runs.values(), default=0)
    shared = [run for run, characters in runs.items() if characters >= enough]
    start, end = min(shared, key=lambda run: run[1] - run[0], default=(0, len(whole)))
    shortest = whole[start:end].strip()
    if not shortest or len(shortest) == len(whole):
        return None
    own = texts.number(shortest)
    if asked.passage is None:
        return replace(asked, kind=CUT, others=[own])
    start += whole[start:end].index(shortest)
    return replace(asked, kind=CUT, passage=own, start=asked.start - start, others=[])


def _from_pairs(data: Path, texts: Texts) -> Iterator[Asked]:
    for row in rows(data / sources.PAIRS, required=("source", "a", "b")):
        if row["source"] not in _WITH_ANSWER or not row.get("answer"):
            continue
        answer = row["answer"][0] if isinstance(row["answer"], list) else row["answer"]
        answer = fold(str(answer)).strip()
        parts = [part.strip()[:_LONGEST] for part in blocks(fold(row["b"]))]
        holding = [part for part in parts if answer in part]
        if holding and 0 < len(answer) <= _LONGEST_ANSWER:
            others = [texts.number(part) for part in parts if answer not in part]
            number, start = texts.number(holding[0]), holding[0].index(answer)
            yield Asked(row["source"], fold(row["a"]).strip(), number, answer, start, others)


def _from_search(data: Path, texts: Texts) -> Iterator[Asked]:
    """Yield the questions that the encoder learned from.

    Not those about the documents that the confidence is learned from: on what it has been trained
    on, the reader is surer than elsewhere.
    """
    for asked in sources.asked(data, sources.bundled_questions(), near_misses.documents()):
        for question in asked.questions:
            nameless = asked.kind == sources.EVERYDAY
            yield Asked(asked.kind, question, texts.number(asked.passage), nameless=nameless)


def _written(data: Path, questions: Path, texts: Texts) -> Iterator[Asked]:
    with damage_told(f"{questions}: a line is damaged"):
        lines = list(map(json.loads, questions.read_text(encoding="utf-8").splitlines()))
    yield from placed(
        data, questions, [line for line in lines if "file" in line], partial(_asked_of, texts)
    )
    for row, line in enumerate(lines):
        if "file" not in line:
            with damage_told(f"{questions}: line {row + 1} is damaged"):
                for asked in _asked_of(texts, {"file": questions.name, "row": row, **line}, []):
                    yield replace(asked, local=True)


def _asked_of(texts: Texts, line: Mapping[str, Any], paragraphs: Sequence[str]) -> Iterator[Asked]:
    passages = [
        passage_of(place if isinstance(place, str) else place_in(paragraphs, place))
        for place in line.get("passages") or [line]
    ]
    if not all(passages):
        raise ValueError("no text stands there")
    numbers = [texts.number(text) for text in passages]
    for question, *place in line["questions"]:
        right, start, answer = answered_by(place, passages)
        answering = {numbers[n] for n in right}
        others = [n for n in dict.fromkeys(numbers) if n not in answering]
        yield Asked(
            READ if right else NEAR,
            fold(question).strip(),
            numbers[right[0]] if right else None,
            answer,
            start,
            [n for n in others if not answer or answer not in texts.texts[n]],
            about=tuple(numbers),
            document=f"{line['file']} {line['row']}",
            nameless="news" not in line["file"],
        )


def answered_by(place: Sequence[int], passages: Sequence[str]) -> tuple[list[int], int, str]:
    """Return the numbers of the passages that answer a question, where the first does, in which words.

    Of what follows the question in a file, see `bundled_questions`.

    >>> answered_by([2, 4, 1], ["河流", "新建五所"])
    ([1], 2, '五所')
    """
    if not place:
        return [], 0, ""
    first, last, *right = place
    if not right and len(passages) == 1:
        right = [0]
    if not right or min(right) < 0 or not 0 <= first < last <= len(passages[right[0]]):
        raise ValueError(f"no passage has {place}")
    return right, first, passages[right[0]][first:last]


def passage_of(written: str) -> str:
    r"""Return a passage as the ranges of its answers count: folded, with single blanks.

    >>> passage_of("全长 \n５０４米。")
    '全长 504米.'
    """
    return fold(re.sub(r"\s+", " ", written)).strip()


def _others(data: Path, chance: random.Random) -> Iterator[str]:
    """Yield passages that nobody asked about, for search to find."""
    documents = [d.paragraphs for d in sources.documents(data) if d.paragraphs]
    for paragraphs in chance.sample(documents, min(_OTHERS, len(documents))):
        yield next(blocks(chance.choice(paragraphs)), "")


def _find(asked: Sequence[Asked], texts: Sequence[str], encoder: StaticEncoder) -> None:
    """Note for each question what search finds besides the passage that answers.

    By characters and pairs of them, and by meaning. What is known not to answer is put in order too,
    the likest first, and the least like left out.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        analyzer="char",
        ngram_range=(1, 2),
        sublinear_tf=True,
        max_features=300_000,
        dtype=np.float32,
    )
    by_words = vectorizer.fit_transform(texts).T.tocsr()
    meaning = np.stack(
        [
            encoder.encode([text[a:b] for a, b in sentence_spans(text)] or [text]).mean(axis=0)
            for text in texts
        ]
    )
    by_meaning = unit(meaning).T
    searched = [one for one in asked if one.passage is not None or len(one.others) > 1]
    for batch in sources.batches(searched, 500):
        questions = [one.question for one in batch]
        scores = (vectorizer.transform(questions) @ by_words).toarray()
        scores += encoder.encode(questions) @ by_meaning
        most = np.argpartition(-scores, min(_FOUND, len(texts) - 1), axis=1)[:, :_FOUND]
        for own, one, numbers in zip(scores, batch, most, strict=True):
            one.others = _likest(one.others, own)[:_KEPT]
            if one.passage is None:
                continue
            ranked = _likest(numbers.tolist(), own)
            found = [n for n in ranked if n != one.passage and n not in one.about]
            if one.answer:
                found = [n for n in found if one.answer not in texts[n]]
            else:
                found = found[_DOUBTFUL:]
            doubtful = one.nameless or len(one.answer) > _NAME
            one.found = found[_NAMELESS if doubtful else 0 :][:_KEPT]


def _likest(numbers: Sequence[int], scores: NDArray[np.floating[Any]]) -> list[int]:
    return sorted(numbers, key=lambda number: -float(scores[number]))


def _place(asked: Asked, passage: str, encoder: StaticEncoder) -> tuple[int, int] | None:
    """Return the first and the last token of the answering words."""
    touched = [
        number
        for number, (first, last) in enumerate(encoder.offsets(passage))
        if last > asked.start and first < asked.start + len(asked.answer)
    ]
    return (touched[0], touched[-1]) if touched else None
