"""The working folder: what earlier stages made, kept for the next run, and the log of figures.

A stage's result is a folder named after everything it was made from, so that it is made anew
exactly when its data, its settings or an earlier stage's result differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from index.errors import QuanwenError

LOG = "log.jsonl"


class Workspace:
    """A folder for intermediate results and the log ``log.jsonl``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def made(self, stage: str, made_from: tuple[object, ...], make: Callable[[Path], None]) -> Path:
        """Return the folder that `make` filled for `stage`, from an earlier run if there is one.

        `made_from` is whatever decides the result; its ``repr`` is what counts. What a run that was
        stopped left in the folder is still there when `make` is called, to go on from or to write over.
        """
        digest = hashlib.sha256(repr(made_from).encode()).hexdigest()[:12]
        folder = self.folder / f"{stage}-{digest}"
        if folder.is_dir():
            self.log(stage, kept=folder.name)
            return folder
        unfinished = folder.with_suffix(".unfinished")
        unfinished.mkdir(exist_ok=True)
        start = time.monotonic()
        make(unfinished)
        unfinished.rename(folder)
        self.log(stage, made=folder.name, seconds=round(time.monotonic() - start, 1))
        return folder

    def log(self, stage: str, **figures: object) -> None:
        """Append one line of figures to the log, and show it."""
        row = {"time": time.strftime("%Y-%m-%dT%H:%M:%S"), "stage": stage, **figures}
        line = json.dumps(row, ensure_ascii=False)
        with (self.folder / LOG).open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        print(line, file=sys.stderr, flush=True)


def fingerprint(file: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def run(train: Callable[[argparse.Namespace], None], options: argparse.Namespace) -> int:
    """Train; return the exit code: 2, with the reason on stderr, where that can't go on."""
    try:
        train(options)
    except QuanwenError as error:
        print(error, file=sys.stderr)
        return 2
    return 0
