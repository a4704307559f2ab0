"""The reader as PyTorch trains it; `qa.reading` does the same with NumPy.

A question and a passage are read together: each word of the passage attends to the question's words
(aligned question embeddings; Chen et al., 2017), dilated convolutions carry what stands near by,
self-attention what stands anywhere in the text, and each word of the question looks for what it is
told in the passage (attend, compare, aggregate; Parikh et al., 2016). The words' vectors are the
bundled encoder's, and aren't trained. Nothing is dropped out: with dropout, what had been learned
from was told no better than what was held out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

NONE = -1e4


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """The width of the reader's layers, how far apart their words lie, and the heads of attention."""

    width: int = 128
    question: tuple[int, ...] = (1, 2)
    passage: tuple[int, ...] = (1, 2, 4, 8, 1)
    reread: tuple[int, ...] = (1, 2)
    heads: int = 2


class Met(NamedTuple):
    """What the words of ``n`` questions and their passages are to the network once they have met.

    ``passage`` has the passages' words, which know the question, ``(n, longest, width)``, ``question`` the
    questions' words, which know what they are told; ``gist`` is the questions', ``(n, width)``, ``weight``
    what each of their words counts, ``(n, longest)``.
    """

    passage: Tensor
    question: Tensor
    gist: Tensor
    weight: Tensor


class Read(NamedTuple):
    """What the reader says of ``n`` passages: of each word, and of each passage."""

    start: Tensor
    end: Tensor
    answers: Tensor


