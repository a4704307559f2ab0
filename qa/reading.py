"""Reading: how likely a passage is to answer a question, by a small network of our own.

Retrieval tells which passages are near; this tells which of them says what is asked. The network is
defined and trained in `qa.training`; here NumPy runs it, over the bundled encoder's word vectors,
whatever model embeds the windows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoders import StaticEncoder, bundled_encoder, unit
from index.errors import ModelError
from index.types import Span

Array = NDArray[np.floating[Any]]
# The most tokens of a question and of a passage that are read.
LONGEST_QUESTION = 48
LONGEST_PASSAGE = 256
KINDS = 5
READERS = ("reader.safetensors", "second.safetensors")


def read(question: str, passages: Sequence[str]) -> list[float]:
    """Return for each passage how far it speaks for its answering the question, as a logit.

    0 is as likely as not among passages that look alike. It orders what retrieval found
    (`qa.retrieve`) and says whether that answers (`qa.confidence`). A text without a known word
    answers nothing.

    >>> right, near = read("大桥有多长？", ["大桥全长504米。", "大桥由市交通局建设。"])
    >>> right > near
    True
    """
    if not len(_tokens(question, LONGEST_QUESTION)):
        return [_NOTHING] * len(passages)
    return [_read(question, text).answers for text in passages]


def located(question: str, passage: str, spans: Sequence[Span]) -> list[float]:
    """Return for each range of a passage how likely the answer stands in it, 0 to 1, if anywhere.

    That is how likely it begins there and how likely it ends there, on average.

    >>> text = "大桥由市交通局建设，全长504米。"
    >>> built, length = located("大桥有多长？", text, [Span(0, 10), Span(10, 17)])
    >>> length > built
    True
    """
    told = _read(question, passage)
    starts, ends = np.array(_offsets(passage), dtype=np.int64).reshape(-1, 2).T
    return [
        float(np.mean([told.first[inside].sum(), told.last[inside].sum()]))
        for inside in ((starts < end) & (ends > start) for start, end in spans)
    ]


class Reading(NamedTuple):
    """Whether a passage answers, as a logit, and how likely the answer begins and ends with each token."""

    answers: float
    first: Array
    last: Array


@lru_cache(maxsize=5_000)
def _read(question: str, passage: str) -> Reading:
    asked, told = _tokens(question, LONGEST_QUESTION), _tokens(passage)
    return _mean([reader.read(asked, told) for reader in bundled_readers()])


def _mean(readings: Sequence[Reading]) -> Reading:
    """Return what several readers say on average, which is nearer the truth than any of them."""
    answers, first, last = zip(*readings, strict=True)
    return Reading(float(np.mean(answers)), np.mean(first, axis=0), np.mean(last, axis=0))


@lru_cache(maxsize=500)
def _offsets(passage: str) -> list[tuple[int, int]]:
    return bundled_encoder().offsets(passage)[:LONGEST_PASSAGE]


@lru_cache(maxsize=5_000)
def _tokens(text: str, longest: int = LONGEST_PASSAGE) -> NDArray[np.int64]:
    return bundled_encoder().tokens(text)[:longest].copy()  # not the whole of a long text


def token_kinds(words: Sequence[str], weights: Array) -> Array:
    """Return what sort of token each word is, shape (words, `KINDS`), and its weight.

    A digit, Latin letters, a mark, a single character; `weights` are lengths in the encoder as
    multiples of the mean.

    >>> token_kinds(["8", "项目"], np.array([1.0, 2.0], dtype=np.float32)).tolist()
    [[1.0, 0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0, 2.0]]
    """
    sorts = [
        (word.isdigit(), word.isascii() and word.isalpha(), not any(map(str.isalnum, word)), len(word) == 1)
        for word in words
    ]  # fmt: skip
    told = np.array(sorts, dtype=np.float32).reshape(len(words), KINDS - 1)
    return np.hstack([told, np.minimum(weights, 3.0)[:, None]])


class Reader:
    """The network's weights, by the names that `qa.training.network` gives them."""

    def __init__(self, file: Path, encoder: StaticEncoder) -> None:
        """Read the file.

        Raises:
            ModelError: it is missing or damaged, or made for other word vectors.
        """
        from safetensors import safe_open

        try:
            with safe_open(str(file), framework="numpy") as tensors:
                names = list(tensors.keys())
                self._weights = {name: _turned(tensors.get_tensor(name)) for name in names}
                settings = json.loads(tensors.metadata()["settings"])
            self._settings, made_for = settings, settings["encoder"]
            self._mean = np.float32(settings["mean_length"])
        except Exception as error:  # the library raises plain Exceptions on damaged files
            raise ModelError(f"模型文件 {file} 不完整（{error}）；请重新安装 quanwen") from error
        if made_for != encoder.fingerprint:
            raise ModelError(
                f"模型文件 {file} 与编码模型 {encoder.name} 不配套；请重新安装 quanwen"
            )
        self._encoder = encoder

    def read(self, question: NDArray[np.int64], passage: NDArray[np.int64]) -> Reading:
        """Return whether and where a passage answers, both as token ids; -10 for an empty one."""
        if not len(question) or not len(passage):
            return Reading(_NOTHING, *np.zeros((2, len(passage))))
        w = self._weights
        asked, own, weight, unit_asked, gist = self._asked(question)
        words, _, unit_words = self._words(passage)
        scale = np.float32(np.sqrt(len(gist)))
        alike = unit_words @ unit_asked.T
        weighty = (np.maximum(alike, 0) * weight).max(1)
        nearest = np.stack([np.isin(passage, question), alike.max(1), weighty], 1)
        aligned = _softmax((words @ w["align.weight"]) @ asked.T / scale + 4 * alike) @ own
        everywhere = np.broadcast_to(gist, words.shape)
        x = self._linear("join", np.hstack([words, aligned, words * aligned, everywhere, nearest]))
        x = self._layers("passage", x)
        again = _softmax((x @ w["look.weight"]) @ own.T / scale) @ own
        x = x + np.tanh(self._linear("mix", np.hstack([x, again, x * again])))
        x = self._layers("reread", x)
        place = self._linear("place", x)
        start = x @ self._linear("start", gist) / scale + place[:, 0]
        end = x @ self._linear("end", gist) / scale + place[:, 1]
        told = _softmax(own @ x.T / scale + 4 * alike.T) @ x
        best = alike.max(0)[:, None]
        first, last = _softmax(start), _softmax(end)
        each = np.hstack([own, told, own * told, np.abs(own - told), best])
        each = np.maximum(self._two_layers("compare", each), 0)
        share = weight / max(float(weight.sum()), 1e-6)
        whole = [
            share @ each,
            each.max(0),
            first @ x,
            gist,
            [_total(start) / 5, _total(end) / 5],
        ]
        answers = self._two_layers("answers", np.concatenate(whole).astype(np.float32))
        return Reading(float(answers[0]), first, last)

    def _asked(self, tokens: NDArray[np.int64]) -> tuple[Array, Array, Array, Array, Array]:
        """Return a question's words alone and among their neighbours, their weights, vectors and gist."""
        asked, weight, vectors = self._words(tokens)
        own = self._layers("question", asked)
        gist = _softmax(self._linear("pool", own)[:, 0]) @ own
        return asked, own, weight, vectors, gist

    def _words(self, tokens: NDArray[np.int64]) -> tuple[Array, Array, Array]:
        """Return what tokens are to the network, their lengths in the encoder and unit vectors."""
        rows = self._encoder.rows(tokens)
        lengths = np.linalg.norm(rows, axis=1)
        kinds = token_kinds(self._encoder.words(tokens), lengths / self._mean)
        vectors = unit(rows)
        return np.tanh(self._linear("word", np.hstack([vectors, kinds]))), lengths, vectors

    def _linear(self, name: str, x: Array) -> Array:
        return x @ self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _two_layers(self, name: str, x: Array) -> Array:
        return self._linear(f"{name}.2", np.maximum(self._linear(f"{name}.0", x), 0))

    def _layers(self, name: str, x: Array) -> Array:
        apart_by = self._settings[name]
        for number, apart in enumerate(apart_by):
            given = self._norm(f"{name}.{number}.norm", x)
            before, own, after = self._weights[f"{name}.{number}.words.weight"]
            said = given @ own + self._weights[f"{name}.{number}.words.bias"]
            said[apart:] += given[:-apart] @ before
            said[:-apart] += given[apart:] @ after
            x = x + np.maximum(said, 0)
        return self._attention(f"{name}.{len(apart_by)}", x)

    def _attention(self, name: str, x: Array) -> Array:
        given = self._linear(f"{name}.given", self._norm(f"{name}.norm", x))
        heads = given.reshape(len(x), 3, self._settings["heads"], -1).transpose(1, 2, 0, 3)
        query, key, value = heads
        match = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))
        told = (_softmax(match) @ value).transpose(1, 0, 2).reshape(x.shape)
        return np.asarray(x + self._linear(f"{name}.said", told))

    def _norm(self, name: str, x: Array) -> Array:
        centred = x - x.mean(1, keepdims=True)
        spread = np.sqrt((centred**2).mean(1, keepdims=True) + 1e-5)
        scaled = centred / spread * self._weights[f"{name}.weight"]
        return np.asarray(scaled + self._weights[f"{name}.bias"])


_NOTHING = -10.0


def _turned(weights: NDArray[np.float16]) -> Array:
    """Return PyTorch's weights with the inputs before the outputs, as a row of inputs meets them."""
    return np.ascontiguousarray(weights.T, dtype=np.float32)


def _softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), dtype=np.float32)


def _total(scores: Array) -> float:
    most = float(scores.max())
    return most + float(np.log(np.exp(scores - most).sum()))


@cache
def bundled_readers() -> tuple[Reader, ...]:
    """Return the readers that ship with the package; they learned apart from each other."""
    folder = Path(str(resources.files("qa") / "model"))
    return tuple(Reader(folder / name, bundled_encoder()) for name in READERS)
