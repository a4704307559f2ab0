"""Learning the weights of `qa.retrieve` and `qa.confidence` from questions with known answers.

    python -m qa.evaluation.tuning ../shared/eval --training ../shared/training --gold GOLD DOCUMENTS

Ranking: the weights that make a relevant passage likeliest among a question's candidates (listwise
softmax, ListNet's top-one probability, Cao et al., 2007). Confidence: a logistic model that tells
questions with an answer from others. Those are the questions of retrieval sets when the relevant
passages are taken away, in pools of different sizes, near misses about training documents, and the
questions of the `refusal` folder, half of which nothing answers; how much it counts that a question
is an everyday one, by such questions; gold files are for the ranking, and here only measured. Prints
what each choice gives on sets that it was not fitted on. The present files are in use while it runs:
give a new signal or feature a weight of 0 there first.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from index.store import Index
from qa.answer import search
from qa.confidence import FEATURES, features, model_for
from qa.evaluation.answers import turns_of
from qa.evaluation.filing import save
from qa.evaluation.metrics import auroc, brier, mean
from qa.evaluation.near_misses import collections, news
from qa.evaluation.retrieval import open_passages, read_lines
from qa.hits import Hits
from qa.opening import Settings, open_settings
from qa.retrieve import READ, READ_OF_MANY, SIGNALS, Candidate, reads
from qa.training.everyday import written
from qa.types import MAX_QUESTION, Question
from qa.understand import understand

Origin = Literal["retrieval set", "near misses", "refusal", "gold", "everyday"]

_AT_MOST = 600
_EVERYDAY = 150
_SMALL_POOL = 0.2
# So many of a set's questions with an answer may be refused: of those that name one district more, since most near
# misses are asked of one; of several asked together fewer, since each may be refused.
_FALSE_REFUSALS = {"everywhere": 0.02, "district": 0.03}
_OF_SEVERAL = 0.02
_SEED = 7


@dataclass(frozen=True)
class Case:
    """A question's candidates, best first by present weights, and which of them are relevant.

    Of a refusal set it is only known whether the question is `answerable`, not by which of them.
    """

    group: str
    origin: Origin
    hits: Hits
    relevant: Sequence[bool]
    answerable: bool | None = None

    @property
    def candidates(self) -> Sequence[Candidate]:
        """The candidates, best first."""
        return self.hits.candidates

    def signals(self, names: Sequence[str] = SIGNALS) -> NDArray[np.float64]:
        """Return the signals of these names, shape (candidates, signals)."""
        return np.array([[hit.signals[name] for name in names] for hit in self.candidates])

    def read(self, scores: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the candidates that are read by these scores, best first, and what that gives."""
        first = np.argsort(-scores, kind="stable")[:READ]
        found = [self.candidates[n] for n in first.tolist()]
        return first, np.array([_reads(hit.asked, hit.passage.text) for hit in found])


def all_cases(sets: Path, golds: Sequence[tuple[Path, Path]], training: Path) -> list[Case]:
    """Return the cases of all sets, gold files with their documents, and training documents.

    Searches run in as many processes as there are cores.
    """
    folders = [
        folder
        for folder in sorted(sets.iterdir())
        if (folder / "passages.jsonl").exists() and folder.name != "refusal"
    ]
    makers: list[Callable[[], list[Case]]] = [
        *(partial(cases_of, folder) for folder in folders),
        *(partial(gold_cases, gold, documents) for gold, documents in golds),
        partial(refusal_cases, sets / "refusal"),
        partial(near_miss_cases, training),
        partial(everyday_cases, training),
    ]
    with ProcessPoolExecutor(initializer=threadpool_limits, initargs=(1,)) as processes:
        # The longest of them come last, and are begun first.
        made = [processes.submit(maker) for maker in reversed(makers)]
        return [case for cases in reversed(made) for case in cases.result()]


def cases_of(folder: Path) -> list[Case]:
    """Return cases from a retrieval set's folder."""
    index = open_passages(folder)
    rows = read_lines(folder / "questions.jsonl", ("question", "relevant"))
    random.Random(_SEED).shuffle(rows)
    found: list[Case] = []
    for row in rows[:_AT_MOST]:

        def relevant(hit: Candidate, ids: frozenset[str] = frozenset(row["relevant"])) -> bool:
            return hit.passage.id in ids

        found += _cases(folder.name, "retrieval set", [row["question"]], index, relevant)
    return found


