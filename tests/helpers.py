"""What the tests share: fixture files as documents, minimal PDF files, waiting, bare requests."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from starlette.types import ASGIApp, Receive

from index.articles import document_of
from index.gazetteer import bundled_gazetteer
from index.segmenter import full_segmenter
from index.sources import read_bytes, read_file
from index.types import Document, Passage

FIXTURES = Path(__file__).parent / "fixtures"
TWO_YEARS = Path(__file__).parent / "two_years"  # reports of 2024 and 2025, likewise
PLANS = Path(__file__).parent / "plans"  # what three districts plan, in our own words


def cut(text: str) -> list[str]:
    """Cut as an index does; jieba's dictionary is loaded once for all tests."""
    return full_segmenter(bundled_gazetteer()).cut(text)


def fixture_document(name: str) -> Document:
    return document_of(read_file(FIXTURES / name), bundled_gazetteer(), cut)


def document_of_text(text: str, name: str = "文件.txt") -> Document:
    return document_of(read_bytes(name, text.encode()), bundled_gazetteer(), cut)


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def sections(document: Document) -> list[str | None]:
    return [paragraph.section for paragraph in document.paragraphs]


def is_true_to(passage: Passage, document: Document) -> bool:
    """Tell whether the passage's spans are in order, apart, and make up its text."""
    pieces = [document.text[start:end] for start, end in passage.spans]
    apart = all(before.end <= after.start for before, after in pairwise(passage.spans))
    return apart and "".join(pieces) == passage.text


def until(holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("waited five seconds in vain")


def pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF file of one font; each page is a list of lines, none for a scanned page."""
    characters = sorted({c for page in pages for line in page for c in line})
    codes = {character: code for code, character in enumerate(characters, start=1)}
    to_unicode = "".join(
        f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>\n"
        for character, code in codes.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Test def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{to_unicode}endbfchar\nendcmap end end"
    )
    kids = " ".join(f"{7 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H"
        " /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /FontDescriptor 5 0 R /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        "<< /Type /FontDescriptor /FontName /Test /Flags 4 /FontBBox [0 0 1000 1000]"
        " /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream(cmap),
    ]
    for i, page in enumerate(pages):
        shown = "".join(
            f"<{''.join(f'{codes[c]:04X}' for c in line)}> Tj 0 -16 Td\n" for line in page
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {8 + 2 * i} 0 R >>"
        )
        objects.append(_stream(f"BT /F1 12 Tf 72 770 Td\n{shown}ET"))
    return _with_cross_references(objects)


def _stream(contents: str) -> str:
    return f"<< /Length {len(contents)} >>\nstream\n{contents}\nendstream"


def _with_cross_references(objects: list[str]) -> bytes:
    file = "%PDF-1.4\n"
    places: list[int] = []
    for number, contents in enumerate(objects, start=1):
        places.append(len(file))
        file += f"{number} 0 obj\n{contents}\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    trailer = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(file)}\n%%EOF\n"
    )
    return (file + table + trailer).encode("ascii")


def answer_to_post(
    app: ASGIApp, path: str, headers: Mapping[str, str], receive: Receive | None = None
) -> tuple[int, Any]:
    """Return status and JSON of a POST whose body is `receive`; without it, none may be read."""
    sent: list[Any] = []

    async def unread() -> NoReturn:
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    asyncio.run(app(scope, receive or unread, send))
    return sent[0]["status"], json.loads(sent[1]["body"])
