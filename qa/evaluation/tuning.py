"""Learning the weights of `qa.retrieve` and `qa.confidence` from questions with known answers.

    python -m qa.evaluation.tuning ../shared/eval --gold GOLD DOCUMENTS --gold GOLD DOCUMENTS

Ranking: the weights that make a relevant passage likeliest among a question's candidates (listwise
softmax, ListNet's top-one probability, Cao et al., 2007). Confidence: a logistic model that tells
the best candidate where it is relevant from the best candidate where the relevant ones have been
taken away, in pools of different sizes; what a district's few passages hold is a small pool.
Prints what each choice gives on sets that it was not fitted on.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from index.store import Index
from qa.answer import search
from qa.confidence import FEATURES, features
from qa.evaluation.metrics import auroc, brier, mean
from qa.evaluation.retrieval import open_passages, read_lines
from qa.opening import Settings, open_settings
from qa.retrieve import SIGNALS, Candidate
from qa.types import Question, Understood
from qa.understand import understand

_AT_MOST = 600
_SMALL_POOL = 0.2
_SEED = 7


@dataclass(frozen=True)
class Case:
    """A question's candidates, best first by present weights, and which of them are relevant."""

    group: str
    understood: Understood
    candidates: Sequence[Candidate]
    relevant: Sequence[bool]

    def signals(self) -> NDArray[np.float64]:
        """Return the signals, shape (candidates, signals)."""
        return np.array([[hit.signals[name] for name in SIGNALS] for hit in self.candidates])


def cases_of(folder: Path) -> list[Case]:
    """Return cases from a retrieval set's folder."""
    index = open_passages(folder)
    rows = read_lines(folder / "questions.jsonl", ("question", "relevant"))
    random.Random(_SEED).shuffle(rows)
    found: list[Case] = []
    for row in rows[:_AT_MOST]:
        relevant = set(row["relevant"])
        found += _cases(folder.name, [row["question"]], index, lambda hit, relevant=relevant: hit.passage.id in relevant)
    return found


def gold_cases(gold: Path, documents: Path) -> list[Case]:
    """Return cases from a gold file's questions about documents."""
    index = open_settings(Settings((documents,)))
    found: list[Case] = []
    for row in read_lines(gold, ("type", "question", "evidence")):
        turns = row["question"] if isinstance(row["question"], list) else [row["question"]]
        wanted = [evidence for group in row["evidence"] for evidence in group]
        found += _cases(gold.stem, turns, index, lambda hit, wanted=wanted: any(e in hit.passage.text for e in wanted))
    return found


def _cases(
    group: str, turns: Sequence[str], index: Index, relevant: Callable[[Candidate], bool]
) -> list[Case]:
    understood = understand(Question(turns[-1][:2000], tuple(turns[:-1])), index)
    return [
        Case(group, understood, hits.candidates, [relevant(hit) for hit in hits.candidates])
        for hits in search(understood, index)
        if hits.candidates
    ]


# --- ranking ---------------------------------------------------------------------------------------


