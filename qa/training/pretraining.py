"""Before any question: words that are hidden on both sides, told from what stands around them and across.

A sentence of a document stands for the question, what stands beside it for the passage. Words of both are
hidden (Devlin et al., 2019); those of the passage are told from the passage and the sentence, those of
the sentence from what it finds in the passage, by the layers that later read questions. So the network
knows how things are said before it learns what answers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.encoders import StaticEncoder
from index.sentences import sentence_spans
from index.training import sources
from qa.evaluation.metrics import mean
from qa.training.learning import is_held_out, keep, kept_from
from qa.training.network import Network, Tokens, halved

Ids = NDArray[np.int64]

_SHORTEST_SENTENCE = 3
_FEWEST_SENTENCES = 4
_MOST_SENTENCES = 12
_LONGEST = 160
_PARTS = 4
_EVERY = 500
# Statutes are long and of one kind: one in so many is enough.
_LAWS, _ONE_IN = "documents-laws.jsonl.xz", 4
# The reports are measured on.
_WITHOUT = ("documents-provincial_reports_2025.jsonl.xz",)


@dataclass(frozen=True, slots=True)
class PretrainingSettings:
    """How long, how fast and on how much at once hidden words are learned.

    A `batch` is so many sentences with what stands beside them; of its words the shares
    `hidden_question` and `hidden_passage` are hidden. Each is told from among the batch's and `drawn`
    other words, the frequent ones rather (their frequency to the power of `evened`). A sentence stands at
    most `nearest` before or after the passage, or is the `title`, with that chance.
    """

    steps: int = 2500
    batch: int = 160
    learning_rate: float = 1.2e-3
    hidden_question: float = 0.3
    hidden_passage: float = 0.2
    drawn: int = 3000
    evened: float = 0.6
    nearest: int = 3
    title: float = 0.15


@dataclass(frozen=True, slots=True)
class Text:
    """Documents as token ids: sentence `i` is ``ids[sentences[i]:sentences[i + 1]]``.

    A document is a range of sentences, shape ``(documents, 2)``; its title, if any, is the first.
    """

    ids: Ids
    sentences: Ids
    documents: Ids


def text_of(data: Path, encoder: StaticEncoder, without: Collection[tuple[str, int]]) -> Text:
    """Return the training documents, but for those `without` (file and row) and those held out.

    Raises:
        TrainingDataError: a file is missing or damaged, or none has a document of a few sentences.
    """
    ids: list[NDArray[np.uint16]] = []
    sentences, documents = [0], []
    for file, row, document in sources.numbered(data):
        if file in _WITHOUT or (file, row) in without or is_held_out(f"{file} {row}"):
            continue
        if file == _LAWS and row % _ONE_IN:
            continue
        first = len(sentences) - 1
        for line in (document.title, *document.paragraphs):
            for start, end in sentence_spans(line):
                tokens = encoder.tokens(line[start:end])
                if len(tokens) >= _SHORTEST_SENTENCE:
                    ids.append(tokens.astype(np.uint16))
                    sentences.append(sentences[-1] + len(tokens))
        if len(sentences) - 1 - first >= _FEWEST_SENTENCES:
            documents.append((first, len(sentences) - 1))
    if not documents:
        raise sources.TrainingDataError(
            f"{data}: no document of {_FEWEST_SENTENCES} sentences to learn from"
        )
    whole = np.concatenate(ids).astype(np.int64)
    return Text(whole, np.array(sentences), np.array(documents))


class Pairs:
    """Draws sentences of a text with what stands beside them, and hides words of both."""

    def __init__(self, text: Text, settings: PretrainingSettings, hidden: int, seed: int) -> None:
        self._text, self._settings, self._hidden = text, settings, hidden
        self._chance = np.random.default_rng(seed)
        lengths = np.minimum(text.documents[:, 1] - text.documents[:, 0], _MOST_SENTENCES)
        self._documents = np.cumsum(lengths / lengths.sum())

    def batch(self) -> list[tuple[Tokens, Tokens, Tensor, Tensor]]:
        """Return questions, passages and what is hidden of both (-1: nothing), in parts by length."""
        pairs = sorted((self._pair() for _ in range(self._settings.batch)), key=lambda p: len(p[1]))
        parts = [
            pairs[rows[0] : rows[-1] + 1] for rows in np.array_split(range(len(pairs)), _PARTS)
        ]
        return [self._part(part) for part in parts if part]

    def drawn(self, summed: NDArray[np.float64]) -> Tensor:
        """Return words drawn by their chances, summed up to each, as many as the settings say."""
        places = np.searchsorted(summed, self._chance.random(self._settings.drawn))
        return torch.from_numpy(np.minimum(places, len(summed) - 1))

    def _pair(self) -> tuple[Ids, Ids]:
        """Return a sentence, or a piece of it, and a run of other sentences beside it."""
        text, chance, settings = self._text, self._chance, self._settings
        drawn = int(np.searchsorted(self._documents, chance.random()))
        first, last = text.documents[min(drawn, len(text.documents) - 1)].tolist()
        start = int(chance.integers(first, last))
        end, wanted = start + 1, int(chance.integers(16, 150))
        # One sentence at least is left over.
        most = last - (start == first)
        while end < most and self._between(start, end) < wanted:
            end += 1
        near = range(max(first, start - settings.nearest), min(last, end + settings.nearest))
        beside = [i for i in near if not start <= i < end]
        if chance.random() < settings.title and start > first:
            beside = [first]
        sentence = beside[int(chance.integers(len(beside)))]
        passage = text.ids[text.sentences[start] : text.sentences[end]][:_LONGEST]
        question = text.ids[text.sentences[sentence] : text.sentences[sentence + 1]]
        longest = int(chance.integers(5, 33))
        if len(question) > longest:
            begin = int(chance.integers(0, len(question) - longest + 1))
            question = question[begin : begin + longest]
        return question, passage

    def _between(self, start: int, end: int) -> int:
        return int(self._text.sentences[end] - self._text.sentences[start])

    def _part(self, pairs: list[tuple[Ids, Ids]]) -> tuple[Tokens, Tokens, Tensor, Tensor]:
        sides = []
        for side, share in enumerate(
            (self._settings.hidden_question, self._settings.hidden_passage)
        ):
            hidden = [self._hide(pair[side], share) for pair in pairs]
            tokens = Tokens.of([given for given, _ in hidden])
            told = np.full(tokens.ids.shape, -1)
            for row, (_, words) in enumerate(hidden):
                told[row, : len(words)] = words
            sides.append((tokens, torch.from_numpy(told)))
        (questions, asked), (passages, told_of) = sides
        return questions, passages, asked, told_of

    def _hide(self, ids: Ids, share: float) -> tuple[Ids, Ids]:
        """Return ids with some hidden, a few of those as they are or as others, and which were (-1: not)."""
        chosen = self._chance.random(len(ids)) < share
        if not chosen.any():
            chosen[self._chance.integers(len(ids))] = True
        given, fate = ids.copy(), self._chance.random(len(ids))
        given[chosen & (fate < 0.85)] = self._hidden
        others = chosen & (fate >= 0.95)
        given[others] = self._text.ids[self._chance.integers(0, len(self._text.ids), others.sum())]
        return given, np.where(chosen, ids, -1)


class Guesses(nn.Module):
    """Tells words from what they are to the network: how near each known word's vector is."""

    def __init__(self, width: int, dimensions: int) -> None:
        super().__init__()

        def told() -> nn.Sequential:
            return nn.Sequential(nn.LayerNorm(width), nn.Linear(width, dimensions))

        self.passage, self.question = told(), told()
        self.scale = nn.Parameter(torch.tensor(0.6))
        self.frequent = nn.Parameter(torch.tensor(0.5))


