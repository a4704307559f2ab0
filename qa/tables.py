"""Many questions into one table: what is asked, and the answers as rows with their citations.

One answer as a person reads it is in `qa.render`.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TextIO

from index.errors import DocumentError
from index.sources import decode
from index.store import Index
from qa.answer import ask
from qa.citation import quotation, remarks
from qa.errors import QuestionError
from qa.markdown import escape
from qa.messages import cautions, taken_for
from qa.types import DEFAULT_TOP_K, Answer, Found, Question
from qa.understand import understand

Form = Literal["md", "csv", "jsonl"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer, or with what is wrong about it."""

    question: str
    answer: Answer | None = None
    wrong: str = ""


def questions_in(name: str, data: bytes) -> list[str]:
    r"""Return the questions of a file, one a line; blank lines and comments are passed over.

    Raises:
        QuestionError: it isn't text, or holds no question.

    >>> questions_in("问题.txt", "# 学校\n新增多少学位？\n\n何时建成？".encode("gb18030"))
    ['新增多少学位？', '何时建成？']
    """
    try:
        text = decode(name, data)
    except DocumentError:
        text = "\ufffd"
    if "\ufffd" in text:
        raise QuestionError(f"问题文件 {name} 读不了；请给一个 UTF-8 文本，一行一个问题")
    lines = (line.strip() for line in text.splitlines())
    found = [line for line in lines if line and not line.startswith(("#", "＃"))]
    if not found:
        raise QuestionError(f"问题文件 {name} 里没有问题；请一行写一个")
    return found


def ask_each(
    questions: Iterable[str],
    index: Index,
    districts: Sequence[str] = (),
    top_k: int = DEFAULT_TOP_K,
    each: bool = False,
) -> Iterator[Asked]:
    """Yield every question with its answer; one that can't be asked doesn't stop the rest.

    With `each`, a question that names no place is asked of every district.
    """
    for text in questions:
        question = Question(text, districts=tuple(districts), top_k=top_k)
        try:
            if each and not districts and not _names_a_place(question, index):
                question = replace(question, districts=tuple(index.by_district))
            yield Asked(text, ask(question, index))
        except QuestionError as error:
            yield Asked(text, wrong=str(error))


def _names_a_place(question: Question, index: Index) -> bool:
    understood = understand(question, index)
    return bool(understood.districts or understood.missing)


# --- rows ----------------------------------------------------------------------------------------

COLUMNS = (
    "问题", "地区", "有回答", "引文", "全段", "标题", "小节", "文件", "段", "日期", "字符位置", "可信度", "说明"
)  # fmt: skip

Row = dict[str, str]


def table(asked: Iterable[Asked], form: Form) -> Iterator[str]:
    """Yield the lines of a table; as ``jsonl`` whole answers, a line for each question."""
    if form == "jsonl":
        yield from (json.dumps(_object(one), ensure_ascii=False) for one in asked)
    elif form == "csv":
        yield _csv_line(COLUMNS)
        for row in _rows_of(asked):
            yield _csv_line([_harmless(row.get(column, "")) for column in COLUMNS])
    else:
        yield "| " + " | ".join(COLUMNS) + " |"
        yield "|" + " --- |" * len(COLUMNS)
        for row in _rows_of(asked):
            yield "| " + " | ".join(escape(row.get(column, "")) for column in COLUMNS) + " |"


def rows(asked: Asked) -> list[Row]:
    """Return a question's rows: one, or one for each district that it asks about."""
    answer = asked.answer
    if answer is None:
        return [_row(asked, None, None, f"错误：{asked.wrong}")]
    if answer.understood.each:
        return [
            _row(asked, district, found, _silence(answer, district))
            for district, found in answer.best_of_each().items()
        ]
    if not answer.answered:
        return [_row(asked, "、".join(answer.by_district), None, _why_not(answer))]
    best = answer.passages[0]
    return [_row(asked, best.passage.district, best)]


def _rows_of(asked: Iterable[Asked]) -> Iterator[Row]:
    return (row for one in asked for row in rows(one))


def _why_not(answer: Answer) -> str:
    """Return why nothing answers, without the word on the passages that a table doesn't show."""
    return answer.message.partition("。")[0]


def _silence(answer: Answer, district: str) -> str:
    if answer.reason == "off_topic":
        return _why_not(answer)
    if district in answer.understood.missing:
        return f"没有{district}的文件"
    return f"{district}的文章里没有找到"


def _row(asked: Asked, district: str | None, found: Found | None, refusal: str = "") -> Row:
    row = {"问题": asked.question, "地区": district or ""}
    if found is None:
        return row | {"有回答": "否", "说明": refusal}
    passage = found.passage
    return row | {
        "有回答": "是",
        "引文": quotation(found),
        "全段": passage.text,
        "标题": passage.article or "",
        "小节": passage.section or "",
        "文件": passage.document,
        "段": str(passage.paragraph),
        "日期": passage.date or "",
        # Not 「3-15」, which a spreadsheet takes for a day of March.
        "字符位置": "、".join(f"{start}至{end}" for start, end in passage.spans),
        "可信度": f"{found.score:.2f}",
        "说明": "；".join(
            [*_taken_for(asked), *_cautions(asked, found), *remarks(passage, passage.url)]
        ),
    }


def _taken_for(asked: Asked) -> list[str]:
    return taken_for(asked.answer.understood) if asked.answer else []


def _cautions(asked: Asked, found: Found) -> list[str]:
    return (
        [told.rstrip("。") for told in cautions(asked.answer.understood, found)]
        if asked.answer
        else []
    )


def _object(asked: Asked) -> dict[str, object]:
    if asked.answer is None:
        wrong = {"answered": False, "reason": "bad_question", "message": asked.wrong}
        return {"question": asked.question, **wrong}
    return {"question": asked.question, **asked.answer.to_dict()}


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().removesuffix("\r\n")


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(tuple("=+-@＝＋－＠")) else cell


# --- the file ------------------------------------------------------------------------------------


@contextmanager
def whole_file(file: Path, form: Form) -> Iterator[TextIO]:
    """Open `file` to be written; what stood there is replaced at the end, in one step, or not.

    A CSV table begins with a byte order mark: without it Excel shows Chinese as gibberish.

    Raises:
        QuestionError: it can't be written.
    """
    target = file.resolve()
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        if target.exists() and not target.is_file():
            raise QuestionError(f"--out 的 {file} 不是文件；请写一个文件名")
        encoding = "utf-8-sig" if form == "csv" else "utf-8"
        with new.open("w", encoding=encoding, errors="replace", newline="\n") as contents:
            yield contents
        new.replace(target)
    except OSError as error:
        raise QuestionError(
            f"--out 的 {file} 写不了（{error.strerror}）；请检查路径、权限和磁盘空间"
        ) from error
    finally:
        with suppress(OSError):
            new.unlink()
