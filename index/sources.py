"""Reading files: which ones, in which encoding and format, as plain text with marked headings.

What the text means (articles, paragraphs, districts) is found out in `articles`.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.dates import date_in
from index.errors import DocumentError, UnknownFormatError
from index.types import BOLD, Record, Source, Span

MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that was passed over, and why."""

    path: Path
    reason: str


def find_files(paths: Iterable[Path]) -> tuple[list[Path], list[Skipped]]:
    """Return the readable files among `paths` and in folders below them, and what was passed over.

    Hidden files are left out in silence, files of other formats are reported.

    Raises:
        DocumentError: a path doesn't exist, a file named outright has another format, or a folder
            holds nothing to read.

    """
    files: dict[Path, None] = {}
    skipped: list[Skipped] = []
    for path in paths:
        if path.is_dir():
            before = len(files)
            for file in _files_below(path):
                if file.suffix.lower() in READERS:
                    files[file] = None
                else:
                    skipped.append(Skipped(file, f"不读 {file.suffix or '无后缀'} 格式"))
            if len(files) == before:
                raise DocumentError(f"文件夹 {path} 里没有可读的文件；能读 {_formats()}")
        elif not path.exists():
            raise DocumentError(f"找不到文件 {path}；请检查路径")
        else:
            check_format(str(path))
            files[path] = None
    return list(files), skipped


def read_file(path: Path) -> Source:
    """Read one file.

    Raises:
        DocumentError: it can't be read, is empty or binary, or isn't what its name says.

    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentError(f"文件 {path} 超过 {MAX_BYTES >> 20} MB；请拆成几个文件")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"文件 {path} 打不开：{error.strerror}；请检查路径和权限") from error
    return read_bytes(path.name, data)


def read_bytes(name: str, data: bytes) -> Source:
    r"""Read the contents of a file; `name` tells the format and may name the district.

    >>> read_bytes("洛江.txt", "---\ndate: 2024-08-27\n---\n建设新城".encode("gb18030")).date
    '2024-08-27'

    Raises:
        DocumentError: as `read_file`.

    """
    check_format(name)
    if not data.strip():
        raise DocumentError(f"文件 {name} 是空的；请换一个有内容的文件")
    source = READERS[Path(name).suffix.lower()](name, data)
    if not source.text[source.body_start :].strip():
        raise DocumentError(f"文件 {name} 里没有文字；请换一个有内容的文件")
    return source


def check_format(name: str) -> None:
    """Raise `UnknownFormatError` if files of this name's ending aren't read."""
    if Path(name).suffix.lower() not in READERS:
        raise UnknownFormatError(f"不认识 {name} 的格式；能读 {_formats()}")


def decode(name: str, data: bytes) -> str:
    """Return the text of `data`, which is UTF-8, UTF-16 with a mark, GB18030 or Big5.

    Raises:
        DocumentError: it is none of them.

    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        text = _decode_utf8(data) or _decode_national(data)
    text = _with_unix_ends(text.removeprefix("\ufeff"))
    broken = text.count("\ufffd") + sum(ord(c) < 32 and c not in "\n\t\f" for c in text)
    if "\0" in text or broken > max(3, len(text) // 200):
        raise DocumentError(f"文件 {name} 不是文本，或编码无法辨认；请另存为 UTF-8 编码的文本再试")
    return text


def _with_unix_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut by size in the middle of the last character: still UTF-8.
        if error.start >= len(data) - 3 and error.start > 0:
            return data[: error.start].decode("utf-8")
    # One damaged byte doesn't make it another encoding; as GB18030 it would be all gibberish.
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(not c.isascii() for c in text) - broken
    return text if broken * 100 <= whole else None


# As GB18030 a third of what is written in Big5 is characters that nobody has given a meaning.
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff]")


def _decode_national(data: bytes) -> str:
    texts = [data.decode(encoding, errors="replace") for encoding in ("gb18030", "big5hkscs")]
    return min(texts, key=lambda text: len(_MEANINGLESS.findall(text)))


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")):  # 「~$报告.docx」 locks what is open in Word
                yield Path(parent) / name


