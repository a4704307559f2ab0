"""A conversation: one question after another, each understood after those before it, and commands.

Lines come from a pipe as they are, or from `qa.prompt` where a person types them.
"""

from __future__ import annotations

import base64
import re
import sys
from collections.abc import Callable, Iterable, Iterator

from rich.console import Console

from index.store import Index
from qa.answer import ask
from qa.citation import citation
from qa.districts import known_districts
from qa.errors import QuestionError
from qa.render import print_answer, print_context, print_line
from qa.types import MAX_HISTORY, Answer, Found, Question
from qa.understand import understand
from qa.why import explain

COMMANDS = {
    "/district": ("[地区…]", "只在这些地区里找；「/district 全部」解除，不写则列出"),
    "/why": ("", "上一个问题是怎样理解的，各段凭什么排在前面"),
    "/open": ("N", "第 N 段所在的整个自然段，和它的前后"),
    "/copy": ("N", "第 N 段的引文和出处，送往剪贴板"),
    "/new": ("", "忘掉前面的问题，从头问起"),
    "/help": ("", "这份说明"),
    "/quit": ("", "结束（或按 Ctrl-D）"),
}
EVERYWHERE = "全部"
_LIFTS = (EVERYWHERE, "off", "不限")
_LEAVE = ("/quit", "/exit", "/q")
# With a Chinese keyboard the key of the slash gives one of these; no question begins with them.
_SLASHES = "/／、"
_BEFORE_A_LINE = 2
_CLIPBOARD_LIMIT = 74_000  # what common terminals take at once, in base64


