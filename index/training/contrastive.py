"""Contrastive training: a text is drawn to the best sentence of what belongs to it.

In-batch negatives, both ways, with a temperature (InfoNCE; van den Oord et al., 2018). How alike a
text and a passage are is how alike the text and the passage's best sentence are, as in search
(late interaction over sentences in place of tokens; Khattab and Zaharia, 2020). A text's vector is
the mean of its tokens' vectors, so a vector's length is also its token's weight, and both are
learned. A plain loop over PyTorch's `embedding_bag`: for a model without layers it is several
times faster than a trainer built for large ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from index.training.pairs import CUT_OUT, FROM_DOCUMENTS, Examples
from index.training.sources import WRITTEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNKNOWN_ID = 0
_WARM_UP = 0.1


@dataclass(frozen=True, slots=True)
class ContrastiveSettings:
    """How long, with how many examples at once, how fast and how sharply the vectors learn.

    In an epoch an example that a person wrote comes up `repeats` times, one that was cut out of a
    document or a word list once: of those there are plenty, and questions come from people. A
    question that was written for this comes up `written` times. Of what belongs to a text the first
    `sentences` are used. All of it is done `runs` times from the same vectors with seeds that follow
    each other, and the mean is what is learned (model soups; Wortsman et al., 2022).
    """

    runs: int = 2
    epochs: int = 2
    batch: int = 2048
    learning_rate: float = 4e-3
    temperature: float = 0.05
    repeats: int = 3
    written: int = 10
    sentences: int = 8


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as `embedding_bag` takes them: tokens ``(T,)`` and where each text begins ``(n,)``."""

    tokens: torch.Tensor
    begins: torch.Tensor

    def vectors(self, weights: torch.Tensor) -> torch.Tensor:
        """Return the unit vectors of the texts, ``(n, dimensions)``."""
        sums = functional.embedding_bag(
            self.tokens, weights, self.begins, mode="mean", padding_idx=UNKNOWN_ID
        )
        return functional.normalize(sums, dim=1)


@dataclass(frozen=True, slots=True)
class Batch:
    """``n`` texts, all sentences of what belongs to them, and how many sentences each has.

    ``same[i, j]`` tells that the same passage belongs to the texts `i` and `j`, ``(n, n)``.
    """

    texts: Texts
    sentences: Texts
    lengths: torch.Tensor
    same: torch.Tensor


def train(
    vectors: NDArray[np.float32],
    examples: Examples,
    settings: ContrastiveSettings,
    seed: int,
    report: Callable[[int, float], None],
) -> NDArray[np.float32]:
    """Return `vectors` after contrastive training on `examples`, ``(V, dimensions)``.

    `report` is called with the step and the mean loss every hundred steps, and at the end.
    """
    weights = torch.nn.Parameter(torch.from_numpy(vectors.copy()))
    optimiser = torch.optim.Adam([weights], lr=settings.learning_rate, fused=True)
    batches = _batches(examples, settings, seed)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: _rate(n, len(batches)))
    losses: list[float] = []
    for step, chosen in enumerate(batches, start=1):
        loss = _loss(_batch(examples, chosen, settings.sentences), weights, settings.temperature)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % 100 == 0 or step == len(batches):
            report(step, float(np.mean(losses[-100:])))
    return weights.detach().numpy()


def between(
    before: NDArray[np.float32], after: NDArray[np.float32], share: float
) -> NDArray[np.float32]:
    """Return the vectors that lie `share` of the way from `before` to `after`.

    What the examples rarely show keeps more of what plain text taught, so texts unlike the
    examples are found better (WiSE-FT; Wortsman et al., 2022).

    >>> between(np.zeros((1, 2), dtype=np.float32), np.ones((1, 2), dtype=np.float32), 0.5)
    array([[0.5, 0.5]], dtype=float32)
    """
    return before + np.float32(share) * (after - before)


def _rate(step: int, steps: int) -> float:
    """Return the share of the full learning rate: up over the first tenth, then down to nothing."""
    warm = max(1, round(_WARM_UP * steps))
    return min((step + 1) / warm, (steps - step) / max(1, steps - warm))


def _batches(
    examples: Examples, settings: ContrastiveSettings, seed: int
) -> list[NDArray[np.int64]]:
    """Return the examples of every batch: each of one kind, the kinds in turn by chance.

    Titles are told apart from titles, clauses from clauses and each kind of written question from its
    like, which is harder than telling a title from a question, so more is learned.
    """
    chance = np.random.default_rng(seed)
    alone = (*FROM_DOCUMENTS, *WRITTEN)
    kinds = np.array([name if name in alone else "" for name in examples.names])
    often = [
        settings.written if name in WRITTEN else 1 if name in CUT_OUT else settings.repeats
        for name in examples.names
    ]
    times = np.array(often)[examples.sources]
    drawn = np.repeat(np.arange(len(examples)), times)
    batches: list[NDArray[np.int64]] = []
    for _ in range(settings.epochs):
        epoch: list[NDArray[np.int64]] = []
        for kind in np.unique(kinds):
            order = chance.permutation(drawn[kinds[examples.sources[drawn]] == kind])
            last = len(order) - settings.batch + 1
            epoch += [order[n : n + settings.batch] for n in range(0, last, settings.batch)]
        batches += [epoch[n] for n in chance.permutation(len(epoch))]
    return batches


def _batch(examples: Examples, chosen: NDArray[np.int64], most_sentences: int) -> Batch:
    first, last = examples.firsts[chosen], examples.firsts[chosen + 1]
    last = np.minimum(last, first + 1 + most_sentences)
    sentences, _ = _runs(first + 1, last)
    prints = torch.tensor(
        [
            hash(examples.tokens[begin:end].tobytes())
            for begin, end in zip(examples.starts[first + 1], examples.starts[last], strict=True)
        ]
    )
    return Batch(
        _texts(examples, first),
        _texts(examples, sentences),
        torch.from_numpy(last - first - 1),
        prints[:, None] == prints[None, :],
    )


def _texts(examples: Examples, numbers: NDArray[np.int64]) -> Texts:
    begins, ends = examples.starts[numbers], examples.starts[numbers + 1]
    places, offsets = _runs(begins, ends)
    return Texts(torch.from_numpy(examples.tokens[places]), torch.from_numpy(offsets))


def _runs(
    begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the numbers of all ranges one behind the other, and where each range begins there.

    >>> _runs(np.array([3, 10]), np.array([5, 11]))
    (array([ 3,  4, 10]), array([0, 2], dtype=int32))
    """
    lengths = ends - begins
    offsets = np.cumsum(lengths) - lengths
    numbers = np.arange(lengths.sum()) + np.repeat(begins - offsets, lengths)
    return numbers, offsets.astype(np.int32)


def _loss(batch: Batch, weights: torch.Tensor, temperature: float) -> torch.Tensor:
    """Return the mean of both directions' cross entropy.

    A passage that belongs to several texts of the batch is no negative for any of them.
    """
    alike = batch.sentences.vectors(weights) @ batch.texts.vectors(weights).T / temperature
    best = torch.segment_reduce(alike, "max", lengths=batch.lengths, axis=0).T
    right = torch.arange(len(best))
    itself = right[:, None] == right[None, :]
    best = best.masked_fill(batch.same & ~itself, -torch.inf)
    return (functional.cross_entropy(best, right) + functional.cross_entropy(best.T, right)) / 2
