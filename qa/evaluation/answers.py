"""Answers measured on a gold file: evidence, districts, highlights, refusals; each miss listed.

A line of the gold file is ``{"id", "type", "question" (or a list of turns), "districts",
"evidence": [[alternative, ...], ...], "facts"}``; type ``none`` must be refused, ``multi`` needs a
passage for every group of evidence. White space doesn't count: print breaks lines. Where a ``parts.jsonl`` stands beside
it, a line for each text in the documents (``{"file", "district", "starts", "ends"}``, its first and last words), it is
measured too how many of them are known for their district's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from index.store import Index
from qa.answer import ask
from qa.evaluation.metrics import auroc, brier, mean
from qa.evaluation.retrieval import open_passages, read_lines
from qa.types import Answer, Found, Question

_END = 12


def evaluate_answers(gold: Path, index: Index) -> dict[str, Any]:
    """Return the measures by question type, whether offsets are true, and the misses.

    Raises:
        DocumentError: the gold file is missing or has another form.
    """
    rows = read_lines(gold, ("type", "question", "evidence"))
    judged = [_judged(row, ask(_question(row), index)) for row in rows]
    by_type: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in judged:
        by_type[case["type"]].append(case)
    answerable = [case for case in judged if case["type"] != "none"]
    refusable = [case for case in judged if case["type"] == "none"]
    return {
        "gold": gold.name,
        "questions": len(judged),
        "types": {name: _summary(cases) for name, cases in by_type.items()},
        "highlight_hit": mean(case["highlight"] for case in answerable),
        "false_refusals": mean(not case["answered"] for case in answerable),
        "refused": mean(not case["answered"] for case in refusable),
        "district_precision": mean(
            case["district_right"] for case in answerable if case["answered"] and case["districts"]
        ),
        "brier": brier(
            [case["confidence"] for case in judged], [case["type"] != "none" for case in judged]
        ),
        **_owned(gold.with_name("parts.jsonl"), index),
        "spans_true": _spans_true(index),
        "longest_passage": max(len(passage.text) for passage in index.passages),
        "repeated_passages": len(index.passages) - len({p.text for p in index.passages}),
        "misses": [case for case in judged if not case["right"]],
    }


def evaluate_refusal(folder: Path) -> dict[str, Any]:
    """Return how well answerable questions are told from others on a folder's own passages."""
    rows = read_lines(folder / "questions.jsonl", ("question", "answerable"))
    index = open_passages(folder)
    answers = [ask(Question(row["question"]), index) for row in rows]
    labels = [bool(row["answerable"]) for row in rows]
    answered = [answer.answered for answer in answers]
    scores = [answer.confidence for answer in answers]
    kept = mean(a for a, label in zip(answered, labels, strict=True) if label)
    refused = mean(not a for a, label in zip(answered, labels, strict=True) if not label)
    return {
        "gold": folder.name,
        "questions": len(rows),
        "answered_of_answerable": kept,
        "refused_of_others": refused,
        "balanced_accuracy": (kept + refused) / 2,
        "auroc": auroc(scores, labels),
        "brier": brier(scores, labels),
    }


def report(results: Mapping[str, Any]) -> str:
    """Return the results as lines to read."""
    lines = [f"{results['gold']}: {results['questions']} questions", ""]
    if "types" in results:
        lines += [
            "| type | questions | right | first place | among all | highlight | facts |",
            "|---|---|---|---|---|---|---|",
        ]
        for name, row in results["types"].items():
            cells = [
                f"{row[key]:.3f}" for key in ("right", "first", "anywhere", "highlight", "facts")
            ]
            lines.append(f"| {name} | {row['questions']} | {' | '.join(cells)} |")
        lines.append("")
    for key, value in results.items():
        if isinstance(value, float | int) and key != "questions":
            lines.append(f"{key}: {round(value, 3)}")
    for case in results.get("misses", ()):
        lines.append(
            f"miss {case['id']} ({case['type']}) {case['question']} "
            f"[{case['confidence']:.2f}, {case['reason'] or 'answered'}] shown: {case['shown']}"
        )
    return "\n".join(lines)


def turns_of(row: Mapping[str, Any]) -> list[str]:
    """Return the questions of a line of a gold file, the last of which is asked after the others."""
    return row["question"] if isinstance(row["question"], list) else [row["question"]]


def _question(row: Mapping[str, Any]) -> Question:
    *before, asked = turns_of(row)
    return Question(asked, tuple(before))


def _judged(row: Mapping[str, Any], answer: Answer) -> dict[str, Any]:
    groups: Sequence[Sequence[str]] = row["evidence"]
    kind, districts = row["type"], row.get("districts") or []
    first = [_holds(found, group) for found in answer.passages[:1] for group in groups]
    anywhere = [any(_holds(found, group) for found in answer.passages) for group in groups]
    marked = [
        any(_marks(found, evidence) for evidence in group if evidence in found.passage.text)
        for found in answer.passages
        for group in groups
        if _holds(found, group)
    ]
    shown = "".join(found.passage.text for found in answer.passages)
    right = {"none": not answer.answered, "multi": answer.answered and all(anywhere)}
    return {
        "id": row.get("id", ""),
        "type": kind,
        "question": row["question"],
        "districts": districts,
        "answered": answer.answered,
        "reason": answer.reason,
        "confidence": answer.confidence,
        "right": right.get(kind, answer.answered and any(first)),
        "first": any(first),
        "anywhere": bool(groups) and all(anywhere),
        "highlight": bool(marked) and marked[0],
        "facts": all(fact in shown for fact in row.get("facts") or []),
        "district_right": bool(answer.passages)
        and answer.passages[0].passage.district in (districts or [None]),
        "shown": answer.passages[0].passage.text[:40] if answer.passages else "",
    }


def _holds(found: Found, alternatives: Sequence[str]) -> bool:
    text = _squeezed(found.passage.text)
    return any(_squeezed(evidence) in text for evidence in alternatives)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _marks(found: Found, evidence: str) -> bool:
    start = found.passage.text.find(evidence)
    end = start + len(evidence)
    return any(mark.start < end and start < mark.end for mark in found.highlights)


def _summary(cases: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    measures = ("right", "first", "anywhere", "highlight", "facts")
    return {"questions": len(cases)} | {
        name: mean(case[name] for case in cases) for name in measures
    }


def _owned(parts: Path, index: Index) -> dict[str, float]:
    """Return the share of the first and last words of the documents' parts that are in a passage of their district."""
    if not parts.exists():
        return {}
    rows = read_lines(parts, ("file", "district", "starts", "ends"))
    told: list[bool] = []
    for row in rows:
        own = [passage for passage in index.passages if passage.document.endswith(row["file"])]
        for words in (_squeezed(row["starts"])[:_END], _squeezed(row["ends"])[-_END:]):
            holding = (p.district or "" for p in own if words in _squeezed(p.text))
            told.append(next(holding, None) == row["district"])
    return {"parts_owned": mean(told)}


def _spans_true(index: Index) -> bool:
    texts = {document.id: document.text for document in index.documents}
    return all(
        passage.text == "".join(texts[passage.document_id][s:e] for s, e in passage.spans)
        for passage in index.passages
    )