def near_miss_cases(training: Path) -> list[Case]:
    """Return cases from questions about training documents, half of which they don't answer.

    Those asked of all documents together are a group of their own.
    """
    found: list[Case] = []
    for file, index, questions in (*collections(training), ("news", *news(training))):
        name = file.removeprefix("documents-").removesuffix(".jsonl.xz")
        for asked in questions:

            def relevant(hit: Candidate, answer: str = asked.answer) -> bool:
                return hit.passage.text in answer or (answer != "" and answer in hit.passage.text)

            districts = (asked.district,) if asked.district else ()
            group = name if districts else f"{name} alone"
            found += _cases(group, "near misses", [asked.question], index, relevant, districts)
    return found


def everyday_cases(training: Path) -> list[Case]:
    """Return cases from everyday questions asked of training documents, of one of their districts and of all.

    And from others in people's words, which are such as documents answer, whether these do or not.
    """
    chance = random.Random(_SEED)
    questions = written(held_out=True)
    found: list[Case] = []
    for _, index, _ in collections(training):
        if len(index.by_district) < 2:
            continue
        for told in chance.sample(questions, _EVERYDAY):
            for districts in ((), (chance.choice([*index.by_district]),)):
                found += [
                    replace(case, answerable=not told.everyday)
                    for case in _cases(
                        "everyday", "everyday", [told.question], index, lambda _: False, districts
                    )
                ]
    return found


def refusal_cases(folder: Path) -> list[Case]:
    """Return cases from a folder's questions, half of which its passages don't answer."""
    index = open_passages(folder)
    found: list[Case] = []
    for row in read_lines(folder / "questions.jsonl", ("question", "answerable")):
        cases = _cases(folder.name, "refusal", [row["question"]], index, lambda hit: False)
        found += (replace(case, answerable=bool(row["answerable"])) for case in cases)
    return found


def gold_cases(gold: Path, documents: Path) -> list[Case]:
    """Return cases from a gold file's questions about documents."""
    index = open_settings(Settings((documents,)))
    found: list[Case] = []
    for row in read_lines(gold, ("type", "question", "evidence")):
        wanted = [evidence for group in row["evidence"] for evidence in group]

        def relevant(hit: Candidate, wanted: Sequence[str] = wanted) -> bool:
            return any(evidence in hit.passage.text for evidence in wanted)

        found += _cases(gold.stem, "gold", turns_of(row), index, relevant)
    return found


def _cases(
    group: str,
    origin: Origin,
    turns: Sequence[str],
    index: Index,
    relevant: Callable[[Candidate], bool],
    districts: tuple[str, ...] = (),
) -> list[Case]:
    question = Question(turns[-1][:MAX_QUESTION], tuple(turns[:-1]), districts)
    return [
        Case(group, origin, hits, [relevant(hit) for hit in hits.candidates])
        for hits in search(understand(question, index), index)
        if hits.candidates
    ]


# --- ranking ---------------------------------------------------------------------------------------