def _formats() -> str:
    return "、".join(READERS)


# --- the formats -----------------------------------------------------------------------------


@dataclass
class _Text:
    """Text that grows line by line, with the heading level of the lines that are headings."""

    lines: list[str] = field(default_factory=list)
    levels: dict[int, int] = field(default_factory=dict)
    length: int = 0

    def add(self, line: str, level: int | None = None) -> None:
        if not (line := line.strip()):
            return
        if level is not None:
            self.levels[self.length] = level
        self.lines.append(line)
        self.length += len(line) + 1

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def _read_text(name: str, data: bytes) -> Source:
    text = decode(name, data)
    values, body_start = _front_matter(text)
    return Source(name, text, body_start=body_start, **values)


_MARKDOWN_HEADING = re.compile(r"^(#{1,6})[ \t]+\S", re.MULTILINE)


def _read_markdown(name: str, data: bytes) -> Source:
    text = decode(name, data)
    values, body_start = _front_matter(text)
    levels = {
        match.start(): len(match[1])
        for match in _MARKDOWN_HEADING.finditer(text)
        if match.start() >= body_start
    }
    return Source(name, text, levels=levels, body_start=body_start, **values)


_FRONT_MATTER = re.compile(r"\A\s*---\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_MATTER_KEYS = {
    "title": "title", "标题": "title", "date": "date", "日期": "date", "url": "url",
    "网址": "url", "district": "district", "地区": "district",
}  # fmt: skip


def _front_matter(text: str) -> tuple[dict[str, Any], int]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, 0
    values: dict[str, Any] = {}
    for line in match[1].split("\n"):
        key, *given = re.split("[:：]", line, maxsplit=1)
        known = _FRONT_MATTER_KEYS.get(key.strip().lower())
        if known and (value := "".join(given).strip().strip("\"'")):
            values[known] = (date_in(value) or value) if known == "date" else value
    return values, match.end()


_HTML_LISTS = {"ul", "ol", "list"}
_HTML_BLOCKS = _HTML_LISTS | {
    "p", "li", "item", "tr", "blockquote", "pre", "table", "td", "div", "section", "article", "dl",
    "dt", "dd",
}  # fmt: skip
# What follows in a page's title is the site's name.
_SITE_NAME = re.compile(r"\s*[_|]|\s+[-–]\s|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])")


_XML = re.compile(r"\A\s*<\?xml.*?\?>", re.DOTALL)


def _read_html(name: str, data: bytes) -> Source:
    import lxml.html

    declared = re.search(rb"charset=[\"']?\s*([\w-]+)", data[:2048], re.IGNORECASE)
    page = data if declared is None else _utf8(data, declared[1])
    try:
        # lxml refuses the declaration of XHTML in text that is decoded already.
        tree = lxml.html.document_fromstring(_XML.sub("", decode(name, page)))
    except lxml.etree.LxmlError as error:
        raise DocumentError(f"文件 {name} 不是 HTML 网页（{error}）；请另存网页再试") from error
    title, *rest = _SITE_NAME.split(_squeezed(tree.findtext(".//title") or ""))
    date, url, site = _html_date(tree), _html_url(tree), _html_site(tree, rest)
    for table in tree.iter("table"):
        _fill_merged_cells(table)
    for cell in tree.iter("td", "th"):  # which trafilatura would take long to follow
        for way in ("rowspan", "colspan"):
            cell.attrib.pop(way, None)
    text = _Text()
    _walk_html(_main_content(tree), text)
    if not title.strip() and text.levels.get(0) == BOLD:
        del text.levels[0]
    return Source(
        name,
        text.text,
        levels=text.levels,
        title=title.strip() or None,
        date=date,
        url=url,
        site=site,
    )


# 「主办：洛江区人民政府办公室」, 「版权所有 © 洛江区人民政府」
OWNED_BY = re.compile(
    r"(?:主办(?:单位)?|版权所有)\s*[:：©]?(?:\s|&copy;|©)*([\u4e00-\u9fff]{2,20}(?:政府|委员会|办公室|融媒体中心|管委会|局))"
)