def fit_ranking(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Return the weight of each signal; every group of cases counts the same."""
    usable = [case for case in cases if any(case.relevant)]
    sizes = {case.group: sum(other.group == case.group for other in usable) for case in usable}
    prepared = [
        (case.signals(), np.array(case.relevant), 1 / sizes[case.group]) for case in usable
    ]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 1e-3 * float(weights @ weights), 2e-3 * weights
        for signals, relevant, share in prepared:
            scores = signals @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            right = chance[relevant].sum()
            total -= share * float(np.log(right + 1e-12))
            slope = slope + share * signals.T @ (chance - np.where(relevant, chance / right, 0))
        return total, slope

    return np.asarray(minimize(loss, np.ones(len(SIGNALS)), jac=True).x)


def first_right(cases: Sequence[Case], weights: NDArray[np.float64]) -> float:
    """Return the share of cases whose best candidate is relevant (recall@1)."""
    return mean(bool(case.relevant[int(np.argmax(case.signals() @ weights))]) for case in cases)


# --- confidence --------------------------------------------------------------------------------------


def confidence_rows(
    cases: Sequence[Case],
) -> tuple[NDArray[np.float64], NDArray[np.bool_], list[str]]:
    """Return features, whether the best candidate is relevant, and each row's group."""
    chance = random.Random(_SEED)
    rows: list[list[float]] = []
    labels: list[bool] = []
    groups: list[str] = []
    for case in cases:
        pairs = list(zip(case.candidates, case.relevant, strict=True))
        small = [pair for pair in pairs if pair[1] or chance.random() < _SMALL_POOL]
        pools = [pairs] if case.understood.districts else [pairs, small]
        for pool in pools:
            for kept in (pool, [pair for pair in pool if not pair[1]]):
                if kept:
                    rows.append(features(case.understood, kept[0][0]))
                    labels.append(kept[0][1])
                    groups.append(case.group)
    return np.array(rows), np.array(labels), groups


def fit_confidence(
    rows: NDArray[np.float64], labels: NDArray[np.bool_], groups: Sequence[str]
) -> LogisticRegression:
    """Return the logistic model; every group counts the same."""
    sizes = {group: groups.count(group) for group in set(groups)}
    weights = np.array([1000 / sizes[group] for group in groups])
    return LogisticRegression(C=10, max_iter=5000).fit(rows, labels, sample_weight=weights)


def reliability(
    probabilities: Sequence[float], labels: Sequence[bool], bins: int = 10
) -> list[dict[str, float]]:
    """Return, for each tenth of the scale, the mean probability and the share that was right."""
    found: list[dict[str, float]] = []
    for i in range(bins):
        inside = [
            (p, label)
            for p, label in zip(probabilities, labels, strict=True)
            if i / bins <= p < (i + 1) / bins or (i == bins - 1 and p == 1)
        ]
        if inside:
            found.append(
                {
                    "said": round(mean(p for p, _ in inside), 3),
                    "right": round(mean(label for _, label in inside), 3),
                    "cases": len(inside),
                }
            )
    return found


def main() -> None:
    """Fit both models, print the held-out figures, write the files beside `qa.retrieve`."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("sets", type=Path, help="folder of retrieval sets")
    parser.add_argument("--gold", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent)
    given = parser.parse_args()
    folders = [f for f in sorted(given.sets.iterdir()) if (f / "passages.jsonl").exists() and f.name != "refusal"]
    cases = [case for folder in folders for case in cases_of(folder)]
    cases += [case for gold, documents in given.gold for case in gold_cases(gold, documents)]
    groups = list(dict.fromkeys(case.group for case in cases))

    def without(group: str) -> list[Case]:
        return [case for case in cases if case.group != group]

    def only(group: str) -> list[Case]:
        return [case for case in cases if case.group == group]

    trained = {folder.name for folder in folders}
    ranking = fit_ranking([case for case in cases if case.group in trained])
    print("ranking, recall@1 on each set, fitted on the other sets:")
    for group in groups:
        fitted = fit_ranking([case for case in without(group) if case.group in trained])
        print(f"  {group}: {first_right(only(group), fitted):.3f}")
    _write(given.out / "ranking.json", dict(zip(SIGNALS, ranking.tolist(), strict=True)))

    rows, labels, row_groups = confidence_rows(cases)
    model = fit_confidence(rows, labels, row_groups)
    chosen = np.array(row_groups)
    said, right = [], []
    print("confidence on each set, fitted on the other sets (AUROC, Brier):")
    for group in groups:
        away = chosen != group
        fitted = fit_confidence(rows[away], labels[away], [g for g in row_groups if g != group])
        p = fitted.predict_proba(rows[~away])[:, 1].tolist()
        own = labels[~away].tolist()
        said += p
        right += own
        print(f"  {group}: {auroc(p, own):.3f} {brier(p, own):.3f}")
    print("reliability:")
    for row in reliability(said, right):
        print(f"  said {row['said']:.2f} right {row['right']:.2f} ({int(row['cases'])} cases)")
    weights = dict(zip(FEATURES, model.coef_[0].tolist(), strict=True))
    _write(given.out / "confidence.json", weights, float(model.intercept_[0]))


def _write(file: Path, weights: dict[str, float], bias: float | None = None) -> None:
    values: dict[str, object] = {} if bias is None else {"bias": round(bias, 4)}
    values["weights"] = {name: round(weight, 4) for name, weight in weights.items()}
    file.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
