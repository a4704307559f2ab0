"""How the reader learns: to tell passages that answer from others, and where the answer stands."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from index.training.sources import WRITTEN
from qa.evaluation.metrics import auroc, mean
from qa.training.examples import CUT, NEAR, READ, SWAPPED, Asked, Examples
from qa.training.network import Network, Tokens, halved

_HELD_OUT = 12
_PARTS = 4
# So many of the others are of the document that answers; the rest is what search found.
_OWN = 2
_SHIFT = 20.0
_EVERY = 500


@dataclass(frozen=True, slots=True)
class LearningSettings:
    """How long, how fast and on how much at once the reader learns.

    A `batch` is so many questions with up to 1 + `others` passages each, fewer for a nameless one. In an
    epoch a question that was written for the reader comes up `read` times, one about an invented plan
    `local` times, one about an encyclopedia or news twice, one with a word put in or a shorter passage
    once, and one that the encoder learned
    from with the chance `search`. The three losses: whether a passage answers, which of a question's
    passages does, and where the answer begins and ends.
    """

    steps: int = 6000
    batch: int = 32
    others: int = 3
    learning_rate: float = 1.2e-3
    read: int = 3
    local: int = 6
    search: float = 0.5
    which: float = 0.5
    where: float = 0.3


@dataclass(frozen=True, slots=True)
class Part:
    """Passages of about one length, whose each is, whether it answers (1.0), and where (-1: unknown)."""

    passages: Tokens
    of: Tensor
    answers: Tensor
    first: Tensor
    last: Tensor


@dataclass(frozen=True, slots=True)
class Batch:
    """Questions and their passages, in parts by length: what is short needn't be as long as what is long."""

    questions: Tokens
    parts: list[Part]


def learn(
    network: Network,
    examples: Examples,
    settings: LearningSettings,
    seed: int,
    report: Callable[[int, float, float], None],
    kept: Path,
) -> None:
    """Train `network` in place.

    A twelfth of the documents that were written about is held out; `report` is called with the step,
    the mean loss and the AUROC on their questions every 500 steps, and at the end. As often the file
    `kept` is written; where there is one, from a run that was stopped, training goes on from it and
    comes to what it would have come to.
    """
    left = [n for n, one in enumerate(examples.asked) if held_out(one) and one.kind != CUT]
    learned, numbers = without_held_out(examples)
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=settings.learning_rate, weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min((n + 1) / 200, 1 - n / settings.steps)
    )
    losses: list[float] = []
    drawn = _drawn(learned, numbers, settings, random.Random(seed))
    parts: dict[str, Any] = {"network": network, "optimiser": optimiser, "schedule": schedule}
    begun = kept_from(kept, parts)
    for step in range(1, settings.steps + 1):
        asked = [next(drawn) for _ in range(settings.batch)]
        if step <= begun:
            continue
        batch = batch_of(learned, asked, settings, random.Random(f"{seed} {step}"))
        loss = _loss(network, batch, settings)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % _EVERY == 0 or step == settings.steps:
            report(step, mean(losses[-_EVERY:]), quality(network, examples, left))
            keep(kept, step, parts)


def kept_from(kept: Path, parts: Mapping[str, Any]) -> int:
    """Return the step that a stopped run had come to, its `parts` as they were then; 0 for none."""
    if not kept.exists():
        return 0
    stood = torch.load(kept, weights_only=True)
    for name, part in parts.items():
        part.load_state_dict(stood[name])
    return int(stood["step"])


def keep(kept: Path, step: int, parts: Mapping[str, Any]) -> None:
    """Write what a run has come to, so that it can go on from there."""
    fresh = kept.with_suffix(".new")
    torch.save({"step": step, **{name: part.state_dict() for name, part in parts.items()}}, fresh)
    fresh.replace(kept)


def held_out(asked: Asked) -> bool:
    """Tell whether a question is about a document that is kept for measuring."""
    return bool(asked.document) and is_held_out(asked.document)


def is_held_out(document: str) -> bool:
    """Tell whether a document, named by its file and row, is kept for measuring."""
    return crc32(document.encode()) % _HELD_OUT == 0


def without_held_out(examples: Examples) -> tuple[Examples, list[int]]:
    """Return the examples without passages that are held out, and the numbers of those left to learn."""
    held = {n for asked in examples.asked if held_out(asked) for n in asked.about}
    kept: list[Asked] = []
    for asked in examples.asked:
        passage = None if asked.passage in held else asked.passage
        others, found = ([n for n in own if n not in held] for own in (asked.others, asked.found))
        kept.append(replace(asked, passage=passage, others=others, found=found))
    numbers = [
        n
        for n, (asked, was) in enumerate(zip(kept, examples.asked, strict=True))
        if asked.passage == was.passage and (asked.passage is not None or asked.others)
        if not held_out(was)
    ]
    return Examples(kept, examples.questions, examples.passages), numbers


