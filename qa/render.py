"""Answers as a person reads them in a terminal; tables of many are in `qa.tables`.

Piped output is plain: nothing wrapped, coloured or cut. There the answering words stand by
themselves after 「»」, so that the passage below them can be copied as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from index.types import Document, Paragraph, Passage, Span
from qa.citation import heading, quotation
from qa.types import Answer

_MARK = "bold reverse"
# What a terminal would obey instead of showing it; a document may hold anything.
_OBEYED = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "\ufffd") | {
    ord("\n"): "\n",
    ord("\t"): "\t",
}


def print_answer(answer: Answer, console: Console) -> None:
    """Print the message and the passages, the answering words marked."""
    print_line(answer.message, console, "bold" if answer.answered else "bold yellow")
    if answer.understood.each:
        for line in district_lines(answer):
            print_line(f"  {line}", console)
    for number, found in enumerate(answer.passages, start=1):
        print_line("", console)
        style = "cyan" if found.answers else "dim"
        print_line(f"{number}. {heading(found)}", console, style)
        _print_marked(found.passage.text, found.highlights, console)


def print_context(passage: Passage, document: Document, console: Console) -> None:
    """Print the whole paragraph of a passage, the passage marked, with the ones beside it."""
    print_line(passage.location, console, "cyan")
    for paragraph in _beside(passage, document):
        own = paragraph.number == passage.paragraph
        print_line(f"第{paragraph.number}段", console, "cyan")
        _print_marked(paragraph.text, [span_in(paragraph, passage)] if own else [], console)


def _beside(passage: Passage, document: Document) -> list[Paragraph]:
    """Return a passage's paragraph between those before and after it in its article."""
    near = range(passage.paragraph - 1, passage.paragraph + 2)
    for article in document.articles:
        if any(paragraph.number == passage.paragraph for paragraph in article.paragraphs):
            return [paragraph for paragraph in article.paragraphs if paragraph.number in near]
    return []


def span_in(paragraph: Paragraph, passage: Passage) -> Span:
    """Return where in its paragraph's text a passage stands.

    >>> paragraph = Paragraph("先修路。再盖楼。", (Span(0, 4), Span(9, 13)))
    >>> span_in(paragraph, Passage("p", "再盖楼。", "晚报.txt", "d", 3, (Span(9, 13),)))
    Span(start=4, end=8)
    """
    first = passage.spans[0].start
    start = sum(max(0, min(end, first) - start) for start, end in paragraph.spans)
    return Span(start, start + len(passage.text))


def print_line(line: str, console: Console, style: str | None = None) -> None:
    """Print one line, whole even where it is wider than the terminal."""
    console.print(Text(_shown(line, console), style=style or ""), soft_wrap=True)


def _print_marked(text: str, marks: Sequence[Span], console: Console) -> None:
    if console.is_terminal:
        shown = Text(_shown(text, console))
        for start, end in marks:
            shown.stylize(_MARK, start, end)
        console.print(Padding(shown, (0, 0, 0, 3), expand=False))
        return
    for start, end in marks:
        print_line(f"   » {text[start:end]}", console)
    print_line(f"   {text}", console)


def _shown(text: str, console: Console) -> str:
    return text.translate(_OBEYED) if console.is_terminal else text


def district_lines(answer: Answer) -> Iterator[str]:
    """Yield each district asked about with the words that answer for it."""
    for district, found in answer.best_of_each().items():
        yield f"{district}：{quotation(found) if found else '没有找到'}"
