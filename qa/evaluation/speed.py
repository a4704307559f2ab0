"""Speed beside something known, measured in the same run: a machine's bare seconds say little.

python -m qa.evaluation.speed [DOCUMENT...]

With documents, also how long adding one of them to the others takes beside building all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from index.sources import find_files
from qa.answer import ask
from qa.opening import open_digest
from qa.types import Question

_RUNS = 5
_QUANWEN = ("-c", "from qa.cli import main; main()")
_QUESTIONS = (
    "洛江区要建多少教育项目？",
    "鲤城区旅游收入的目标是多少？",
    "各区分别打算怎样改善民生？",
)


def main() -> None:
    """Print how long a first question takes beside an import, and a next one beside that."""
    with TemporaryDirectory() as cache:
        environment = {**os.environ, "QUANWEN_CACHE": cache}
        cold = _seconds([*_QUANWEN, "ask", _QUESTIONS[0]], environment)
        library = _seconds(["-c", "import sentence_transformers"], environment)
        bare = _seconds(["-c", "pass"], environment)
    index = open_digest()
    ask(Question(_QUESTIONS[0]), index)
    started = time.perf_counter()
    for _ in range(20):
        for text in _QUESTIONS:
            ask(Question(text), index)
    warm = (time.perf_counter() - started) / 20 / len(_QUESTIONS)
    print(f"python: {bare:.2f} s")
    print(f"import sentence_transformers: {library:.2f} s")
    print(f"cold quanwen ask: {cold:.2f} s, {cold / library:.2f} of the import")
    print(f"a further question: {warm * 1000:.1f} ms, {warm / library:.5f} of the import")
    if documents := find_files([Path(argument) for argument in sys.argv[1:]])[0]:
        _changing([str(document) for document in documents])


def _changing(documents: Sequence[str]) -> None:
    """Print how long building, adding one document and removing it take, each by its command."""
    with TemporaryDirectory() as folder:
        out = ["--out", f"{folder}/index"]
        index = ["--index", f"{folder}/index"]
        whole = _seconds([*_QUANWEN, "index", *documents, *out], runs=1)
        _seconds([*_QUANWEN, "index", *documents[1:], *out], runs=1)
        add = _seconds([*_QUANWEN, "add", documents[0], *index], runs=1)
        told = subprocess.run(
            [sys.executable, *_QUANWEN, "info", "--json", *index], capture_output=True, check=True
        )
        id = json.loads(told.stdout)["documents"][-1]["id"]
        remove = _seconds([*_QUANWEN, "remove", id, *index], runs=1)
    print(f"building an index of {len(documents)} documents: {whole:.2f} s")
    print(f"adding one to the others: {add:.2f} s, {add / whole:.2f} of building all")
    print(f"removing it: {remove:.2f} s, {remove / whole:.2f} of building all")


def _seconds(
    arguments: Sequence[str], environment: dict[str, str] | None = None, runs: int = _RUNS
) -> float:
    """Return the median time of a few runs of Python, in seconds."""
    taken: list[float] = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True
        )
        taken.append(time.perf_counter() - started)
    return median(taken)


if __name__ == "__main__":
    main()
