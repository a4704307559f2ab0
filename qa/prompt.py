"""The line that a person types: editing, history, completion. What it means is in `qa.chat`.

prompt_toolkit takes a while to import: only an interactive terminal comes here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from platformdirs import user_state_path
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

Warn = Callable[[str], None]
_LAST_NAME = re.compile(r"[^\s、，,]*$")


def typed_lines(
    commands: Iterable[str],
    districts: Sequence[str],
    restriction: Callable[[], str],
    history: History | None,
) -> Iterator[str]:
    """Yield the lines that a person types, none of them blank, until Ctrl-D.

    `restriction` names what the search is restricted to, if anything: it stands before the line,
    as not every terminal has room for a toolbar.
    Ctrl-C clears the line. Without a `history` earlier lines are known until the end only.
    """
    session: PromptSession[str] = PromptSession(
        lambda: f"问（{named}）> " if (named := restriction()) else "问> ",
        completer=Names(commands, districts),
        bottom_toolbar="/help 说明 · Ctrl-C 清除 · Ctrl-D 结束",
        history=history,
        reserve_space_for_menu=6,
    )
    while True:
        try:
            line = session.prompt().strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if line:
            yield line


class Names(Completer):
    """Completes commands, and after ``/district`` the districts."""

    def __init__(self, commands: Iterable[str], districts: Sequence[str]) -> None:
        self._commands = tuple(commands)
        self._districts = tuple(districts)

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterator[Completion]:
        """Yield what may stand where the last name is being typed."""
        typed = document.text_before_cursor
        command, space, names = typed.partition(" ")
        if not typed.startswith("/"):
            return
        if not space:
            yield from _beginning(typed, self._commands)
        elif command == "/district":
            yield from _beginning(_LAST_NAME.findall(names)[0], self._districts)


def _beginning(typed: str, names: Iterable[str]) -> Iterator[Completion]:
    for name in names:
        if name.startswith(typed):
            yield Completion(name, start_position=-len(typed))


# --- history -------------------------------------------------------------------------------------


def history_file() -> Path:
    """Return where the lines that were typed are kept: the user's own state folder."""
    return user_state_path("quanwen", appauthor=False) / "history"


def open_history(file: Path, warn: Warn) -> History:
    """Return the history kept in `file`, which only its owner may read.

    Where it can't be written the lines are kept until the end only, and `warn` is told.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        file.chmod(0o600)
    except OSError as error:
        warn(_not_kept(file, error))
        return InMemoryHistory()
    return _KeptHistory(file, warn)


class _KeptHistory(FileHistory):
    """A history whose disk may become full."""

    def __init__(self, file: Path, warn: Warn) -> None:
        super().__init__(file)
        self._file = file
        self._warn: Warn | None = warn

    def store_string(self, string: str) -> None:
        try:
            super().store_string(string)
        except OSError as error:
            if self._warn is not None:
                self._warn(_not_kept(self._file, error))
                self._warn = None  # once is enough


def _not_kept(file: Path, error: OSError) -> str:
    return f"问过的话记不到 {file}（{error.strerror}）；退出后就没有了"
