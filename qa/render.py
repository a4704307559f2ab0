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
from qa.types import Answer, Found

_MARK = "bold reverse"
_OMITTED = "……"
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
        print_line(f"{number}. {heading(found)}", console, "cyan")
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


def heading(found: Found) -> str:
    """Return what stands above a passage: its address and what has to be known about it."""
    return " · ".join(
        [
            found.passage.location,
            *remarks(found.passage, found.passage.date, found.passage.url),
        ]
    )


def remarks(passage: Passage, *more: str | None) -> list[str]:
    """Return what has to be known about a passage beside its address, with `more` in between."""
    notes = [
        "摘要，非原文" if passage.digest else "",
        "原文到此中断" if passage.truncated else "",
        *more,
        *(f"又见 {place.document} 第{place.paragraph}段" for place in passage.also_at),
    ]
    return [note for note in notes if note]


def marked(found: Found) -> list[str]:
    """Return the words of a passage that answer."""
    return [found.passage.text[start:end] for start, end in found.highlights]


def quotation(found: Found) -> str:
    """Return the answering words as they are quoted, what is left out between them shown.

    >>> passage = Passage("p", "先修路，后种树，再盖楼。", "晚报.txt", "d", 3, ())
    >>> quotation(Found(passage, 0.9, (Span(0, 3), Span(8, 11))))
    '先修路……再盖楼'
    """
    return _OMITTED.join(marked(found)) or found.passage.text


def citation(found: Found) -> str:
    """Return a passage as it is cited: where it stands and the words quoted.

    >>> passage = Passage("p", "先修路。", "晚报.txt", "d", 3, (), "洛江区", "建设新城")
    >>> citation(Found(passage, 0.9))
    '洛江区，《建设新城》，晚报.txt 第3段：「先修路。」'
    """
    passage = found.passage
    parts = (
        passage.district,
        f"《{passage.article}》" if passage.article else None,
        f"{passage.document} 第{passage.paragraph}段",
        passage.date,
        passage.url,
    )
    note = "（摘要，非原文）" if passage.digest else ""
    return f"{'，'.join(part for part in parts if part)}：「{quotation(found)}」{note}"


def district_lines(answer: Answer) -> Iterator[str]:
    """Yield each district asked about with the words that answer for it."""
    by_id = {found.passage.id: found for found in answer.passages}
    for district, ids in answer.by_district.items():
        said = "；".join(words for id in ids[:1] for words in marked(by_id[id]))
        yield f"{district}：{said or '没有提到'}"
