"""The question prompt: one question after another, each understood after those before it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

from rich.console import Console

from index.store import Index
from qa.answer import ask
from qa.errors import QuestionError
from qa.render import print_answer, print_line
from qa.types import MAX_HISTORY, Question

_HELP = "直接提问；可以接着问「那洛江呢？」。/help 看说明，/quit 或 Ctrl-D 结束。"


def converse(index: Index, console: Console) -> int:
    """Answer questions until the input ends; return the exit code."""
    asked: list[str] = []
    answered = False
    if sys.stdin.isatty():
        print_line(_HELP, console)
    for line in _lines():
        if line in ("/quit", "/exit", "/q"):
            break
        if line.startswith("/"):
            print_line(_HELP, console)
            continue
        try:
            answer = ask(Question(line, tuple(asked[-MAX_HISTORY:])), index)
        except QuestionError as error:
            print_line(f"错误：{error}", console)
            continue
        if asked and answer.understood.question != line:
            print_line(f"（理解为：{answer.understood.question}）", console)
        print_answer(answer, console)
        print_line("", console)
        asked.append(line)
        answered = answered or answer.answered
    return 0 if answered or not asked else 1


def _lines() -> Iterator[str]:
    if not sys.stdin.isatty():
        yield from (line.strip() for line in sys.stdin if line.strip())
        return
    with suppress(ImportError):  # not on Windows
        import readline  # noqa: F401  line editing and history for input()

    while True:
        try:
            line = input("问> ").strip()
        except EOFError:
            return
        if line:
            yield line