def _html_site(tree: Any, rest: Sequence[str]) -> str | None:
    """Return whose a page is: of what its head calls its site, its title ends in, or its foot names."""
    for meta in tree.iter("meta"):
        named = (meta.get("name") or "").lower() == "sitename"
        if named and _OWNER.search(meta.get("content") or ""):
            return str(meta.get("content")).strip()
    owners = [part.strip() for part in rest if _OWNER.search(part)]
    owners += OWNED_BY.findall(tree.text_content())
    return owners[-1] if owners else None


_OWNER = re.compile("政府|政务|委员会|管委会|融媒体|产业园|开发区|[局委办]$")


_PUBLISHED = re.compile(r"(?:发布|发文|成文|更新)?(?:时间|日期)\s*[:：]\s*(\S{8,12})")
# 「来源：洛江发布　作者：林某　2024-08-27」, not 「资金来源：2023年…」
_FROM = re.compile(
    r"(?<![\u4e00-\u9fff])来源\s*[:：][^。\n]{0,40}?((?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2})"
)


def _html_date(tree: Any) -> str | None:
    """Return the day that the page names as its own, in its head or as 「发布时间：…」."""
    for meta in tree.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        named = key in ("pubdate", "publishdate", "article:published_time")
        if named and (date := date_in((meta.get("content") or "")[:10])):
            return date
    text = tree.text_content()
    found = _PUBLISHED.search(text) or _FROM.search(text)
    return date_in(found[1]) if found else None


def _html_url(tree: Any) -> str | None:
    for link in tree.iter("link"):
        if link.get("rel") == "canonical":
            return link.get("href") or None
    return None


def _utf8(data: bytes, declared: bytes) -> bytes:
    try:
        return data.decode(declared.decode("ascii")).encode("utf-8")
    except (LookupError, UnicodeDecodeError):
        return data


