"""``python -m index.training --data DATA --out MODEL --work DIR``: every stage, one by one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from index.gazetteer import bundled_gazetteer
from index.training import contrastive, export, pairs, pretraining, sources, tokenizer
from index.training.contrastive import ContrastiveSettings
from index.training.pairs import Examples, PairSettings
from index.training.pretraining import PretrainingSettings
from index.training.tokenizer import TokenizerSettings
from index.training.workspace import Workspace, fingerprint, run

COUNTS = "counts.npy"
VECTORS = "vectors.npy"
# How far the finished vectors lie on the way from pre-training to the end of contrastive training.
SHARE = 0.7
# A token that occurs this often in the training texts has half its weight.
FEW = 30


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    return run(train, _parser().parse_args(arguments))


def train(options: argparse.Namespace) -> None:
    """Make the model: count words, pre-train, gather examples, train on them, export."""
    sources.check(options.data, options.questions)
    work = Workspace(options.work)
    work.log("start", **{name: str(value) for name, value in vars(options).items()})
    data = tuple(fingerprint(options.data / name) for name in sources.FILES)
    words = _tokenizer(options, work, data)
    vectors = _pretrained(options, work, words)
    examples = _examples(options, work, words)
    trained = _trained(options, work, vectors, examples)
    final = contrastive.between(
        np.load(vectors / VECTORS), np.load(trained / VECTORS), options.share
    )
    final = pretraining.trusted(final, np.load(vectors / COUNTS), FEW)
    size = export.export(_load_tokenizer(words), final, options.out)
    work.log("export", bytes=size)


def _tokenizer(options: argparse.Namespace, work: Workspace, data: tuple[str, ...]) -> Path:
    names = bundled_gazetteer().names
    settings = TokenizerSettings(size=options.vocabulary)

    def make(folder: Path) -> None:
        counts = tokenizer.count_words(sources.texts(options.data), options.threads)
        built = tokenizer.build(counts, names, settings)
        built.save(str(folder / "tokenizer.json"))
        work.log("tokenizer", words=len(counts), tokens=built.get_vocab_size())

    return work.made("tokenizer", (data, names, settings), make)


def _pretrained(options: argparse.Namespace, work: Workspace, words: Path) -> Path:
    settings = PretrainingSettings(dimensions=options.dimensions)

    def make(folder: Path) -> None:
        corpus = folder / "corpus.txt"
        texts = sources.texts(options.data)
        counts = pretraining.write_corpus(texts, _load_tokenizer(words), corpus)
        work.log("pretraining", tokens=int(counts.sum()), seen=int((counts > 0).sum()))
        vectors = pretraining.cbow(corpus, counts, settings, options.seed, options.threads)
        np.save(folder / COUNTS, counts)
        np.save(folder / VECTORS, pretraining.weighed(vectors, counts, settings.rare))
        corpus.unlink()

    return work.made("pretraining", (words.name, settings, options.seed), make)


def _examples(options: argparse.Namespace, work: Workspace, words: Path) -> Path:
    settings = PairSettings()
    asked = fingerprint(options.questions)

    def make(folder: Path) -> None:
        found = pairs.examples(options.data, options.questions, settings, options.seed)
        examples = pairs.tokenised(found, _load_tokenizer(words))
        examples.save(folder)
        work.log("pairs", examples=len(examples), **examples.counts())

    return work.made("pairs", (words.name, asked, settings, options.seed), make)


def _trained(options: argparse.Namespace, work: Workspace, vectors: Path, examples: Path) -> Path:
    settings = ContrastiveSettings(epochs=options.epochs, batch=options.batch)

    def make(folder: Path) -> None:
        torch.set_num_threads(options.threads)
        before, shown = np.load(vectors / VECTORS), Examples.load(examples)
        after = np.zeros_like(before)
        for seed in range(options.seed, options.seed + settings.runs):

            def report(step: int, loss: float, seed: int = seed) -> None:
                work.log("contrastive", seed=seed, step=step, loss=round(loss, 4))

            after += contrastive.train(before, shown, settings, seed, report) / settings.runs
        np.save(folder / VECTORS, after)

    return work.made("contrastive", (vectors.name, examples.name, settings, options.seed), make)


def _load_tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument(
        "--questions", type=Path, default=sources.bundled_questions(), help="questions about them"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the finished model")
    parser.add_argument("--work", type=Path, required=True, help="folder for what stages keep")
    parser.add_argument("--vocabulary", type=int, default=TokenizerSettings().size)
    parser.add_argument("--dimensions", type=int, default=PretrainingSettings().dimensions)
    parser.add_argument("--epochs", type=int, default=ContrastiveSettings().epochs)
    parser.add_argument("--batch", type=int, default=ContrastiveSettings().batch)
    parser.add_argument(
        "--share", type=float, default=SHARE, help="of contrastive training, 0 to 1"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser


if __name__ == "__main__":
    sys.exit(main())
