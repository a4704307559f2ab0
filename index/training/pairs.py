"""The training examples: a short text and a longer one that belongs to it, as token ids.

What is near what is never judged by hand: it follows from how documents and the pair files are
laid out. Negatives aren't chosen here; the other examples of a batch are the negatives.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.sentences import clause_spans, sentence_spans
from index.training import sources
from index.training.sources import Document, Pair, batches

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

_MARKS = " .,:;?!\"'()[]-\n"

# The label from which a source calls two sentences alike; a source that isn't here has no labels.
ALIKE = {
    "sim_AFQMC": {"1"},
    "sim_ATEC": {"1"},
    "sim_ATEC_CCKS": {"1"},
    "sim_BQ": {"1"},
    "sim_LCQMC": {"1"},
    "sim_OCNLI": {"entailment"},
    "sim_PAWS-X": {"1"},
    "sim_QBQTC_query_title": {"1", "2"},
    "sim_SimCLUE": {"1"},
}
_KINDS_OF_WORDS = {"synonym", "abbreviation", "definition"}

# The sources that nobody wrote as pairs.
FROM_DOCUMENTS = ("title", "clause")
CUT_OUT = {*FROM_DOCUMENTS, *_KINDS_OF_WORDS}


@dataclass(frozen=True, slots=True)
class PairSettings:
    """How documents are cut into examples; lengths in characters."""

    block: int = 200
    least_clause: int = 5
    most_clause: int = 40
    paragraphs_of_a_title: int = 3
    longest_passage: int = 1500


class Example(NamedTuple):
    """A text and the sentences of the text that belongs to it."""

    source: str
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """Examples as token ids, laid one behind the other.

    Text `i` is ``tokens[starts[i]:starts[i + 1]]``; example `k` is the texts
    ``firsts[k]`` to ``firsts[k + 1] - 1``: its text, then the sentences that belong to it.
    ``sources[k]`` is an index into `names`.
    """

    tokens: NDArray[np.int32]
    starts: NDArray[np.int64]
    firsts: NDArray[np.int64]
    sources: NDArray[np.int16]
    names: tuple[str, ...]

    def __len__(self) -> int:
        """Return how many examples there are."""
        return len(self.sources)

    def counts(self) -> dict[str, int]:
        """Return how many examples each source gave."""
        found = np.bincount(self.sources, minlength=len(self.names))
        return dict(zip(self.names, found.tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write the examples into `folder`."""
        np.savez(
            folder / "examples.npz",
            tokens=self.tokens,
            starts=self.starts,
            firsts=self.firsts,
            sources=self.sources,
            names=np.array(self.names),
        )

    @classmethod
    def load(cls, folder: Path) -> Examples:
        """Read what `save` wrote."""
        with np.load(folder / "examples.npz") as arrays:
            return cls(
                arrays["tokens"],
                arrays["starts"],
                arrays["firsts"],
                arrays["sources"],
                tuple(arrays["names"].tolist()),
            )


def examples(data: Path, questions: Path, settings: PairSettings, seed: int) -> Iterator[Example]:
    """Yield every example that `data`'s files and `questions` about them give, each only once."""
    chance = random.Random(seed)
    seen: set[int] = set()
    for example in _all(data, questions, settings, chance):
        key = hash((example.text, example.sentences))
        if key not in seen and example.sentences and example.sentences != (example.text,):
            seen.add(key)
            yield example


def tokenised(found: Iterable[Example], tokenizer: Tokenizer) -> Examples:
    """Return examples as token ids, in their order; a text without a known token drops out.

    >>> from collections import Counter
    >>> from index.training.tokenizer import TokenizerSettings, build
    >>> tokenizer = build(Counter({"教育": 5, "项目": 4}), [], TokenizerSettings(size=7_000))
    >>> examples = tokenised([Example("news", "教育", ("项目.", "教育项目"))], tokenizer)
    >>> tokenizer.decode(examples.tokens.tolist()).split()
    ['教育', '项目', '.', '教育', '项目']
    >>> examples.starts, examples.firsts
    (array([0, 1, 3, 5]), array([0, 3]))
    """
    tokens, starts, firsts, of = array("i"), array("q", [0]), array("q", [0]), array("h")
    names: dict[str, int] = {}
    for batch in batches(found):
        for example, (first, *rest) in zip(batch, _token_ids(batch, tokenizer), strict=True):
            known = [ids for ids in rest if ids]
            if not first or not known:
                continue
            for ids in (first, *known):
                tokens.extend(ids)
                starts.append(len(tokens))
            firsts.append(len(starts) - 1)
            of.append(names.setdefault(example.source, len(names)))
    return Examples(
        np.array(tokens, dtype=np.int32),
        np.array(starts, dtype=np.int64),
        np.array(firsts, dtype=np.int64),
        np.array(of, dtype=np.int16),
        tuple(names),
    )


