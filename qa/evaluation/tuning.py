"""Learning the weights of `qa.retrieve` and `qa.confidence` from questions with known answers.

    python -m qa.evaluation.tuning ../shared/eval --gold GOLD DOCUMENTS --gold GOLD DOCUMENTS

Ranking: the weights that make a relevant passage likeliest among a question's candidates (listwise
softmax, ListNet's top-one probability, Cao et al., 2007). Confidence: a logistic model that tells
a best candidate that is relevant from one that isn't. On retrieval sets the latter is what remains
when the relevant passages are taken away, in pools of different sizes; on gold files it is what is
found for questions that nothing answers, and for questions asked of another district.
Prints what each choice gives on sets that it was not fitted on. The present files are in use while
it runs: give a new signal or feature a weight of 0 there first.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from index.store import Index
from qa.answer import Hits, search
from qa.confidence import FEATURES, features, model_for
from qa.evaluation.metrics import auroc, brier, mean
from qa.evaluation.retrieval import open_passages, read_lines
from qa.opening import Settings, open_settings
from qa.retrieve import SIGNALS, Candidate
from qa.types import Question
from qa.understand import understand

_AT_MOST = 600
_SMALL_POOL = 0.2
_SEED = 7


@dataclass(frozen=True)
class Case:
    """A question's candidates, best first by present weights, and which of them are relevant."""

    group: str
    hits: Hits
    relevant: Sequence[bool]
    gold: bool = False

    @property
    def candidates(self) -> Sequence[Candidate]:
        """The candidates, best first."""
        return self.hits.candidates

    def signals(self, names: Sequence[str] = SIGNALS) -> NDArray[np.float64]:
        """Return the signals of these names, shape (candidates, signals)."""
        return np.array([[hit.signals[name] for name in names] for hit in self.candidates])


def cases_of(folder: Path) -> list[Case]:
    """Return cases from a retrieval set's folder."""
    index = open_passages(folder)
    rows = read_lines(folder / "questions.jsonl", ("question", "relevant"))
    random.Random(_SEED).shuffle(rows)
    found: list[Case] = []
    for row in rows[:_AT_MOST]:

        def relevant(hit: Candidate, ids: frozenset[str] = frozenset(row["relevant"])) -> bool:
            return hit.passage.id in ids

        found += _cases(folder.name, [row["question"]], index, relevant)
    return found


def gold_cases(gold: Path, documents: Path, swap: bool) -> list[Case]:
    """Return cases from a gold file's questions about documents.

    With `swap`, plain questions are asked of every other district too, where they have no answer.
    """
    index = open_settings(Settings((documents,)))
    found: list[Case] = []
    for row in read_lines(gold, ("type", "question", "evidence")):
        turns = row["question"] if isinstance(row["question"], list) else [row["question"]]
        wanted = [evidence for group in row["evidence"] for evidence in group]

        def relevant(hit: Candidate, wanted: Sequence[str] = wanted) -> bool:
            return any(evidence in hit.passage.text for evidence in wanted)

        found += _cases(gold.stem, turns, index, relevant, gold=True)
        if swap and row["type"] in _SWAPPED:
            for other in index.by_district:
                if other not in row["districts"]:
                    found += _cases(gold.stem, turns, index, relevant, (other,), gold=True)
    return found


_SWAPPED = ("fact", "variant", "join")


def _cases(
    group: str,
    turns: Sequence[str],
    index: Index,
    relevant: Callable[[Candidate], bool],
    districts: tuple[str, ...] = (),
    gold: bool = False,
) -> list[Case]:
    question = Question(turns[-1][:2000], tuple(turns[:-1]), districts)
    return [
        Case(group, hits, [relevant(hit) for hit in hits.candidates], gold)
        for hits in search(understand(question, index), index)
        if hits.candidates
    ]


# --- ranking ---------------------------------------------------------------------------------------


