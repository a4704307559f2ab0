"""Retrieval measured on a folder of ``passages.jsonl`` and ``questions.jsonl``.

Beside our own: BM25 over jieba's words alone, BM25 over all our terms, and the encoder alone, in
the same run. A question's line is ``{"id", "question", "relevant": [passage id, ...]}``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.cache import index_of
from index.encoders import bundled_encoder
from index.errors import DocumentError
from index.gazetteer import bundled_gazetteer
from index.sources import read_file
from index.store import Index
from index.text import fold
from index.words import Entry, WordIndex
from qa.evaluation.metrics import interval, mean, ndcg, recall_at, reciprocal_rank
from qa.retrieve import retrieve

_DEPTH = 10
Search = Callable[[str], list[str]]


def evaluate_retrieval(folder: Path) -> dict[str, Any]:
    """Return recall@1, @5 and @10, MRR@10 and nDCG@10 of each way to search.

    With recall@1 goes its bootstrap interval, a list of two. Each is given for all questions and for
    those whose first BM25 hit is wrong.

    Raises:
        DocumentError: a file is missing or has another form.
    """
    questions = read_lines(folder / "questions.jsonl", ("question", "relevant"))
    index = open_passages(folder)
    twins = _twins(index)
    with TemporaryDirectory(prefix="quanwen-") as scratch:
        ways = _ways(index, Path(scratch) / "words")
        texts = [row["question"] for row in questions]
        found = {way: [search(text) for text in texts] for way, search in ways.items()}
    relevant = [
        {twin for id in row["relevant"] for twin in twins.get(id, {id})} for row in questions
    ]
    hard = [
        i for i, ids in enumerate(found["BM25 jieba words"]) if not recall_at(1, ids, relevant[i])
    ]
    return {
        "set": folder.name,
        "passages": len(index.passages),
        "questions": len(questions),
        "hard_questions": len(hard),
        "all": {way: _measures(ids, relevant, range(len(questions))) for way, ids in found.items()},
        "hard": {way: _measures(ids, relevant, hard) for way, ids in found.items()},
    }


def open_passages(folder: Path) -> Index:
    """Return the index of a folder's ``passages.jsonl``."""
    return index_of([read_file(folder / "passages.jsonl")], bundled_encoder(), bundled_gazetteer())


def read_lines(file: Path, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return the rows of a JSON Lines file, each of which must have these keys.

    Raises:
        DocumentError: the file is missing or a line isn't such a row.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"题目文件 {file} 读不了；请检查路径") from error
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise DocumentError(f"题目文件 {file} 第 {number} 行不是 JSON") from error
        if not isinstance(row, dict) or (missing := [key for key in keys if key not in row]):
            lacking = "、".join(missing) if isinstance(row, dict) else "、".join(keys)
            raise DocumentError(f"题目文件 {file} 第 {number} 行缺 {lacking}")
        rows.append(row)
    if not rows:
        raise DocumentError(f"题目文件 {file} 里没有题目")
    return rows


def report(results: Mapping[str, Any]) -> str:
    """Return the results as a Markdown table."""
    head = f"{results['set']}: {results['passages']} passages, {results['questions']} questions"
    lines = [
        head,
        "",
        "| | recall@1 | 95 % | recall@5 | recall@10 | MRR@10 | nDCG@10 | recall@1, hard |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for way, measures in results["all"].items():
        low, high = measures["interval"]
        rest = ("recall@5", "recall@10", "MRR@10", "nDCG@10")
        cells = [f"{measures['recall@1']:.3f}", f"{low:.3f} to {high:.3f}"]
        cells += [f"{measures[name]:.3f}" for name in rest]
        cells.append(f"{results['hard'][way]['recall@1']:.3f}")
        lines.append(f"| {way} | {' | '.join(cells)} |")
    lines.append("")
    lines.append(f"hard: the {results['hard_questions']} questions whose first BM25 hit is wrong")
    return "\n".join(lines)


def _measures(
    found: Sequence[Sequence[str]], relevant: Sequence[set[str]], chosen: Sequence[int]
) -> dict[str, Any]:
    first = [recall_at(1, found[i], relevant[i]) for i in chosen]
    return {
        "recall@1": mean(first),
        "interval": list(interval(first)),
        "recall@5": mean(recall_at(5, found[i], relevant[i]) for i in chosen),
        "recall@10": mean(recall_at(10, found[i], relevant[i]) for i in chosen),
        "MRR@10": mean(reciprocal_rank(found[i], relevant[i]) for i in chosen),
        "nDCG@10": mean(ndcg(found[i], relevant[i]) for i in chosen),
    }


def _ids(index: Index, hits: Sequence[tuple[int, float]]) -> list[str]:
    return [index.passages[ordinal].id for ordinal, _ in hits]


def _ways(index: Index, scratch: Path) -> dict[str, Search]:
    return {
        "BM25 jieba words": _bm25_words(index, scratch),
        "BM25 characters+pairs+words": lambda text: _ids(index, index.search_words(text, _DEPTH)),
        "encoder alone": lambda text: _ids(index, index.search_vectors(text, _DEPTH)),
        "quanwen": lambda text: [hit.passage.id for hit in retrieve(text, index, _DEPTH)],
    }


def _bm25_words(index: Index, scratch: Path) -> Search:
    """Return the plain baseline: BM25 over jieba's words of at least one letter or character."""

    def words(text: str) -> list[str]:
        return [word for word in index.segmenter.cut(fold(text)) if word.isalnum()]

    WordIndex.build(scratch, (Entry(words(passage.text)) for passage in index.passages))
    baseline = WordIndex(scratch)
    return lambda text: _ids(index, baseline.search(words(text), _DEPTH))


def _twins(index: Index) -> dict[str, set[str]]:
    """Return, for each passage that stands more than once word for word, all its ids."""
    same: dict[str, set[str]] = defaultdict(set)
    for passage in index.passages:
        same["".join(_letters(passage.text))].add(passage.id)
    return {id: ids for ids in same.values() if len(ids) > 1 for id in ids}


def _letters(text: str) -> Iterator[str]:
    return (character for character in fold(text) if character.isalnum())