def _token_ids(batch: list[Example], tokenizer: Tokenizer) -> Iterator[list[list[int]]]:
    """Yield for each example the known tokens of its text and of each of its sentences."""
    texts = [text for example in batch for text in (example.text, *example.sentences)]
    encodings = iter(tokenizer.encode_batch_fast(texts, add_special_tokens=False))
    for example in batch:
        own = islice(encodings, 1 + len(example.sentences))
        yield [[token for token in encoding.ids if token] for encoding in own]


def from_pair(pair: Pair, settings: PairSettings) -> Iterator[Example]:
    """Yield the example in a pair of texts, if its source calls the two alike.

    >>> pair = Pair("sim_LCQMC:dev", "公积金怎么取", "如何提取公积金", "1")
    >>> list(from_pair(pair, PairSettings()))
    [Example(source='sim_LCQMC', text='公积金怎么取', sentences=('如何提取公积金',))]
    """
    source = pair.source.split(":")[0]
    if source in ALIKE and pair.label not in ALIKE[source]:
        return
    yield Example(source, pair.a, _parts(pair.b[: settings.longest_passage]))


def from_words(pair: Pair) -> Iterator[Example]:
    """Yield the example in a pair of words, unless they are opposites."""
    if pair.source in _KINDS_OF_WORDS:
        yield Example(pair.source, pair.a, _parts(pair.b))


def from_document(
    document: Document, settings: PairSettings, chance: random.Random
) -> Iterator[Example]:
    """Yield the title with some paragraphs, and a clause of each block with the block's rest.

    >>> report = Document("news", "", ("今年新建小学三所,扩建两所.幼儿园也将增加.",))
    >>> for example in from_document(report, PairSettings(), random.Random(1)):
    ...     print(example.text, "|", *example.sentences)
    今年新建小学三所 | 扩建两所. 幼儿园也将增加.
    """
    if document.title:
        few = document.paragraphs[: 3 * settings.paragraphs_of_a_title]
        for paragraph in chance.sample(few, min(len(few), settings.paragraphs_of_a_title)):
            if len(paragraph) > settings.most_clause:
                yield Example(
                    "title", document.title, _parts(paragraph[: settings.longest_passage])
                )
    for paragraph in document.paragraphs:
        for block in _blocks(paragraph, settings.block):
            yield from _clause_and_rest(block, settings, chance)


def _all(
    data: Path, questions: Path, settings: PairSettings, chance: random.Random
) -> Iterator[Example]:
    for document in sources.documents(data):
        yield from from_document(document, settings, chance)
    for pair in sources.pairs(data):
        yield from from_pair(pair, settings)
    for pair in sources.words(data):
        yield from from_words(pair)
    for asked in sources.asked(data, questions):
        yield from (Example(asked.kind, text, _parts(asked.passage)) for text in asked.questions)


def _blocks(paragraph: str, length: int) -> Iterator[list[str]]:
    """Yield runs of at least two sentences, of about `length` characters."""
    block: list[str] = []
    for start, end in sentence_spans(paragraph):
        block.append(paragraph[start:end])
        if len(block) > 1 and sum(map(len, block)) >= length:
            yield block
            block = []
    if len(block) > 1:
        yield block


def _clause_and_rest(
    block: list[str], settings: PairSettings, chance: random.Random
) -> Iterator[Example]:
    """Yield one clause of `block`, taken out of it, with what is left."""
    chosen = chance.randrange(len(block))
    clauses = [block[chosen][start:end] for start, end in clause_spans(block[chosen])]
    fitting = [
        place
        for place, clause in enumerate(clauses)
        if settings.least_clause <= len(clause.strip(_MARKS)) <= settings.most_clause
    ]
    if fitting:
        place = chance.choice(fitting)
        left = "".join(clauses[:place] + clauses[place + 1 :])
        rest = (*block[:chosen], left, *block[chosen + 1 :])
        kept = tuple(part for part in rest if part.strip(_MARKS))
        yield Example("clause", clauses[place].strip(_MARKS), kept)


def _parts(text: str) -> tuple[str, ...]:
    found = (text[start:end] for start, end in sentence_spans(text))
    return tuple(part for part in found if part.strip(_MARKS))