def _main_content(tree: Any) -> Any:
    """Return the part of the page that holds the article; the whole body if none stands out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import trafilatura

        body = tree.find("body") if tree.find("body") is not None else tree
        whole = len(body.text_content())
        found = trafilatura.bare_extraction(
            tree,
            include_comments=False,
            include_tables=True,
            include_formatting=True,
            favor_recall=True,
        )
    extracted = getattr(found, "body", None)
    # Where it finds no article it gives nothing, or the page's whole text as one paragraph.
    if extracted is None or len(extracted) < 2 or len(" ".join(extracted.itertext())) < whole / 3:
        for unwanted in list(body.iter("script", "style", "nav", "header", "footer", "noscript")):
            unwanted.drop_tree()
        return body
    return extracted


def _walk_html(element: Any, text: _Text) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    level = BOLD if _is_bold_line(element) else _html_level(element, tag)
    children = [child for child in element if isinstance(child.tag, str)]
    holds_blocks = any(
        child.tag in _HTML_BLOCKS or _html_level(child, child.tag) or len(child)
        for child in children
    )
    is_line = tag in ("p", "li", "tr", "item", "row") and not _is_layout(element)
    if level is not None or is_line or not holds_blocks:
        inner = _HTML_LISTS if tag in ("li", "item") else set()
        pieces = "".join(_html_pieces(element, inner))
        if level is not None:  # a headline of two lines is one
            pieces = pieces.replace("\v", " ")
        for line in re.split("[\n\v]" if tag == "pre" else "\v", pieces):
            text.add(_squeezed(line), level)
        for child in children:
            if child.tag in inner:
                _walk_html(child, text)
        return
    text.add(_squeezed(element.text or ""))
    for child in element:
        if isinstance(child.tag, str):
            _walk_html(child, text)
        text.add(_squeezed(child.tail or ""))


def _fill_merged_cells(table: Any) -> None:
    """Repeat the cells of a table that reach over several rows in each; make one of two rows of names.

    「2025年」 over 「目标」 and 「完成」 gives 「2025年目标」 and 「2025年完成」.
    """
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    if any(map(_holds_blocks, rows)):
        return
    grid: list[dict[int, Any]] = [{} for _ in rows]
    filled = 0
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in grid[number]:
                column += 1
            width = _spanned(cell, "colspan", _WIDEST)
            reached = grid[number : number + _spanned(cell, "rowspan", len(rows))]
            filled += width * len(reached)
            if filled > _MOST_CELLS:
                return
            for below in reached:
                below |= dict.fromkeys(range(column, column + width), cell)
            column += width
    head = next((i for i, cells in enumerate(grid) if len({*cells.values()}) > 1), len(rows))
    if _names_twice(grid, head):
        names = [[_cell_text(cells[c]) for c in sorted(cells)] for cells in grid[head : head + 2]]
        joined = [top if top == low else top + low for top, low in zip(*names, strict=True)]
        _set_cells(rows[head], joined)
        rows[head + 1].drop_tree()
        del rows[head : head + 2], grid[head : head + 2]
    for row, cells in zip(rows, grid, strict=True):
        own = {*row.iterchildren("td", "th")}
        if {*cells.values()} - own:
            whole = [cells[column] for column in sorted(cells)]
            _set_cells(
                row,
                [
                    "" if i and cell is whole[i - 1] else _cell_text(cell)
                    for i, cell in enumerate(whole)
                ],
            )


def _names_twice(grid: Sequence[dict[int, Any]], head: int) -> bool:
    """Tell whether two rows of a table have the names of its columns: each cell of the first is over two or more."""
    if head + 1 >= len(grid) or {*grid[head]} != {*grid[head + 1]}:
        return False
    top, low = ({*cells.values()} for cells in grid[head : head + 2])
    over = all(cell in low or _spanned(cell, "colspan", _WIDEST) > 1 for cell in top)
    named = not any(_ONLY_FIGURE.fullmatch(_cell_text(cell)) for cell in low)
    return over and named and top != low and len(low) > len(top)


def _holds_blocks(row: Any) -> bool:
    """Tell whether a table places the parts of a page: a cell has a table, headings or several paragraphs."""
    return any(
        next(cell.iterdescendants("table", "ul", "ol", *(f"h{n}" for n in range(1, 7))), None)
        is not None
        or sum(1 for _ in cell.iterdescendants("p")) > _PARAGRAPHS_OF_CELL
        for cell in row.iterchildren("td", "th")
    )


_WIDEST, _MOST_CELLS, _PARAGRAPHS_OF_CELL = 60, 100_000, 4
_ONLY_FIGURE = re.compile(r"[\d.,%％—\-/]*")


def _spanned(cell: Any, way: str, most: int) -> int:
    """Return over how many rows or columns a cell reaches."""
    given = cell.get(way, "")
    return min(max(int(given), 1), most) if re.fullmatch("[0-9]{1,4}", given) else 1


def _cell_text(cell: Any) -> str:
    return _squeezed("".join(_html_pieces(cell)).replace("\v", " "))


def _set_cells(row: Any, texts: Sequence[str]) -> None:
    import lxml.html

    for cell in [*row.iterchildren("td", "th")]:
        row.remove(cell)
    for text in texts:
        cell = lxml.html.Element("td")
        cell.text = text
        row.append(cell)


def _is_layout(element: Any) -> bool:
    """Tell whether a table's row has one cell, which holds blocks: old pages place theirs so."""
    if element.tag not in ("tr", "row"):
        return False
    cells = [child for child in element if isinstance(child.tag, str)]
    cells = [cell for cell in cells if "".join(cell.itertext()).strip()]
    return len(cells) == 1 and any(
        child.tag in _HTML_BLOCKS or _html_level(child, child.tag)
        for child in cells[0].iterdescendants()
        if isinstance(child.tag, str)
    )


