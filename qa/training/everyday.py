"""``python -m qa.training.everyday --data DATA --out FILE``: the weights of `qa.everyday`.

Everyday questions are those of public sets of question pairs and 1,397 written for this; the others are the
questions that encoder and readers learned from, but for those about news, and 1,040 written for this. Every fifth of
those written for this is left to `qa.evaluation.tuning`, which learns there how much it counts.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from index.encoders import bundled_encoder
from index.training import sources
from index.training.workspace import run
from qa.everyday import tokens_of
from qa.training.examples import bundled_questions
from qa.training.files import write_weights

# How many of each public source at most; the sources differ in how much they repeat themselves.
_PUBLIC = {
    "sim_LCQMC": 30_000,
    "sim_QBQTC_query_title": 10_000,
    "cmrc2018_train": 3_000,
    "sim_ATEC": 1_500,
    "sim_AFQMC": 1_500,
    "sim_BQ": 1_500,
    "qd_huatuo": 1_500,
}
_OF_OFFICES = 60_000
# The questions written for this count as much as all others together.
_WRITTEN_SHARE = 0.5
_STRENGTH = 10.0
_COMMON = 0.01
_SEED = 7
_HELD_OUT = 5


class Told(NamedTuple):
    """A question and whether it is an everyday one."""

    question: str
    everyday: bool


def written(held_out: bool) -> list[Told]:
    """Return the questions written for this, the fifth that is held out or the others."""
    file = Path(str(resources.files("qa.training") / "everyday.jsonl"))
    found = [Told(row["question"], row["everyday"]) for row in _lines(file)]
    return [told for i, told in enumerate(found) if (i % _HELD_OUT == 0) == held_out]


def gathered(data: Path) -> list[Told]:
    """Return what others wrote: public questions, and those that encoder and readers learned from.

    Raises:
        TrainingDataError: a training file is missing or damaged.
    """
    chance = random.Random(_SEED)
    public: dict[str, set[str]] = defaultdict(set)
    for pair in sources.pairs(data):
        source = pair.source.split(":")[0]
        if source in _PUBLIC:
            public[source] |= {pair.a, pair.b} if source == "sim_LCQMC" else {pair.a}
    offices = sorted({*_of_offices()})
    found = [Told(text, False) for text in chance.sample(offices, min(_OF_OFFICES, len(offices)))]
    for source, texts in sorted(public.items()):
        chosen = chance.sample(sorted(texts), min(_PUBLIC[source], len(texts)))
        found += [Told(text, True) for text in chosen]
    return found


def _of_offices() -> Iterator[str]:
    """Yield the questions about reports, policies and plans that encoder and readers learned from."""
    for row in _lines(sources.bundled_questions()):
        if row.get("kind") != "search":
            yield from row["questions"]
    for file in bundled_questions():
        for row in _lines(file):
            if "news" not in row.get("file", ""):
                yield from (question[0] for question in row["questions"])


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    return map(json.loads, file.read_text(encoding="utf-8").splitlines())


def fitted(others: Sequence[Told], own: Sequence[Told]) -> NDArray[np.float64]:
    """Return the weight of each token, where `own` questions count as `others` do, and yes as no among each.

    What more than a few of those to offices have, as 「我」 and 「什么」, speaks for none.
    """
    told = [*others, *own]
    shares = [*_shares(others, 1 - _WRITTEN_SHARE), *_shares(own, _WRITTEN_SHARE)]
    ids = [tokens_of(one.question) for one in told]
    starts = np.cumsum([0, *map(len, ids)])
    shape = (len(told), bundled_encoder().vocabulary)
    seen = csr_matrix((np.ones(starts[-1]), np.concatenate(ids), starts), shape=shape)
    # Without a bias: a name that no training text has tells nothing.
    model = LogisticRegression(C=_STRENGTH, max_iter=3000, fit_intercept=False)
    kinds = np.array([one.everyday for one in told])
    weights: NDArray[np.float64] = model.fit(seen, kinds, sample_weight=shares).coef_[0]
    common = np.asarray(seen[~kinds].mean(axis=0)).ravel() >= _COMMON
    return np.where(common, np.minimum(weights, 0), weights)


def _shares(told: Sequence[Told], share: float) -> list[float]:
    sizes = [sum(one.everyday is kind for one in told) for kind in (False, True)]
    return [1e4 * share / sizes[one.everyday] for one in told]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m qa.training.everyday", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument("--out", type=Path, required=True, help="the finished file")
    return run(_train, parser.parse_args(arguments))


def _train(options: argparse.Namespace) -> None:
    sources.check(options.data)
    found = fitted(gathered(options.data), written(held_out=False))
    weights = found.astype(np.float16)
    write_weights({"weights": weights}, {"encoder": bundled_encoder().fingerprint}, options.out)
    held_out = written(held_out=True)
    logits = [weights[tokens_of(one.question)].sum() for one in held_out]
    for kind in (True, False):
        own = [
            logit > 0 for logit, one in zip(logits, held_out, strict=True) if one.everyday is kind
        ]
        name = "everyday" if kind else "of offices"
        print(f"held out, {name}: {np.mean(own):.3f} of {len(own)} are told to be everyday")


if __name__ == "__main__":
    sys.exit(main())