def pretrain(
    network: Network,
    text: Text,
    settings: PretrainingSettings,
    seed: int,
    report: Callable[[int, float, float], None],
    kept: Path,
) -> None:
    """Train `network` in place on hidden words; `report` is called with the step and both mean losses.

    As `qa.training.learning.learn`, it goes on from the file `kept` where a run was stopped.
    """
    pairs = Pairs(text, settings, network.hidden, seed)
    counted = np.bincount(text.ids, minlength=network.hidden) + 1.0
    frequency = counted / counted.sum()
    evened = frequency**settings.evened
    chances = evened / evened.sum()
    summed = np.cumsum(chances)
    frequencies = Frequencies(
        torch.from_numpy(frequency).float(), torch.from_numpy(chances).float()
    )
    guesses = Guesses(network.width, network.dimensions)
    optimiser = torch.optim.AdamW(
        [*network.parameters(), *guesses.parameters()], lr=settings.learning_rate, weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / 300, 1 - n / (1.28 * settings.steps))
    )
    parts: dict[str, Any] = {
        "network": network,
        "guesses": guesses,
        "optimiser": optimiser,
        "schedule": schedule,
    }
    begun = kept_from(kept, parts)
    losses: list[tuple[float, float]] = []
    for step in range(1, settings.steps + 1):
        batch, drawn = pairs.batch(), pairs.drawn(summed)
        if step <= begun:
            continue
        passage, question = _losses(network, guesses, batch, drawn, frequencies)
        optimiser.zero_grad()
        torch.autograd.backward(passage + question / 2)
        torch.nn.utils.clip_grad_norm_([*network.parameters(), *guesses.parameters()], 1.0)
        optimiser.step()
        schedule.step()
        losses.append((passage.item(), question.item()))
        if step % _EVERY == 0 or step == settings.steps:
            told = zip(*losses[-_EVERY:], strict=True)
            report(step, *(mean(of_side) for of_side in told))
            keep(kept, step, parts)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How often each word stands in the text, and how often it is drawn, both as shares."""

    of_text: Tensor
    drawn: Tensor


def _losses(
    network: Network,
    guesses: Guesses,
    batch: list[tuple[Tokens, Tokens, Tensor, Tensor]],
    drawn: Tensor,
    frequencies: Frequencies,
) -> tuple[Tensor, Tensor]:
    """Return how badly the hidden words of passages and of questions are told."""
    sides: dict[str, list[Tensor]] = {"passage": [], "question": []}
    hidden: dict[str, list[Tensor]] = {"passage": [], "question": []}
    for questions, passages, asked, told in batch:
        with halved():
            met = network.meet(questions, passages, torch.arange(len(questions.ids)))
            for name, ids in (("passage", told), ("question", asked)):
                at = ids >= 0
                sides[name].append(getattr(guesses, name)(getattr(met, name)[at]))
                hidden[name].append(ids[at])
    words = {name: torch.cat(own) for name, own in hidden.items()}
    among = torch.unique(torch.cat([*words.values(), drawn]))
    number = torch.full((network.hidden,), -1)
    number[among] = torch.arange(len(among))
    # How likely each was to be among them, so that the frequent ones don't count too much.
    total = sum(len(own) for own in words.values())
    expected = len(drawn) * frequencies.drawn[among] + total * frequencies.of_text[among]
    owed = guesses.frequent * torch.log(frequencies.of_text[among])
    owed = owed - torch.log((1 - torch.exp(-expected)).clamp(min=1e-9))
    losses = []
    for name, own in sides.items():
        with halved():
            near = torch.cat(own) @ network.vectors_of(among).T
        scores = near.float() * torch.exp(guesses.scale) + owed
        losses.append(functional.cross_entropy(scores, number[words[name]]))
    return losses[0], losses[1]