def _html_pieces(element: Any, without: Collection[str] = ()) -> Iterator[str]:
    r"""Yield the text of an element, with \v for the line breaks that the page shows.

    Children that are tags of `without` are left out.
    """
    yield element.text or ""
    for child in element:
        if child.tag in ("br", "lb") or child.tag in without:
            yield "\v"
        elif isinstance(child.tag, str):
            yield from _html_pieces(child)
            yield _CELL_END if child.tag in ("td", "th", "cell") else ""
        yield child.tail or ""


_CELL_END = "\x1f"


def _squeezed(text: str) -> str:
    r"""Return `text` without the line ends and indents of its source; a tab between cells of a table.

    >>> _squeezed("  每期\n  三十人, per  year ")
    '每期三十人, per year'
    """
    if _CELL_END in text:
        return "\t".join(map(_squeezed, text.split(_CELL_END))).strip("\t")
    text = re.sub(r"(?<=[^\x00-\xff])\s*\n\s*(?=[^\x00-\xff])", "", text)
    return " ".join(text.split())


def _html_level(element: Any, tag: str) -> int | None:
    name = element.get("rend", "") if tag == "head" else tag
    return int(name[1]) if re.fullmatch(r"h[1-6]", name or "") else None


_PARTING = re.compile(
    r"(?![一二三四五六七八九十]+、|[（(【“])(?:[\u4e00-\u9fff]{2,6}[：:][^。；;]{2,26}|[^\d。；;]{4,30})(?<![：:，,、）)】])"
)


def _is_bold_line(element: Any) -> bool:
    """Tell whether an element is a paragraph of one short line in bold, as articles on the web are parted by."""
    if element.tag != "p" or len(element) != 1 or (element.text or "").strip():
        return False
    (inner,) = element
    bold = inner.tag in ("b", "strong") or (inner.tag == "hi" and "#b" in inner.get("rend", ""))
    text = _squeezed("".join(inner.itertext()))
    return bold and not (inner.tail or "").strip() and _PARTING.fullmatch(text) is not None


def _read_docx(name: str, data: bytes) -> Source:
    import docx
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
        text = _Text()
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                for row in block.rows:
                    # A merged cell is given once for each column that it spans.
                    cells = {cell._tc: " ".join(cell.text.split()) for cell in row.cells}
                    text.add("\t".join(cells.values()).strip("\t"))
                continue
            level = _docx_level(block.style.name if block.style else "")
            for line in [" ".join(block.text.split())] if level else block.text.split("\n"):
                text.add(line, level)
    except Exception as error:  # zip, XML and missing parts each raise their own
        raise DocumentError(
            f"文件 {name} 不是完好的 Word 文档；请用 Word 打开后另存为 .docx"
        ) from error
    return Source(name, text.text, levels=text.levels)


def _docx_level(style: str | None) -> int | None:
    if style == "Title":
        return 1
    match = re.fullmatch(r"(?:Heading|标题) ?([1-6])", style or "")
    return int(match[1]) if match else None


def _read_pdf(name: str, data: bytes) -> Source:
    import io
    import logging

    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(f"文件 {name} 有密码；请去掉密码后另存再试")
        pages = [page.extract_text() or "" for page in reader.pages]
    except DocumentError:
        raise
    except DependencyError as error:
        raise DocumentError(f"文件 {name} 用 AES 加了密；请去掉密码后另存再试") from error
    except Exception as error:  # pypdf raises nearly anything on a damaged file
        kind = "" if isinstance(error, PyPdfError) else f"（{type(error).__name__}）"
        raise DocumentError(f"文件 {name} 不是完好的 PDF{kind}；请重新下载或另存再试") from error
    if not any(page.strip() for page in pages):
        raise DocumentError(f"文件 {name} 没有文字层（多半是扫描件）；请先做文字识别（OCR）")
    text = "\n\f".join(page.replace("\f", "").replace("\0", "") for page in pages)
    return Source(name, _with_unix_ends(text))


