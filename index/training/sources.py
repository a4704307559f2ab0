"""The training files as folded text: documents, pairs of texts, pairs of words.

Which of them become training examples is decided in `pairs`.
"""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from index.errors import QuanwenError
from index.text import fold

Thing = TypeVar("Thing")

PAIRS = "pairs.jsonl.xz"
WORDS = "words.jsonl.xz"
DOCUMENTS = (
    "documents-hebei_policies.jsonl.xz",
    "documents-laws.jsonl.xz",
    "documents-national_reports.jsonl.xz",
    "documents-news_2023.jsonl.xz",
    "documents-news_broadcast.jsonl.xz",
    "documents-provincial_reports_2025.jsonl.xz",
)
FILES = (*DOCUMENTS, PAIRS, WORDS)

# The kinds of questions that were written for this project: about passages of the documents; a
# message to a town hall and the reply; what is typed into a search box and a page; everyday speech
# and the sentence of a report.
EVERYDAY = "everyday"
WRITTEN = (EVERYDAY, "hotline", "search", "report")


class TrainingDataError(QuanwenError):
    """A training file is missing, cut short or not what it should be."""


@dataclass(frozen=True, slots=True)
class Document:
    """A training document; `title` may be empty."""

    source: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts from one source; `label` says how alike they are, on the source's own scale."""

    source: str
    a: str
    b: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A passage, the questions that people would ask to find it, and what kind of pair this is."""

    passage: str
    questions: tuple[str, ...]
    kind: str


def bundled_questions() -> Path:
    """Return the file of questions that were written for this project.

    A line is ``{"file", "row", "paragraph", "start", "end", "questions"}``: where in the training
    files the passage stands, whose text isn't ours to copy, and what is asked; or, where the passage
    was written with its questions, ``{"kind", "passage", "questions"}``.
    """
    return Path(str(resources.files("index.training") / "questions.jsonl"))


def check(folder: Path, *questions: Path) -> None:
    """Raise if one of the training files isn't in `folder`, or a file of questions is missing."""
    for file in (*(folder / name for name in FILES), *questions):
        if not file.is_file():
            raise TrainingDataError(f"{file}: training file not found")


def documents(folder: Path) -> Iterator[Document]:
    """Yield every document with its text folded and its blank paragraphs dropped."""
    for _, _, document in numbered(folder):
        yield document


def numbered(folder: Path) -> Iterator[tuple[str, int, Document]]:
    """Yield every document with its file's name and its row there."""
    for name in DOCUMENTS:
        required = ("source", "title", "paragraphs")
        for number, row in enumerate(rows(folder / name, required=required)):
            folded = fold("\n".join((row["title"].strip(), *row["paragraphs"])))
            title, *paragraphs = folded.split("\n")
            stripped = (paragraph.strip() for paragraph in paragraphs)
            own = tuple(p for p in stripped if p)
            yield name, number, Document(row["source"], title, own)


def pairs(folder: Path) -> Iterator[Pair]:
    """Yield every pair of texts, folded."""
    for row in rows(folder / PAIRS, required=("source", "a", "b")):
        label = row.get("label")
        yield Pair(
            row["source"],
            fold(row["a"]).strip(),
            fold(row["b"]).strip(),
            "" if label is None else str(label),
        )


def words(folder: Path) -> Iterator[Pair]:
    """Yield every pair of words, or of a word and its definition; `source` is the kind."""
    for row in rows(folder / WORDS, required=("kind", "a", "b")):
        yield Pair(row["kind"], fold(row["a"]).strip(), fold(row["b"]).strip(), "")


def asked(
    folder: Path, questions: Path, without: Container[tuple[str, int]] = ()
) -> Iterator[Asked]:
    """Yield each passage that the file `questions` asks for, with its questions, folded.

    None of the documents `without`, each named by its file and row.
    """
    by_place: list[dict[str, Any]] = []
    with damage_told(f"{questions}: a line is damaged"):
        for line in questions.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "passage" in row:
                yield _asked(row["passage"], row["questions"], row["kind"])
            elif (row["file"], row["row"]) not in without:
                by_place.append(row)
    yield from placed(folder, questions, by_place, _asked_of)


def _asked_of(line: Mapping[str, Any], paragraphs: Sequence[str]) -> Iterator[Asked]:
    yield _asked(place_in(paragraphs, line), line["questions"], EVERYDAY)


def placed(
    folder: Path,
    questions: Path,
    lines: Iterable[Mapping[str, Any]],
    make: Callable[[Mapping[str, Any], Sequence[str]], Iterable[Thing]],
) -> Iterator[Thing]:
    """Yield what `make` makes of each line of `questions` and the paragraphs of the document it names.

    Raises:
        TrainingDataError: a line isn't what `make` takes, or a training file is damaged.
    """
    wanted: dict[str, dict[int, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    with damage_told(f"{questions}: a line is damaged"):
        for line in lines:
            if line["file"] not in DOCUMENTS:
                raise ValueError(f"no training file {line['file']!r}")
            wanted[line["file"]][line["row"]].append(line)
    for name, own in wanted.items():
        for number, row in enumerate(rows(folder / name, required=("paragraphs",))):
            for line in own.get(number, ()):
                with damage_told(f"{questions}: a line on row {number} of {name} is damaged"):
                    yield from make(line, row["paragraphs"])


@contextmanager
def damage_told(what: str) -> Iterator[None]:
    """Raise a `TrainingDataError` that begins with `what` for whatever a damaged line leads to."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise TrainingDataError(f"{what} ({error})") from error


def place_in(paragraphs: Sequence[str], place: Mapping[str, Any]) -> str:
    """Return the passage that a line of questions points to, or nothing past a document's end.

    >>> place_in(["概况", "新建小学三所。"], {"paragraph": 1, "start": 2, "end": 6})
    '小学三所'
    """
    paragraph = "".join(paragraphs[place["paragraph"] :][:1])
    return paragraph[place["start"] : place["end"]]


def _asked(passage: str, questions: Iterable[str], kind: str) -> Asked:
    if kind not in WRITTEN:
        raise ValueError(f"kind {kind!r}")
    return Asked(fold(passage).strip(), tuple(fold(text).strip() for text in questions), kind)


def texts(folder: Path) -> Iterator[str]:
    """Yield every running text: a document with its title as first line, each side of a pair."""
    for document in documents(folder):
        yield "\n".join((document.title, *document.paragraphs)).lstrip()
    for pair in pairs(folder):
        yield pair.a
        yield pair.b


def batches(things: Iterable[Thing], size: int = 200) -> Iterator[list[Thing]]:
    """Yield `things` in lists of `size`."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch


def rows(path: Path, required: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield the rows of one training file, each of which must have these fields.

    Raises:
        TrainingDataError: the file is missing, cut short or has other rows.
    """
    number = 0
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                row = json.loads(line)
                if missing := [field for field in required if field not in row]:
                    raise TrainingDataError(f"{path}, row {number}: no field {missing[0]!r}")
                yield row
    except FileNotFoundError:
        raise TrainingDataError(f"{path}: training file not found") from None
    except (EOFError, lzma.LZMAError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise TrainingDataError(
            f"{path}: cut short or damaged after row {number} ({error}); fetch it again"
        ) from error