def quality(network: Network, examples: Examples, numbers: Sequence[int]) -> float:
    """Return how well answerable questions are told, as AUROC, from near misses about the same document.

    Each is read with the passage that answers it, a near miss with one passage of the document.
    """
    chance, settings = random.Random(0), LearningSettings(others=0)
    told: list[float] = []
    labels: list[bool] = []
    with torch.no_grad():
        for start in range(0, len(numbers), 64):
            batch = batch_of(examples, numbers[start : start + 64], settings, chance)
            for part in batch.parts:
                told += network(batch.questions, part.passages, part.of).answers.tolist()
                labels += [answers > 0 for answers in part.answers.tolist()]
    return auroc(told, labels) if told else 0.0


def _drawn(
    examples: Examples, numbers: Sequence[int], settings: LearningSettings, chance: random.Random
) -> Iterator[int]:
    """Yield numbers of questions, epoch after epoch, each as often as the settings say."""
    while True:
        epoch: list[int] = []
        for number in numbers:
            kind = examples.asked[number].kind
            if kind in (NEAR, READ):
                local = examples.asked[number].local
                epoch += [number] * (settings.local if local else settings.read)
            elif kind not in WRITTEN:
                epoch += [number] * (1 if kind in (CUT, SWAPPED) else 2)
            elif chance.random() < settings.search:
                epoch.append(number)
        chance.shuffle(epoch)
        yield from epoch


def batch_of(
    examples: Examples, numbers: Sequence[int], settings: LearningSettings, chance: random.Random
) -> Batch:
    """Return questions with the passages that answer them and a few others."""
    passages: list[NDArray[np.int64]] = []
    told: list[tuple[int, float, int, int]] = []
    for row, number in enumerate(numbers):
        asked = examples.asked[number]
        most = settings.others if asked.passage is not None else max(1, settings.others)
        own = min(most, _OWN) if asked.found else most
        others = chance.sample(asked.others, min(own, len(asked.others)))
        found = min(most - len(others), 1 if asked.nameless else most, len(asked.found))
        others += chance.sample(asked.found, found)
        if asked.passage is not None:
            passages.append(examples.passages[asked.passage])
            told.append((row, 1.0, *(asked.tokens or (-1, -1))))
        for passage in others:
            passages.append(examples.passages[passage])
            told.append((row, 0.0, -1, -1))
    by_length = np.argsort([len(tokens) for tokens in passages], kind="stable")
    parts = [rows.tolist() for rows in np.array_split(by_length, _PARTS) if len(rows)]
    return Batch(
        Tokens.of([examples.questions[number] for number in numbers]),
        [_part([passages[n] for n in rows], [told[n] for n in rows]) for rows in parts],
    )


def _part(passages: list[NDArray[np.int64]], told: Sequence[tuple[int, float, int, int]]) -> Part:
    of, answers, first, last = zip(*told, strict=True)
    return Part(
        Tokens.of(passages),
        torch.tensor(of),
        torch.tensor(answers),
        torch.tensor(first),
        torch.tensor(last),
    )


def _loss(network: Network, batch: Batch, settings: LearningSettings) -> Tensor:
    answers: list[Tensor] = []
    whole: dict[str, list[Tensor]] = {"start": [], "end": []}
    places: dict[str, list[Tensor]] = {"start": [], "end": []}
    for part in batch.parts:
        with halved():
            read = network(batch.questions, part.passages, part.of)
        answers.append(read.answers.float())
        known = part.first >= 0
        for name, scores, place in (
            ("start", read.start, part.first),
            ("end", read.end, part.last),
        ):
            shifted = scores.float() - _SHIFT
            whole[name].append(torch.exp(shifted).sum(-1))
            places[name].append(shifted[known].gather(1, place[known][:, None]).squeeze(1))
    of = torch.cat([part.of for part in batch.parts])
    labels = torch.cat([part.answers for part in batch.parts])
    known = torch.cat([part.first for part in batch.parts]) >= 0
    questions = len(batch.questions.ids)
    logits, right = torch.cat(answers), labels > 0
    # Fewer passages answer than don't, so those that do count twice as much.
    weight = torch.where(right, 1.5, 0.75)
    each = functional.binary_cross_entropy_with_logits(logits, labels, reduction="none")
    loss = (each * weight).mean()
    if right.any():
        total = torch.zeros(questions).index_add(0, of, torch.exp(logits))
        loss = loss + settings.which * (torch.log(total[of[right]]) - logits[right]).mean()
    if known.any():
        for name in ("start", "end"):
            # One distribution over all passages of a question (Clark and Gardner, 2018).
            everywhere = torch.zeros(questions).index_add(0, of, torch.cat(whole[name]))
            where = torch.log(everywhere[of[known]] + 1e-20) - torch.cat(places[name])
            loss = loss + settings.where * where.mean()
    return loss
