"""Questions that a document answers, and near misses that it doesn't, for learning to refuse.

`near_misses.jsonl` has them for 60 documents of the training data, whose texts aren't ours to copy:
a line is ``{"file", "row", "group", "questions": [{"question", "paragraph"}]}``, ``paragraph`` being
the one that answers, null for a near miss. `news.jsonl` has them for 51 short news articles, in the
format of `qa/training/documents.jsonl`. Written by a language model that had read the
documents and none of the questions we measure with.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

from index.cache import index_of
from index.encoders import bundled_encoder
from index.gazetteer import bundled_gazetteer
from index.store import Index
from index.training.sources import place_in, placed, rows
from index.types import Record, Source, Span


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked of one district, or of all documents (``district`` None).

    ``answer`` is the paragraph that answers, or the passages that do, a line each; or nothing.
    """

    question: str
    district: str | None
    answer: str


def collections(training: Path) -> Iterator[tuple[str, Index, list[Asked]]]:
    """Yield the documents of each group, each as if it were another district's, and their questions.

    And every document by itself. With the name of the training file that they are from.

    Raises:
        TrainingDataError: a training file is missing or damaged.
    """
    lines = _lines("near_misses.jsonl")
    texts = _texts(training, lines)
    for group, own in groupby(sorted(lines, key=_group), key=_group):
        sources: list[Source] = []
        asked: list[Asked] = []
        for number, line in enumerate(own, start=1):
            title, paragraphs = texts[line["file"], line["row"]]
            district = f"第{number}区"
            text = "\n\n".join((title, *paragraphs))
            alone = Source(f"{group}-{number}.txt", text, title=title)
            questions = [
                Asked(
                    row["question"], None, "" if (n := row["paragraph"]) is None else paragraphs[n]
                )
                for row in line["questions"]
            ]
            yield line["file"], _index_of([alone]), questions
            sources.append(replace(alone, district=district))
            asked += [replace(question, district=district) for question in questions]
        yield line["file"], _index_of(sources), asked


def news(training: Path) -> tuple[Index, list[Asked]]:
    """Return passages of news articles, ready-made as in a ``.jsonl`` file, and the questions about them.

    Raises:
        TrainingDataError: a training file is missing or damaged.
    """
    passages: list[str] = []
    records: list[Record] = []
    asked: list[Asked] = []
    start = 0
    for own, questions in placed(training, _file("news.jsonl"), _lines("news.jsonl"), _asked_of):
        for passage in own:
            records.append(Record(str(len(records)), Span(start, start + len(passage))))
            start += len(passage) + 1
        passages += own
        for question, *place in questions:
            asked.append(Asked(question, None, "\n".join(own[n] for n in place[2:])))
    source = Source("news.jsonl", "\n".join(passages), records=tuple(records))
    return _index_of([source]), asked


def _asked_of(
    line: Mapping[str, Any], paragraphs: Sequence[str]
) -> Iterator[tuple[list[str], list[Any]]]:
    """Yield the passages that a line of `news.jsonl` is about, and its questions."""
    places = (place_in(paragraphs, place) for place in line["passages"])
    yield [" ".join(text.split()) for text in places], line["questions"]


def documents() -> frozenset[tuple[str, int]]:
    """Return the file and the row of every document that is asked about."""
    return frozenset(
        (line["file"], line["row"])
        for name in ("near_misses.jsonl", "news.jsonl")
        for line in _lines(name)
    )


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _file(name).read_text(encoding="utf-8").splitlines()]


def _file(name: str) -> Path:
    return Path(str(resources.files("qa.evaluation") / name))


def _index_of(sources: list[Source]) -> Index:
    return index_of(sources, bundled_encoder(), bundled_gazetteer())


def _group(line: dict[str, Any]) -> int:
    return int(line["group"])


def _texts(
    training: Path, lines: list[dict[str, Any]]
) -> dict[tuple[str, int], tuple[str, list[str]]]:
    """Return title and paragraphs of the documents that the lines are about, by file and row."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        wanted[line["file"]].add(line["row"])
    return {
        (name, number): (row["title"], row["paragraphs"])
        for name, numbers in wanted.items()
        for number, row in enumerate(rows(training / name, required=("title", "paragraphs")))
        if number in numbers
    }