class Session:
    """What a conversation remembers: the questions, the last answer, the districts restricted to."""

    def __init__(self, index: Index, console: Console) -> None:
        self.index = index
        self.districts: tuple[str, ...] = ()
        self.asked = self.answered = self.wrong = False
        self._console = console
        self._history: list[str] = []
        self._last: Answer | None = None
        self._obey: dict[str, Callable[[str], None]] = {
            "/district": self._restrict,
            "/why": self._explain,
            "/open": self._open,
            "/copy": self._copy,
            "/new": self._forget,
            "/help": self._help,
        }

    def take(self, line: str) -> bool:
        """Answer a question or obey a command; return whether the conversation goes on."""
        name, *rest = line.split(maxsplit=1)
        try:
            if line[0] not in _SLASHES:
                self._ask(line)
            elif (name := f"/{name[1:]}") in _LEAVE:
                return False
            elif name in self._obey:
                self._obey[name]("".join(rest).strip())
            else:
                raise QuestionError(f"没有命令 {name}；/help 列出全部命令")
        except QuestionError as error:
            self.wrong = True
            self._print(f"错误：{error}")
        return True

    def _ask(self, line: str) -> None:
        question = Question(line, tuple(self._history[-MAX_HISTORY:]), self.districts)
        answer = ask(question, self.index)
        if self._history and answer.understood.question != line:
            self._print(f"（理解为：{answer.understood.question}）")
        self._tell_restriction(question)
        print_answer(answer, self._console)
        self._print("")
        self._history.append(line)
        self._last = answer
        self.asked = True
        self.answered = self.answered or answer.answered

    def _tell_restriction(self, question: Question) -> None:
        """Say so where a question names another district than those restricted to."""
        if not question.districts:
            return
        free = understand(Question(question.text, question.history), self.index)
        if not {*free.districts, *free.missing} <= {*question.districts}:
            named = "、".join(question.districts)
            self._print(f"（已限定只在{named}里找；「/district {EVERYWHERE}」解除）")

    def restriction(self) -> str:
        """Return what the search is restricted to, short enough to stand before a line."""
        if len(self.districts) > _BEFORE_A_LINE:
            return f"{self.districts[0]}等 {len(self.districts)} 个地区"
        return "、".join(self.districts)

    # --- commands --------------------------------------------------------------------------------

    def _restrict(self, names: str) -> None:
        covered = tuple(self.index.by_district)
        if not covered:
            raise QuestionError("这些文件不分地区；直接提问就可以")
        if names in _LIFTS:
            self.districts = ()
        elif names:
            whole = self.index.gazetteer.full_name(names) is not None
            given = [names] if whole else re.split(r"[\s、，,]+", names.strip("、，,"))
            chosen = known_districts(given, self.index.gazetteer, covered)
            if without := [district for district in chosen if district not in covered]:
                raise QuestionError(f"没有{'、'.join(without)}的文件；有：{'、'.join(covered)}")
            self.districts = chosen
        self._print(f"只在这里找：{'、'.join(self.districts) or EVERYWHERE}")
        if not names:
            for district, passages in self.index.by_district.items():
                self._print(f"  {district}：{len(passages)} 段")

    def _explain(self, _: str) -> None:
        for line in explain(self._answer(), self.index):
            self._print(line)

    def _open(self, number: str) -> None:
        passage = self._found(number, "/open").passage
        document = self.index.document(passage.document_id)
        if document is not None:
            print_context(passage, document, self._console)

    def _copy(self, number: str) -> None:
        cited = citation(self._found(number, "/copy"))
        self._print(cited)
        if self._console.file.isatty():
            copied = base64.b64encode(cited.encode()).decode()
            if len(copied) <= _CLIPBOARD_LIMIT:
                self._console.file.write(f"\x1b]52;c;{copied}\a")
                self._print("（已送往剪贴板；终端若不支持，请选中上面这一行复制）")

    def _forget(self, _: str) -> None:
        self._history.clear()
        self._last = None
        self._print("前面的问题不再算数，请从头问起。")

    def _help(self, _: str) -> None:
        self._print("直接提问；可以接着问「那洛江呢？」。")
        for name, (arguments, does) in COMMANDS.items():
            self._print(f"  {f'{name} {arguments}'.strip()}：{does}")

    def _answer(self) -> Answer:
        if self._last is None:
            raise QuestionError("还没有问过问题；请先提问")
        return self._last

    def _found(self, number: str, command: str) -> Found:
        passages = self._answer().passages
        if not passages:
            raise QuestionError("上一个回答没有列出段落；请先问一个有回答的问题")
        if not number.isdecimal() or not 1 <= int(number) <= len(passages):
            raise QuestionError(f"请写第几段，1 到 {len(passages)}，如 {command} 1")
        return passages[int(number) - 1]

    def _print(self, line: str) -> None:
        print_line(line, self._console)


def converse(index: Index, console: Console, keep_history: bool = True) -> bool:
    """Answer questions until the input ends; tell whether any had an answer, or none was asked.

    Raises:
        QuestionError: lines came through a pipe, and not one of them could be asked.
    """
    session = Session(index, console)
    if sys.stdin.isatty() and console.is_terminal:
        print_line("直接提问；/help 看说明，/quit 或 Ctrl-D 结束。", console)
        _talk(session, _typed(session, console, keep_history), console)
    else:
        for line in filter(None, map(str.strip, sys.stdin)):
            if not session.take(line):
                break
        if session.wrong and not session.asked:
            raise QuestionError("没有一行能问；每一行的原因写在输出里，请改正")
    return session.answered or not session.asked


def _typed(session: Session, console: Console, keep_history: bool) -> Iterator[str]:
    from qa import prompt

    history = None
    if keep_history:
        history = prompt.open_history(prompt.history_file(), lambda line: print_line(line, console))
    places = (*session.index.by_district, EVERYWHERE) if session.index.by_district else ()
    return prompt.typed_lines(COMMANDS, places, session.restriction, history)


def _talk(session: Session, lines: Iterable[str], console: Console) -> None:
    """Take what a person types; Ctrl-C ends an answer, not the conversation."""
    for line in lines:
        try:
            if not session.take(line):
                return
        except KeyboardInterrupt:
            print_line("（已取消）", console)
