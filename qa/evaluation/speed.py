"""Speed beside something known, measured in the same run: a machine's bare seconds say little.

python -m qa.evaluation.speed
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from statistics import median
from tempfile import TemporaryDirectory

from qa.answer import ask
from qa.opening import open_digest
from qa.types import Question

_RUNS = 5
_QUESTIONS = (
    "洛江区要建多少教育项目？",
    "鲤城区旅游收入的目标是多少？",
    "各区分别打算怎样改善民生？",
)


def main() -> None:
    """Print how long a first question takes beside an import, and a next one beside that."""
    with TemporaryDirectory() as cache:
        environment = {**os.environ, "QUANWEN_CACHE": cache}
        cold = _seconds(
            ["-c", "from qa.cli import main; main()", "ask", _QUESTIONS[0]], environment
        )
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


def _seconds(arguments: list[str], environment: dict[str, str]) -> float:
    """Return the median time of a few runs of Python, in seconds."""
    taken: list[float] = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL, check=True
        )
        taken.append(time.perf_counter() - started)
    return median(taken)


if __name__ == "__main__":
    main()
