r"""Answers as Markdown, for chat clients: the message, a table of districts, the passages quoted.

What documents and questions say is data: it shows as it stands, and can't format, link or run.
Terminals are `qa.render`'s.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from index.types import Span
from qa.citation import heading, quotation
from qa.types import Answer, Found, Question

# One bracket of a pair is enough; `\(` and `\[` with their partners are formulas to some clients.
_ACTIVE = re.compile(r"[\\`*_\[<>&|~$@]|(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
_ACTIVE_AT_START = re.compile(r"^([#+=-]|\d{1,9}(?=[.)]))")
_BLANKS = re.compile(r"[ \t\f\v]+")  # not the blank that print sets in Chinese text
_LINE_END = re.compile(r"\r\n|\r|\n")


def to_markdown(question: Question, answer: Answer) -> str:
    """Return the whole answer."""
    return "\n\n".join(_blocks(question, answer))


def _blocks(question: Question, answer: Answer) -> Iterator[str]:
    if question.history and answer.understood.question != question.text:
        yield escape(f"（理解为：{answer.understood.question}）")
    yield escape(answer.message)
    if answer.understood.each and answer.answered:
        yield _table(answer)
    for number, found in enumerate(answer.passages, start=1):
        yield _item(number, found)


def escape(text: str) -> str:
    r"""Return text as one line of Markdown that shows it as it stands.

    >>> print(escape("1. *不* 是 [链接](https://example.org)"))
    1\. \*不\* 是 \[链接](https\://example.org)
    """
    return _escape_start(_escape(_BLANKS.sub(" ", " ".join(text.splitlines())).strip(" ")))


def _escape(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text)


def _escape_start(line: str) -> str:
    r"""Escape what makes a line a heading, a list, a rule or an underline."""
    return _ACTIVE_AT_START.sub(lambda m: m[0] + "\\" if m[0].isdigit() else "\\" + m[0], line)


def quote(text: str, highlights: Sequence[Span]) -> str:
    """Return a text as a quotation, line by line, with its ranges bold.

    >>> print(quote("全区新建两所小学。校舍九月交付使用。", [Span(2, 9)]))
    > 全区**新建两所小学**。校舍九月交付使用。
    """
    lines: list[str] = []
    start = 0
    for end, following in [*(found.span() for found in _LINE_END.finditer(text)), (len(text),) * 2]:
        lines.append(f"> {_line(text[start:end], _within(highlights, start, end))}".rstrip())
        start = following
    return "  \n".join(lines)  # two blanks keep a line's end


def _within(highlights: Sequence[Span], start: int, end: int) -> list[Span]:
    """Return the ranges as far as they lie in a line, those that touch as one."""
    found: list[Span] = []
    for span in sorted(highlights):
        first, last = max(span.start, start) - start, min(span.end, end) - start
        if first >= last:
            continue
        if found and first <= found[-1].end:
            found[-1] = Span(found[-1].start, max(last, found[-1].end))
        else:
            found.append(Span(first, last))
    return found


def _line(line: str, highlights: Sequence[Span]) -> str:
    pieces: list[str] = []
    done = 0
    for span in highlights:
        start, end = _bold(line, span)
        if start < end:
            pieces += [_escape(line[done:start]), "**", _escape(line[start:end]), "**"]
            done = end
    return _escape_start("".join((*pieces, _escape(line[done:]))).strip(" \t\f\v"))


def _bold(line: str, span: Span) -> Span:
    """Return the part of a range that `**` can stand around.

    Beside punctuation inside, `**` opens and closes only where blanks or punctuation are outside;
    Chinese has no blanks.

    >>> _bold("建两所小学，新增学位", Span(0, 6))
    Span(start=0, end=5)
    """
    start, end = span
    while start < end and not _may_stand(line[start], line[start - 1 : start]):
        start += 1
    while start < end and not _may_stand(line[end - 1], line[end : end + 1]):
        end -= 1
    return Span(start, end)


def _may_stand(inside: str, outside: str) -> bool:
    """Tell whether `**` may stand between two characters; at an end of the line `outside` is ''."""
    if inside.isspace():
        return False
    plain = not unicodedata.category(inside).startswith(("P", "S"))
    return plain or not outside.strip() or unicodedata.category(outside).startswith("P")


def _item(number: int, found: Found) -> str:
    marker = f"{number}. "
    quoted = quote(found.passage.text, found.highlights).replace("\n", "\n" + " " * len(marker))
    return f"{marker}{escape(heading(found))}\n\n{' ' * len(marker)}{quoted}"


def _table(answer: Answer) -> str:
    """Return what each district says, with the number of the passage that says it."""
    rows = ["| 地区 | 文字 | 见 |", "| --- | --- | --- |"]
    for district, found in answer.best_of_each().items():
        said, see = "没有找到", ""
        if found:
            said, see = escape(quotation(found)), str(answer.passages.index(found) + 1)
        rows.append(f"| {escape(district)} | {said} | {see} |")
    return "\n".join(rows)
