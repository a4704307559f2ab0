"""``python -m qa.training --data DATA --out FILE --work DIR``: examples, pre-training, training, export."""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from index.encoders import StaticEncoder, bundled_encoder
from index.errors import QuanwenError
from index.training import sources
from index.training.sources import TrainingDataError
from index.training.workspace import Workspace, fingerprint, run
from qa.evaluation import near_misses
from qa.reading import Reader, token_kinds
from qa.training.examples import Examples, bundled_questions, examples
from qa.training.files import write_weights
from qa.training.learning import LearningSettings, learn
from qa.training.network import Network, NetworkSettings
from qa.training.pretraining import PretrainingSettings, pretrain, text_of

_HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code."""
    return run(train, _parser().parse_args(arguments))


def train(options: argparse.Namespace) -> None:
    """Make the reader: gather examples, learn from hidden words, then from the examples, export."""
    sources.check(options.data, *options.questions)
    work = Workspace(options.work)
    work.log("start", **{name: str(value) for name, value in vars(options).items()})
    torch.set_num_threads(options.threads)
    encoder = bundled_encoder()
    network = _begun(options, encoder)
    gathered = _examples(options, work, encoder)
    pretrained = _pretrained(options, work, encoder, network) if options.pretraining else None
    trained = _trained(options, work, gathered, network, pretrained)
    size = export(trained / "weights.pt", NetworkSettings(), encoder, options.out)
    work.log("export", bytes=size)


def _examples(options: argparse.Namespace, work: Workspace, encoder: StaticEncoder) -> Path:
    made_from = (
        tuple(fingerprint(options.data / name) for name in sources.FILES),
        *map(fingerprint, options.questions),
        fingerprint(sources.bundled_questions()),
        fingerprint(_HERE / "examples.py"),
        sorted(near_misses.documents()),
        encoder.fingerprint,
        options.seed,
    )

    def make(folder: Path) -> None:
        found = examples(options.data, options.questions, encoder, options.seed)
        (folder / "examples.pickle").write_bytes(pickle.dumps(found))
        work.log("examples", questions=len(found.asked), passages=len(found.passages))

    return work.made("examples", made_from, make)


def _pretrained(
    options: argparse.Namespace, work: Workspace, encoder: StaticEncoder, network: Network
) -> Path:
    """Train the network on hidden words, from what it is."""
    settings = replace(PretrainingSettings(), steps=options.pretraining)
    made_from = (
        tuple(fingerprint(options.data / name) for name in sources.DOCUMENTS),
        sorted(near_misses.documents()),
        encoder.fingerprint,
        settings,
        NetworkSettings(),
        options.seed,
        _start_of(options),
        _code("pretraining.py", "network.py"),
    )

    def make(folder: Path) -> None:
        text = text_of(options.data, encoder, near_misses.documents())
        work.log("pretraining", words=len(text.ids), documents=len(text.documents))

        def report(step: int, passage: float, question: float) -> None:
            work.log("pretraining", step=step, loss=round(passage, 4), asked=round(question, 4))

        pretrain(network, text, settings, options.seed, report, folder / "kept.pt")
        torch.save(network.state_dict(), folder / "weights.pt")
        (folder / "kept.pt").unlink()

    return work.made("pretraining", made_from, make)


def _start_of(options: argparse.Namespace) -> str:
    return fingerprint(options.start) if options.start else ""


def _code(*names: str) -> tuple[str, ...]:
    return tuple(fingerprint(_HERE / name) for name in names)


def _trained(
    options: argparse.Namespace,
    work: Workspace,
    gathered: Path,
    network: Network,
    pretrained: Path | None,
) -> Path:
    """Train the network on questions, from what pre-training came to, if any, or from what it is."""
    learning = replace(LearningSettings(), steps=options.steps, learning_rate=options.learning_rate)
    shape = NetworkSettings()

    def make(folder: Path) -> None:
        found: Examples = pickle.loads((gathered / "examples.pickle").read_bytes())

        def report(step: int, loss: float, told: float) -> None:
            work.log("reader", step=step, loss=round(loss, 4), held_out_auroc=round(told, 4))

        if pretrained:
            network.load_state_dict(torch.load(pretrained / "weights.pt", weights_only=True))
        learn(network, found, learning, options.seed, report, folder / "kept.pt")
        torch.save(network.state_dict(), folder / "weights.pt")
        (folder / "kept.pt").unlink()

    begun_from = pretrained.name if pretrained else _start_of(options)
    code = _code("learning.py", "network.py")
    made_from = (gathered.name, learning, shape, options.seed, begun_from, code)
    return work.made("reader", made_from, make)


def _begun(options: argparse.Namespace, encoder: StaticEncoder) -> Network:
    """Return the network to train: a fresh one, or the one in the file to go on from."""
    torch.manual_seed(options.seed)
    network = network_of(encoder, NetworkSettings())
    if options.start:
        try:
            Reader(options.start, encoder)
            weights = load_file(options.start)
            network.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
        except (QuanwenError, RuntimeError) as error:
            raise TrainingDataError(f"{options.start}: can't go on from it ({error})") from error
    return network


def network_of(encoder: StaticEncoder, settings: NetworkSettings) -> Network:
    """Return an untrained network over the encoder's vectors."""
    tokens = np.arange(encoder.vocabulary)
    rows = encoder.rows(tokens)
    lengths = np.linalg.norm(rows, axis=1)
    kinds = token_kinds(encoder.words(tokens), lengths / lengths.mean())
    return Network(torch.from_numpy(rows), torch.from_numpy(kinds), settings)


def export(weights: Path, shape: NetworkSettings, encoder: StaticEncoder, out: Path) -> int:
    """Write the trained weights into `out`, in half precision; return the file's size in bytes."""
    lengths = np.linalg.norm(encoder.rows(np.arange(encoder.vocabulary)), axis=1)
    settings: dict[str, Any] = {
        **asdict(shape),
        "encoder": encoder.fingerprint,
        "mean_length": float(lengths.mean()),
    }
    state = torch.load(weights, weights_only=True)
    tensors = {name: tensor.numpy() for name, tensor in state.items()}
    return write_weights(tensors, {"settings": json.dumps(settings)}, out)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the training files")
    parser.add_argument(
        "--questions",
        type=Path,
        nargs="+",
        default=bundled_questions(),
        help="questions about them",
    )
    parser.add_argument("--out", type=Path, required=True, help="the finished reader's file")
    parser.add_argument("--work", type=Path, required=True, help="folder for what stages keep")
    parser.add_argument(
        "--start",
        type=Path,
        help="a finished reader to go on from, with another seed and a lower rate",
    )
    parser.add_argument(
        "--pretraining",
        type=int,
        default=PretrainingSettings().steps,
        help="steps on hidden words before any question; 0 for none",
    )
    parser.add_argument("--steps", type=int, default=LearningSettings().steps)
    parser.add_argument("--learning-rate", type=float, default=LearningSettings().learning_rate)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser


if __name__ == "__main__":
    sys.exit(main())