def _read_csv(name: str, data: bytes) -> Source:
    """Return a table's rows, a line each, with tabs between the cells; 「—」 stands for an empty one.

    Where the first column, or the first behind the rows' numbers, is of districts, as it says above them, an empty
    cell was one with that above before it was saved as CSV, and has its name; not in what is of all districts.
    """
    rows = csv.reader(io.StringIO(decode(name, data), newline=""), _dialect_of(name))
    text = _Text()
    column, above = None, ""
    try:
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if column is None:
                named = (i for i, cell in enumerate(cells[:2]) if _OF_DISTRICTS.fullmatch(cell))
                column = next((i for i in named if i == 0 or _NUMBERS.fullmatch(cells[0])), None)
            elif sum(map(bool, cells)) < _FEWEST_CELLS or any(map(_OF_ALL.search, cells)):
                above = ""
            elif column < len(cells):
                above = cells[column] = cells[column] or above
            while cells and not cells[-1]:
                cells.pop()
            text.add("\t".join(cell or "—" for cell in cells))
    except csv.Error as error:
        raise DocumentError(f"文件 {name} 不是完好的 CSV 表格（{error}）；请重新导出") from error
    return Source(name, text.text)


_OF_DISTRICTS = re.compile(
    "(?:所[属在])?(?:县|区|县区|区县|县市区|县[（(]市、?区[）)]|市县|地区|辖区|乡镇|镇街|乡镇[（(]街道[）)]|镇[（(]街道[）)])(?:名称?)?"
)
_NUMBERS = re.compile("序号|编号|号|No\\.?|")
_FEWEST_CELLS = 2  # fewer: a heading between the rows
_OF_ALL = re.compile("[合小总][ 　]*计|全[市省州]|[市省州]级|平均|统筹|^其他$|^备?注(?:$|[：:])")


def _dialect_of(name: str) -> type[csv.Dialect]:
    return csv.excel_tab if name.lower().endswith(".tsv") else csv.excel


def _read_jsonl(name: str, data: bytes) -> Source:
    text = decode(name, data)
    rows: list[dict[str, Any]] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        row = _jsonl_row(name, number, line)
        if row["id"] in seen:
            raise DocumentError(
                f"文件 {name} 第 {number} 行的 id “{row['id']}” 重复；id 要各不相同"
            )
        seen.add(row["id"])
        rows.append(row)
    pieces: list[str] = []
    records: list[Record] = []
    length = 0
    for row in rows:
        span = Span(length, length + len(row["text"]))
        optional = {key: row[key] for key in _RECORD_KEYS if row.get(key)}
        records.append(Record(row["id"], span, **optional))
        pieces.append(row["text"])
        length = span.end + 1
    return Source(name, "\n".join(pieces), records=tuple(records))


_RECORD_KEYS = ("district", "title", "section", "date", "url")


def _jsonl_row(name: str, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        json.dumps(row, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise DocumentError(f"文件 {name} 第 {number} 行不是 JSON（{error.msg}）") from error
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"文件 {name} 第 {number} 行里有半个字符（\\ud800 一类）；请改正"
        ) from error
    except (RecursionError, ValueError) as error:
        raise DocumentError(
            f"文件 {name} 第 {number} 行不是 JSON（{type(error).__name__}）"
        ) from error
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        raise DocumentError(f'文件 {name} 第 {number} 行要有 "id" 和文字 "text"')
    if not isinstance(row["id"], str | int) or not str(row["id"]).strip():
        raise DocumentError(f'文件 {name} 第 {number} 行的 "id" 要是文字或整数')
    if not row["text"].strip():
        raise DocumentError(f'文件 {name} 第 {number} 行的 "text" 是空的')
    for key in _RECORD_KEYS:
        if row.get(key) is not None and not isinstance(row[key], str):
            raise DocumentError(f'文件 {name} 第 {number} 行的 "{key}" 要是文字')
    row["id"] = str(row["id"])
    return row


RECORDS = ".jsonl"  # a file of ready-made passages

READERS: dict[str, Callable[[str, bytes], Source]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
    ".csv": _read_csv,
    ".tsv": _read_csv,
    RECORDS: _read_jsonl,
}
