"""The line that a person types: keys, completion, history; and the program on a pseudo-terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.input.base import PipeInput
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from index.store import Index
from qa.chat import COMMANDS, converse
from qa.prompt import Names, history_file, open_history, typed_lines

ROOT = Path(__file__).parent.parent
LEFT, HOME = "\x1b[D", "\x1b[H"
CTRL_C, CTRL_D = "\x03", "\x04"


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


def typed(keys: PipeInput, text: str, history: FileHistory | None = None) -> list[str]:
    keys.send_text(text)
    return list(typed_lines(COMMANDS, ["洛江区", "丰泽区"], str, history))


# --- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"甲？\r 乙？ \r\r　\r{CTRL_D}", ["甲？", "乙？"]),
        (f"洛江学位{LEFT}{LEFT}新增\r{CTRL_D}", ["洛江新增学位"]),
        (f"洛江学位\x7f\x7f项目\r{CTRL_D}", ["洛江项目"]),
        (f"不要这句{CTRL_C}要这句\r{CTRL_C}{CTRL_D}", ["要这句"]),
        (f"甲乙{HOME}{CTRL_D}\r{CTRL_D}", ["乙"]),
    ],
    ids=["lines", "left", "backspace", "ctrl-c", "ctrl-d"],
)
def test_keys_do_what_people_expect(keys: PipeInput, text: str, lines: list[str]) -> None:
    assert typed(keys, text) == lines


# --- completion -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("/", [*COMMANDS]),
        ("/d", ["/district"]),
        ("/nope", []),
        ("/district ", ["洛江区", "丰泽区", "全部"]),
        ("/district 洛", ["洛江区"]),
        ("/district 洛江区、丰", ["丰泽区"]),
        ("/why 洛", []),
        ("洛", []),
        ("", []),
    ],
)
def test_commands_and_districts_are_completed(text: str, completed: list[str]) -> None:
    names = Names(COMMANDS, ["洛江区", "丰泽区", "全部"])
    found = list(names.get_completions(Document(text), CompleteEvent()))
    assert [completion.text for completion in found] == completed


# --- history --------------------------------------------------------------------------------------


def test_lines_are_kept_between_runs_for_their_owner_only(keys: PipeInput, tmp_path: Path) -> None:
    file = tmp_path / "state" / "history"
    told: list[str] = []
    for text in ("甲？", "乙？"):
        history = open_history(file, told.append)
        assert isinstance(history, FileHistory)
        assert typed(keys, f"{text}\r{CTRL_D}", history) == [text]
    kept = open_history(file, told.append).load_history_strings()
    assert [*kept] == ["乙？", "甲？"]  # the newest first
    assert told == []
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_history_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "history"
    file.touch()
    file.chmod(0o644)
    open_history(file, print)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_history_that_cannot_be_written_is_told_and_does_without(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    file = tmp_path / "state" / "history"
    told: list[str] = []
    assert isinstance(open_history(file, told.append), InMemoryHistory)
    assert told == [f"问过的话记不到 {file}（File exists）；退出后就没有了"]


def test_a_disk_that_becomes_full_is_told_once(tmp_path: Path) -> None:
    told: list[str] = []
    file = tmp_path / "history"
    history = open_history(file, told.append)
    file.unlink()
    file.mkdir()
    history.append_string("甲？")
    history.append_string("乙？")
    assert told == [f"问过的话记不到 {file}（Is a directory）；退出后就没有了"]
    assert history.get_strings() == ["甲？", "乙？"]


def test_the_history_lies_in_the_users_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert history_file() == tmp_path / "quanwen" / "history"


# --- a conversation -------------------------------------------------------------------------------


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.fixture
def conversation(
    plans: Index, keys: PipeInput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[PipeInput, Console]]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.stdin", Terminal())
    with (tmp_path / "out").open("w", encoding="utf-8") as out:
        yield keys, Console(file=out, force_terminal=True, color_system=None, width=400)


Conversation = tuple[PipeInput, Console]


def said(console: Console) -> str:
    return Path(console.file.name).read_text(encoding="utf-8")


def test_a_conversation_at_a_terminal(
    plans: Index, conversation: Conversation, tmp_path: Path
) -> None:
    keys, console = conversation
    keys.send_text("/district 洛江\r新增多少学位？\r/quit\r不再问\r")
    assert converse(plans, console)
    lines = said(console).splitlines()
    assert lines[:3] == [
        "直接提问；/help 看说明，/quit 或 Ctrl-D 结束。",
        "只在这里找：洛江区",
        "洛江区的文章说到了“学位”，共列出 4 段原文，越靠前越相关。",
    ]
    assert "不再问" not in said(console)
    assert (tmp_path / "quanwen" / "history").exists()


def test_no_history_is_kept_where_none_is_wanted(
    plans: Index, conversation: Conversation, tmp_path: Path
) -> None:
    keys, console = conversation
    keys.send_text(f"新增多少学位？\r{CTRL_D}")
    assert converse(plans, console, keep_history=False)
    assert not (tmp_path / "quanwen").exists()


def test_ctrl_c_ends_an_answer_not_the_conversation(
    plans: Index, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, console = conversation

    def interrupted(*_: object) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr("qa.chat.ask", interrupted)
    monkeypatch.setattr("sys.stdin", Terminal())
    keys.send_text(f"新增多少学位？\r洛江新增多少学位？\r{CTRL_D}")
    assert converse(plans, console, keep_history=False)
    assert said(console).splitlines()[1:3] == [
        "（已取消）",
        "洛江区的文章说到了“学位”，共列出 4 段原文，越靠前越相关。",
    ]


# --- on a pseudo-terminal -------------------------------------------------------------------------


def test_the_program_converses_on_a_terminal(tmp_path: Path) -> None:
    program = [sys.executable, "-W", "ignore", "-c", "from qa.cli import main; main()", "chat"]
    ours, theirs = pty.openpty()
    environment = os.environ | {
        "PROMPT_TOOLKIT_NO_CPR": "1",  # nobody answers where the cursor is
        "TERM": "xterm",
        "XDG_STATE_HOME": str(tmp_path),
    }
    with subprocess.Popen(
        program, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
        start_new_session=True,
    ) as running:  # fmt: skip
        os.close(theirs)
        try:
            until(ours, "问>")
            os.write(ours, "/district 洛江\r".encode())
            until(ours, "问（洛江区）>")
            os.write(ours, "要建多少教育项目？\r".encode())
            until(ours, "这是本产品的摘要", "问（洛江区）>")
            os.write(ours, CTRL_D.encode())
            assert running.wait(60) == 0
        finally:
            running.kill()
    os.close(ours)
    kept = (tmp_path / "quanwen" / "history").read_text(encoding="utf-8")
    assert [line for line in kept.splitlines() if line.startswith("+")] == [
        "+/district 洛江",
        "+要建多少教育项目？",
    ]


def until(terminal: int, *texts: str) -> None:
    """Read what a terminal shows until these texts have come, one after the other."""
    awaited = re.compile(".*".join(map(re.escape, texts)).encode(), re.DOTALL)
    shown = b""
    while not awaited.search(shown):
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, shown.decode(errors="replace")
        shown += os.read(terminal, 4096)