def fit_ranking(cases: Sequence[Case], names: Sequence[str] = SIGNALS) -> NDArray[np.float64]:
    """Return the weight of each signal; every group of cases counts the same."""
    usable = [case for case in cases if any(case.relevant)]
    sizes = Counter(case.group for case in usable)
    lengths = np.array([len(case.candidates) for case in usable])
    starts = np.cumsum(lengths) - lengths
    signals = np.vstack([case.signals(names) for case in usable])
    relevant = np.concatenate([np.array(case.relevant) for case in usable])
    shares = np.array([1 / sizes[case.group] for case in usable])

    def each(of_cases: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.repeat(of_cases, lengths)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = signals @ weights
        raised = np.exp(scores - each(np.maximum.reduceat(scores, starts)))
        right = np.where(relevant, raised, 0.0)
        total, total_right = np.add.reduceat(raised, starts), np.add.reduceat(right, starts)
        missed = -float(shares @ np.log(total_right / total + 1e-12))
        slope = signals.T @ (each(shares) * (raised / each(total) - right / each(total_right)))
        return missed + 1e-3 * float(weights @ weights), slope + 2e-3 * weights

    return np.asarray(minimize(loss, np.ones(len(names)), jac=True).x)


@cache
def _reads(asked: tuple[str, ...], passage: str) -> float:
    return reads(asked, passage)


def fit_reading(cases: Sequence[Case], weights: NDArray[np.float64]) -> float:
    """Return the weight of reading the first few candidates, beside that of their signals.

    By the same loss as `fit_ranking`, over the candidates that are read.
    """
    sizes = Counter(case.group for case in cases if any(case.relevant))
    lists: list[tuple[float, NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]] = []
    for case in cases:
        scores = case.signals() @ weights
        first, reads = case.read(scores)
        relevant = np.array(case.relevant)[first]
        if relevant.any():
            lists.append((1 / sizes[case.group], scores[first], reads, relevant))

    def loss(weight: float) -> float:
        total = 0.0
        for share, scores, reads, relevant in lists:
            raised = np.exp((added := scores + weight * reads) - added.max())
            total -= share * float(np.log(raised[relevant].sum() / raised.sum() + 1e-12))
        return total

    return float(minimize_scalar(loss, bounds=(0, 3), method="bounded").x)


@dataclass(frozen=True)
class Ranking:
    """The weights of the signals of these names and, if what is found is read, of that."""

    weights: NDArray[np.float64]
    names: Sequence[str] = SIGNALS
    reading: float = 0.0

    @classmethod
    def fitted(cls, cases: Sequence[Case]) -> Ranking:
        """Return what is learned from cases."""
        weights = fit_ranking(cases)
        return cls(weights, reading=fit_reading(cases, weights))

    def best(self, case: Case) -> int:
        """Return the number of a case's best candidate."""
        scores = case.signals(self.names) @ self.weights
        if not self.reading:
            return int(np.argmax(scores))
        first, reads = case.read(scores)
        return int(first[np.argmax(scores[first] + self.reading * reads)])


def first_right(cases: Sequence[Case], ranking: Ranking) -> float:
    """Return the share of cases whose best candidate is relevant (recall@1)."""
    return mean(bool(case.relevant[ranking.best(case)]) for case in cases)


def _with_answer(cases: Sequence[Case]) -> list[Case]:
    """Return the cases whose question has an answer, as all questions of retrieval sets have."""
    return [case for case in cases if case.origin == "retrieval set" or any(case.relevant)]


def ranked_groups(cases: Sequence[Case]) -> list[str]:
    """Return the groups of which it is known what answers."""
    known = (case for case in cases if case.answerable is None and case.origin != "everyday")
    return list(dict.fromkeys(case.group for case in known))


def ablation(cases: Sequence[Case]) -> dict[str, dict[str, float]]:
    """Return recall@1 on each group, fitted on the others, with all signals and without each.

    Nothing is read in those; the first row tells what reading adds to all signals.
    """
    groups = ranked_groups(cases)
    found: dict[str, dict[str, float]] = {"read": {}}
    for group in groups:
        own = _with_answer([case for case in cases if case.group == group])
        others = [case for case in cases if case.group != group]
        found["read"][group] = first_right(own, Ranking.fitted(others))
        for dropped in ("", *SIGNALS):
            names = [name for name in SIGNALS if name != dropped]
            row = found.setdefault(f"without {dropped}" if dropped else "all", {})
            row[group] = first_right(own, Ranking(fit_ranking(others, names), names))
    return found


# --- confidence --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Judged:
    """A best candidate's features and whether the question is one that should be answered."""

    group: str
    origin: Origin
    model: str
    features: Mapping[str, float]
    right: bool
    everyday: float = 0.0


def judged(cases: Sequence[Case]) -> list[Judged]:
    """Return what the confidence models learn from, and with what they are measured.

    That is what is found first, and whether the question should be answered: in a retrieval set, with
    and without the relevant ones, in the whole pool and in a small one, if one is among the first few;
    in the others if an answer is among the candidates, as nearly every one there is, or if the question
    is answerable.
    """
    chance = random.Random(_SEED)
    found: list[Judged] = []
    for case in cases:
        if case.origin != "retrieval set":
            right = any(case.relevant) if case.answerable is None else case.answerable
            found.append(_judged(case, case.candidates, right))
            continue
        pairs = list(zip(case.candidates, case.relevant, strict=True))
        small = [pair for pair in pairs if pair[1] or chance.random() < _SMALL_POOL]
        pools = [pairs, small]
        pools += [[pair for pair in pool if not pair[1]] for pool in pools]
        for pool in pools:
            answers = any(right for _, right in pool[:READ_OF_MANY])
            found += [_judged(case, [hit for hit, _ in pool], answers)] if pool else []
    return found


def _judged(case: Case, candidates: Sequence[Candidate], right: bool) -> Judged:
    hits = replace(case.hits, candidates=candidates)
    values = features(hits.told(candidates[0]), hits.rival)
    everyday = hits.everyday(candidates[0])
    return Judged(case.group, case.origin, model_for(hits.rival), values, right, everyday)


def fit_confidence(rows: Sequence[Judged], model: str) -> LogisticRegression:
    """Return one of the logistic models, fitted on all but gold and everyday questions.

    Every origin counts the same, every group of it too, and so do yes and no.
    """
    apart = ("gold", "everyday")
    own = [row for row in rows if row.model == model and row.origin not in apart]
    sizes = Counter(row.group for row in own)
    groups = Counter(row.origin for row in {row.group: row for row in own}.values())
    shares = [1 / groups[row.origin] / sizes[row.group] for row in own]
    fitted = LogisticRegression(C=100, max_iter=5000, class_weight="balanced")
    return fitted.fit(
        _matrix(own, model),
        [row.right for row in own],
        sample_weight=[len(own) / len(groups) * share for share in shares],
    )


def fit_everyday(rows: Sequence[Judged], model: str, fitted: LogisticRegression) -> float:
    """Return how much it speaks against an answer that a question is an everyday one, beside what else does.

    By logistic loss over everyday questions and others in people's words; both count the same.
    """
    own = [row for row in rows if row.origin == "everyday" and row.model == model]
    kinds = [row for row in own if not row.right], [row for row in own if row.right]
    told = [
        (fitted.decision_function(_matrix(kind, model)), np.array([row.everyday for row in kind]))
        for kind in kinds
    ]

    def loss(weight: float) -> float:
        wrong, right = (logits - weight * everyday for logits, everyday in told)
        return float(np.logaddexp(0, wrong).mean() + np.logaddexp(0, -right).mean())

    return float(minimize_scalar(loss, bounds=(0, 5), method="bounded").x)


Told = Mapping[str, Sequence[tuple[float, bool]]]


def held_out(rows: Sequence[Judged], model: str, everyday: float) -> Told:
    """Return for each group what a model fitted on the others says, and what is right.

    That a question is an `everyday` one counts as much everywhere. A refusal set has an origin of its
    own: each half of it is told by a model that knows the other.
    """
    own = [row for row in rows if row.model == model]
    found: dict[str, list[tuple[float, bool]]] = {}
    for group in dict.fromkeys(row.group for row in own):
        others = [row for row in own if row.group != group]
        inside = [row for row in own if row.group == group]
        halves: list[tuple[list[Judged], list[Judged]]] = [(inside, [])]
        if inside[0].origin == "refusal":
            halves = [(inside[::2], inside[1::2]), (inside[1::2], inside[::2])]
        for asked, known in halves:
            fitted = fit_confidence([*others, *known], model)
            against = everyday * np.array([row.everyday for row in asked])
            logits = fitted.decision_function(_matrix(asked, model)) - against
            chances = (1 / (1 + np.exp(-logits))).tolist()
            told = zip(chances, (row.right for row in asked), strict=True)
            found.setdefault(group, []).extend(told)
    return found


def threshold_of(told: Sequence[Sequence[tuple[float, bool]]], refused: float) -> float:
    """Return the threshold that refuses this share of the questions with an answer.

    The mean of what it would be for each group by itself: pools differ, and so do questions.

    >>> threshold_of([[(0.3, True), (0.1, False), (0.8, True)], [(0.2, True)]], 0.02)
    0.26
    """
    own = [[chance for chance, right in group if right] for group in told]
    return round(mean(float(np.quantile(group, refused)) for group in own), 2)


def _matrix(rows: Sequence[Judged], model: str) -> NDArray[np.float64]:
    return np.array([[row.features[name] for name in FEATURES[model]] for row in rows])


def reliability(probabilities: Sequence[float], labels: Sequence[bool]) -> list[dict[str, float]]:
    """Return, for each tenth of the scale, the mean probability and the share that was right."""
    found: list[dict[str, float]] = []
    for i in range(10):
        inside = [
            (p, label)
            for p, label in zip(probabilities, labels, strict=True)
            if i / 10 <= p < (i + 1) / 10 or (i == 9 and p == 1)
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
    parser.add_argument("--training", type=Path, required=True, help="folder of training files")
    parser.add_argument("--gold", nargs=2, type=Path, action="append", default=[])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent)
    parser.add_argument("--save", type=Path, help="folder to file the confidence's quality in")
    parser.add_argument("--ablation", action="store_true", help="print what each signal adds too")
    given = parser.parse_args()
    if given.save and given.save.resolve() == given.out.resolve():
        parser.error("--save and --out both write confidence.json; name two folders")
    cases = all_cases(given.sets, given.gold, given.training)
    groups = ranked_groups(cases)

    def without(group: str) -> list[Case]:
        return [case for case in cases if case.group != group]

    def only(group: str) -> list[Case]:
        return [case for case in cases if case.group == group]

    ranking = Ranking.fitted(cases)
    print("ranking, recall@1 on each set, fitted on the other sets, and on its other half too:")
    for group in groups:
        own = _with_answer(only(group))
        apart = first_right(own, Ranking.fitted(without(group)))
        halves = [
            first_right(own[half::2], Ranking.fitted([*without(group), *own[1 - half :: 2]]))
            for half in (0, 1)
        ]
        print(f"  {group}: {apart:.3f} {mean(halves):.3f}")
    weights = {name: round(w, 4) for name, w in zip(SIGNALS, ranking.weights.tolist(), strict=True)}
    _write(given.out / "ranking.json", {"weights": weights, "reads": round(ranking.reading, 4)})

    rows = judged(cases)
    learned = {row.group for row in rows if row.origin not in ("gold", "everyday")}
    models: dict[str, object] = {}
    quality: dict[str, Any] = {}
    for model, names in FEATURES.items():
        fitted = fit_confidence(rows, model)
        weights = {name: round(w, 4) for name, w in zip(names, fitted.coef_[0], strict=True)}
        everyday = round(fit_everyday(rows, model, fitted), 4)
        told = held_out(rows, model, everyday)
        known = [told[group] for group in told if group in learned]
        threshold = threshold_of(known, _FALSE_REFUSALS[model])
        several = threshold_of(known, _OF_SEVERAL)
        bias = round(float(fitted.intercept_[0]), 4)
        models[model] = {
            "bias": bias, "weights": weights, "everyday": everyday, "threshold": threshold,
            "threshold_of_several": several,
        }  # fmt: skip
        quality[model] = quality_of(told, threshold)
        _print_quality(model, quality[model])
    _write(given.out / "confidence.json", models)
    if given.save:
        save(quality, "confidence", given.save)
    if given.ablation:
        for row, scores in ablation(cases).items():
            print(row, *(f"{group} {score:.3f}" for group, score in scores.items()))


def quality_of(told: Told, threshold: float) -> dict[str, Any]:
    """Return how well each group was told, and the reliability diagram of all together."""
    everything = [row for rows in told.values() for row in rows]
    return {
        "threshold": threshold,
        "groups": {group: _quality_of(rows, threshold) for group, rows in told.items()},
        "reliability": reliability([p for p, _ in everything], [right for _, right in everything]),
    }


def _quality_of(rows: Sequence[tuple[float, bool]], threshold: float) -> dict[str, float]:
    chances, labels = [p for p, _ in rows], [right for _, right in rows]
    return {
        "cases": len(rows),
        "AUROC": auroc(chances, labels),
        "Brier": brier(chances, labels),
        "answered": mean(p >= threshold for p, right in rows if right),
        "refused": mean(p < threshold for p, right in rows if not right),
    }


def _print_quality(model: str, quality: Mapping[str, Any]) -> None:
    print(f"confidence, {model}, each set by what was fitted on others:")
    for group, measures in quality["groups"].items():
        print(f"  {group}:", *(f"{name} {value:.4g}" for name, value in measures.items()))
    for row in quality["reliability"]:
        print(f"  said {row['said']:.2f} right {row['right']:.2f} ({int(row['cases'])} cases)")


def _write(file: Path, values: dict[str, object]) -> None:
    file.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
