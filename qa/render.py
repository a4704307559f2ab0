"""Answers as a person reads them in a terminal, and as rows of a table.

Piped output is plain: nothing wrapped, coloured or cut. There the answering words stand by
themselves after 「»」, so that the passage below them can be copied as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from index.text import fold
from qa.types import Answer, Found

_MARK = "bold reverse"


def print_answer(answer: Answer, console: Console) -> None:
    """Print the message and the passages, the answering words marked."""
    print_line(answer.message, console, "bold" if answer.answered else "bold yellow")
    if answer.understood.each:
        for line in district_lines(answer):
            print_line(f"  {line}", console)
    for number, found in enumerate(answer.passages, start=1):
        print_line("", console)
        print_line(f"{number}. {heading(found)}", console, "cyan")
        if console.is_terminal:
            text = Text(f"   {found.passage.text}")
            for start, end in found.highlights:
                text.stylize(_MARK, 3 + start, 3 + end)
            console.print(text)
        else:
            for words in marked(found):
                print_line(f"   » {words}", console)
            print_line(f"   {found.passage.text}", console)


def print_line(line: str, console: Console, style: str | None = None) -> None:
    """Print one line, whole even where it is wider than the terminal."""
    console.print(Text(line, style=style or ""), soft_wrap=True)


def heading(found: Found) -> str:
    """Return what stands above a passage: its address and what has to be known about it."""
    passage = found.passage
    notes = [
        "摘要，非原文" if passage.digest else "",
        "原文到此中断" if passage.truncated else "",
        passage.date or "",
        passage.url or "",
    ]
    also = [f"又见 {place.document} 第{place.paragraph}段" for place in passage.also_at]
    return " · ".join([passage.location, *filter(None, notes), *also])


def marked(found: Found) -> list[str]:
    """Return the words of a passage that answer."""
    return [found.passage.text[start:end] for start, end in found.highlights]


def district_lines(answer: Answer) -> Iterator[str]:
    """Yield each district asked about with the words that answer for it."""
    by_id = {found.passage.id: found for found in answer.passages}
    for district, ids in answer.by_district.items():
        said = "；".join(words for id in ids[:1] for words in marked(by_id[id]))
        yield f"{district}：{said or '没有提到'}"


COLUMNS = ("question", "answered", "district", "answer", "text", "location", "id", "message")


def rows(question: str, answer: Answer) -> list[dict[str, str]]:
    """Return an answer as table rows: one, or one for each district asked about."""
    by_id = {found.passage.id: found for found in answer.passages}
    if not answer.answered:
        return [_row(question, answer, None, None)]
    if answer.understood.each:
        return [
            _row(question, answer, district, by_id[ids[0]] if ids else None)
            for district, ids in answer.by_district.items()
        ]
    return [_row(question, answer, answer.passages[0].passage.district, answer.passages[0])]


def _row(
    question: str, answer: Answer, district: str | None, found: Found | None
) -> dict[str, str]:
    return {
        "question": question,
        "answered": "yes" if found is not None else "no",
        "district": district or "",
        "answer": "；".join(marked(found)) if found else "",
        "text": found.passage.text if found else "",
        "location": found.passage.location if found else "",
        "id": found.passage.id if found else "",
        "message": answer.message,
    }


def table(found: Iterable[dict[str, str]], form: str) -> Iterator[str]:
    """Yield the lines of a table as ``md``, ``csv`` or ``jsonl``."""
    if form == "jsonl":
        yield from (json.dumps(row, ensure_ascii=False) for row in found)
    elif form == "csv":
        yield _csv_line(COLUMNS)
        yield from (_csv_line([_harmless(row[column]) for column in COLUMNS]) for row in found)
    else:
        yield "| " + " | ".join(COLUMNS) + " |"
        yield "|" + " --- |" * len(COLUMNS)
        for row in found:
            yield "| " + " | ".join(_md_cell(row[column]) for column in COLUMNS) + " |"


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().removesuffix("\r\n")


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if fold(cell).lstrip().startswith(("=", "+", "-", "@")) else cell


def _md_cell(cell: str) -> str:
    return " ".join(cell.replace("\\", "\\\\").replace("|", "\\|").split())