def fit_ranking(cases: Sequence[Case], names: Sequence[str] = SIGNALS) -> NDArray[np.float64]:
    """Return the weight of each signal; every group of cases counts the same."""
    usable = [case for case in cases if any(case.relevant)]
    sizes = {case.group: sum(other.group == case.group for other in usable) for case in usable}
    prepared = [
        (case.signals(names), np.array(case.relevant), 1 / sizes[case.group]) for case in usable
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

    return np.asarray(minimize(loss, np.ones(len(names)), jac=True).x)


def first_right(
    cases: Sequence[Case], weights: NDArray[np.float64], names: Sequence[str] = SIGNALS
) -> float:
    """Return the share of cases whose best candidate is relevant (recall@1)."""
    return mean(
        bool(case.relevant[int(np.argmax(case.signals(names) @ weights))]) for case in cases
    )


def ablation(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """Return recall@1 on each group, fitted on the others, with all signals and without each."""
    groups = list(dict.fromkeys(case.group for case in cases))
    found: dict[str, dict[str, float]] = {}
    for dropped in ("", *SIGNALS):
        names = [name for name in SIGNALS if name != dropped]
        found[f"without {dropped}" if dropped else "all"] = {
            group: first_right(
                [case for case in cases if case.group == group],
                fit_ranking([case for case in cases if case.group != group], names),
                names,
            )
            for group in groups
        }
    return found


# --- confidence --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A best candidate's features and whether the question is one that should be answered."""

    group: str
    model: str
    features: Mapping[str, float]
    right: bool


def judged(cases: Sequence[Case]) -> list[Judged]:
    """Return what the confidence models learn from.

    From a retrieval set, the best candidate with and without the relevant ones, in the whole pool
    and in a small one; from a gold file, whether the question has an answer at all.
    """
    chance = random.Random(_SEED)
    found: list[Judged] = []
    for case in cases:
        if case.gold:
            found.append(_judged(case, case.candidates[0], any(case.relevant)))
            continue
        pairs = list(zip(case.candidates, case.relevant, strict=True))
        small = [pair for pair in pairs if pair[1] or chance.random() < _SMALL_POOL]
        pools = [pairs, small]
        pools += [[pair for pair in pool if not pair[1]] for pool in pools]
        found += [_judged(case, *pool[0]) for pool in pools if pool]
    return found


def _judged(case: Case, candidate: Candidate, right: bool) -> Judged:
    values = features(candidate.signals, case.hits.rival)
    return Judged(case.group, model_for(case.hits.rival), values, right)


def fit_confidence(rows: Sequence[Judged], model: str) -> LogisticRegression:
    """Return one of the logistic models; every group counts the same, and so do yes and no."""
    own = [row for row in rows if row.model == model]
    sizes = Counter(row.group for row in own)
    fitted = LogisticRegression(max_iter=5000, class_weight="balanced")
    return fitted.fit(
        _matrix(own, model),
        [row.right for row in own],
        sample_weight=[len(own) / len(sizes) / sizes[row.group] for row in own],
    )


def best_threshold(fitted: LogisticRegression, rows: Sequence[Judged], model: str) -> float:
    """Return the threshold that gives the best balanced accuracy over the groups.

    A group counts by the square root of its cases of the rarer kind, as sure as their mean is.
    """
    by_group: dict[str, list[tuple[float, bool]]] = {}
    own = [row for row in rows if row.model == model]
    chances = fitted.predict_proba(_matrix(own, model))[:, 1]
    for row, chance in zip(own, chances, strict=True):
        by_group.setdefault(row.group, []).append((float(chance), row.right))

    def accuracy(limit: float) -> float:
        total = 0.0
        for group in by_group.values():
            answer = [chance >= limit for chance, right in group if right]
            refuse = [chance < limit for chance, right in group if not right]
            total += min(len(answer), len(refuse)) ** 0.5 * (mean(answer) + mean(refuse))
        return total

    return max((step / 100 for step in range(20, 81)), key=accuracy)


def _matrix(rows: Sequence[Judged], model: str) -> NDArray[np.float64]:
    return np.array([[row.features[name] for name in FEATURES[model]] for row in rows])


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
    parser.add_argument("--ablation", action="store_true", help="what each signal adds; no fitting")
    given = parser.parse_args()
    folders = [
        f
        for f in sorted(given.sets.iterdir())
        if (f / "passages.jsonl").exists() and f.name != "refusal"
    ]
    cases = [case for folder in folders for case in cases_of(folder)]
    for gold, documents in given.gold:
        cases += gold_cases(gold, documents, swap=gold.stem == "dev")
    if given.ablation:
        for row, scores in ablation(cases).items():
            print(row, *(f"{group} {score:.3f}" for group, score in scores.items()))
        return
    groups = list(dict.fromkeys(case.group for case in cases))

    def without(group: str) -> list[Case]:
        return [case for case in cases if case.group != group]

    def only(group: str) -> list[Case]:
        return [case for case in cases if case.group == group]

    ranking = fit_ranking(cases)
    print("ranking, recall@1 on each set, fitted on the other sets:")
    for group in groups:
        fitted = fit_ranking(without(group))
        print(f"  {group}: {first_right(only(group), fitted):.3f}")
    weights = {name: round(w, 4) for name, w in zip(SIGNALS, ranking.tolist(), strict=True)}
    _write(given.out / "ranking.json", {"weights": weights})

    rows = judged(cases)
    models: dict[str, object] = {}
    for model, names in FEATURES.items():
        fitted = fit_confidence(rows, model)
        weights = {name: round(w, 4) for name, w in zip(names, fitted.coef_[0], strict=True)}
        models[model] = {
            "bias": round(float(fitted.intercept_[0]), 4),
            "weights": weights,
            "threshold": best_threshold(fitted, rows, model),
        }
        _print_held_out(rows, model)
    _write(given.out / "confidence.json", models)


def _print_held_out(rows: Sequence[Judged], model: str) -> None:
    """Print what the model says of each group when it is fitted on the others."""
    own = [row for row in rows if row.model == model]
    said: list[float] = []
    right: list[bool] = []
    print(f"confidence, {model}, fitted on the other sets (AUROC, Brier):")
    for group in dict.fromkeys(row.group for row in own):
        fitted = fit_confidence([row for row in own if row.group != group], model)
        held = [row for row in own if row.group == group]
        p = fitted.predict_proba(_matrix(held, model))[:, 1].tolist()
        labels = [row.right for row in held]
        print(f"  {group}: {auroc(p, labels):.3f} {brier(p, labels):.3f} ({len(held)} cases)")
        said += p
        right += labels
    for row in reliability(said, right):
        print(f"  said {row['said']:.2f} right {row['right']:.2f} ({int(row['cases'])} cases)")


def _write(file: Path, values: dict[str, object]) -> None:
    file.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