@dataclass(frozen=True, slots=True)
class Tokens:
    """Texts as token ids, ``(n, longest)``, and where one stands, 1.0, or nothing does, 0.0."""

    ids: Tensor
    there: Tensor

    @classmethod
    def of(cls, texts: list[NDArray[np.int64]]) -> Tokens:
        """Return token ids of different lengths as one array.

        Its width is a multiple of 32: for each new shape the convolutions are prepared anew, which
        takes as long as a step.
        """
        longest = -(-max(map(len, texts)) // 32) * 32
        ids = np.zeros((len(texts), longest), dtype=np.int64)
        there = np.zeros((len(texts), longest), dtype=np.float32)
        for row, text in enumerate(texts):
            ids[row, : len(text)] = text
            there[row, : len(text)] = 1.0
        return cls(torch.from_numpy(ids), torch.from_numpy(there))


class Convolution(nn.Module):
    """What three words `apart` say of the middle one, added to it."""

    def __init__(self, width: int, apart: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.words = nn.Conv1d(width, width, 3, padding=apart, dilation=apart)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        """Return ``(n, longest, width)`` as given, with what neighbours say."""
        given = self.norm(x) * there[..., None]
        said = self.words(given.transpose(1, 2)).transpose(1, 2)
        return x + functional.relu(said)


class Attention(nn.Module):
    """What all words of a text say of each, added to it (Vaswani et al., 2017); nothing, to begin with."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        self.given = nn.Linear(width, 3 * width)
        self.said = nn.Linear(width, width)
        nn.init.zeros_(self.said.weight)
        nn.init.zeros_(self.said.bias)

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        """Return ``(n, longest, width)`` as given, with what the others say."""
        n, longest, width = x.shape
        query, key, value = (
            part.reshape(n, longest, self.heads, -1).transpose(1, 2)
            for part in self.given(self.norm(x)).chunk(3, -1)
        )
        match = query @ key.transpose(-1, -2) / (width / self.heads) ** 0.5
        told = _softmax(match, there[:, None, None, :]) @ value
        said: Tensor = self.said(told.transpose(1, 2).reshape(n, longest, width))
        return x + said


class Network(nn.Module):
    """Questions and passages to how likely they answer; see the module.

    `vectors` are the encoder's, ``(V, dimensions)``, `kinds` tell what sort of token each is.
    """

    def __init__(self, vectors: Tensor, kinds: Tensor, settings: NetworkSettings) -> None:
        super().__init__()
        # A word that is hidden in pre-training looks like none.
        self.hidden = len(vectors)
        self._unit = functional.pad(functional.normalize(vectors, dim=1), (0, 0, 0, 1))
        self._length = functional.pad(vectors.norm(dim=1), (0, 1))
        self._kinds = functional.pad(kinds, (0, 0, 0, 1))
        width = settings.width
        self.width, self.dimensions = width, vectors.shape[1]

        def layers(dilations: tuple[int, ...]) -> nn.ModuleList:
            near = (Convolution(width, apart) for apart in dilations)
            return nn.ModuleList([*near, Attention(width, settings.heads)])

        def network(inputs: int, outputs: int) -> nn.Sequential:
            return nn.Sequential(nn.Linear(inputs, width), nn.ReLU(), nn.Linear(width, outputs))

        self.word = nn.Linear(vectors.shape[1] + kinds.shape[1], width)
        self.question = layers(settings.question)
        self.pool = nn.Linear(width, 1)
        self.align = nn.Linear(width, width, bias=False)
        self.join = nn.Linear(4 * width + 3, width)
        self.passage = layers(settings.passage)
        self.look = nn.Linear(width, width, bias=False)
        self.mix = nn.Linear(3 * width, width)
        self.reread = layers(settings.reread)
        self.start = nn.Linear(width, width)
        self.end = nn.Linear(width, width)
        self.place = nn.Linear(width, 2)
        self.compare = network(4 * width + 1, width)
        self.answers = network(4 * width + 2, 1)

    def meet(self, questions: Tokens, passages: Tokens, of: Tensor) -> Met:
        """Return the words of ``n`` passages, passage `i` beside those of the question ``of[i]``."""
        scale = self.width**0.5
        asked = self._words(questions)
        own = asked
        for layer in self.question:
            own = layer(own, questions.there)
        weights = _softmax(self.pool(own).squeeze(-1), questions.there)
        gist = (weights[..., None] * own).sum(1)[of]
        asked, own = asked[of], own[of]
        ids, there = questions.ids[of], questions.there[of]

        words = self._words(passages)
        alike = self._unit[passages.ids] @ self._unit[ids].transpose(1, 2)
        alike = torch.where(there[:, None, :] > 0, alike, -1.0)
        known = (there[:, None, :] > 0) & (passages.ids[:, :, None] != self.hidden)
        same = (passages.ids[:, :, None] == ids[:, None, :]) & known
        weight = self._length[ids] * there
        weighty = (alike.clamp(min=0) * weight[:, None, :]).amax(-1)
        nearest = torch.stack([same.any(-1).float(), alike.amax(-1), weighty], -1)
        match = self.align(words) @ asked.transpose(1, 2) / scale + 4 * alike
        aligned = _softmax(match, there[:, None, :]) @ own
        everywhere = gist[:, None, :].expand_as(words)
        x = self.join(torch.cat([words, aligned, words * aligned, everywhere, nearest], -1))
        for layer in self.passage:
            x = layer(x, passages.there)
        again = _softmax(self.look(x) @ own.transpose(1, 2) / scale, there[:, None, :]) @ own
        x = x + torch.tanh(self.mix(torch.cat([x, again, x * again], -1)))
        for layer in self.reread:
            x = layer(x, passages.there)

        back = own @ x.transpose(1, 2) / scale + 4 * alike.transpose(1, 2)
        told = _softmax(back, passages.there[:, None, :]) @ x
        best = torch.where(passages.there[..., None] > 0, alike, -1.0).amax(1)
        each = functional.relu(
            self.compare(
                torch.cat([own, told, own * told, (own - told).abs(), best[..., None]], -1)
            )
        )
        return Met(x, each, gist, weight)

    def forward(self, questions: Tokens, passages: Tokens, of: Tensor) -> Read:
        """Read ``n`` passages, passage `i` for the question ``of[i]``."""
        scale = self.width**0.5
        x, each, gist, weight = self.meet(questions, passages, of)
        there = questions.there[of]
        place = self.place(x)
        start = (x * self.start(gist)[:, None, :]).sum(-1) / scale + place[..., 0]
        end = (x * self.end(gist)[:, None, :]).sum(-1) / scale + place[..., 1]
        start = torch.where(passages.there > 0, start, NONE)
        end = torch.where(passages.there > 0, end, NONE)

        share = (weight / weight.sum(-1, keepdim=True).clamp(min=1e-6))[..., None]
        spoken = (_softmax(start, passages.there)[..., None] * x).sum(1)
        whole = [
            (each * share).sum(1),
            (each * there[..., None]).amax(1),
            spoken,
            gist,
            torch.logsumexp(start, -1, keepdim=True) / 5,
            torch.logsumexp(end, -1, keepdim=True) / 5,
        ]
        return Read(start, end, self.answers(torch.cat(whole, -1)).squeeze(-1))

    def vectors_of(self, words: Tensor) -> Tensor:
        """Return the unit vectors of words, ``(words, dimensions)``."""
        return self._unit[words]

    def _words(self, texts: Tokens) -> Tensor:
        given = torch.cat([self._unit[texts.ids], self._kinds[texts.ids]], -1)
        return torch.tanh(self.word(given)) * texts.there[..., None]


def halved() -> torch.autocast:
    """Return a context in which PyTorch reckons in bfloat16, if the processor can.

    One that can't imitates it, and takes twenty times as long as without.
    """
    told = getattr(torch.cpu, "get_capabilities", None)  # older PyTorch has none
    fast = told is not None and any(
        told().get(name) for name in ("avx512_bf16", "amx_bf16", "bf16")
    )
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast)


def _softmax(scores: Tensor, there: Tensor) -> Tensor:
    return torch.where(there > 0, scores, NONE).softmax(-1)
