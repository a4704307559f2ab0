import io
import json
import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from helpers import FIXTURES, pdf

from index.errors import DocumentError
from index.repair import repaired
from index.sources import find_files, read_bytes, read_file
from index.types import BOLD, Span

FORMATS = ".txt、.md、.html、.htm、.docx、.pdf、.csv、.tsv、.jsonl"


def word_file(*lines: tuple[str, str | None], table: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    for text, style in lines:
        document.add_paragraph(text, style)
    if table:
        rows = document.add_table(len(table), len(table[0])).rows
        for row, texts in zip(rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


# --- encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "夜校章程\n每周三晚。".encode(),
        "夜校章程\n每周三晚。".encode("utf-8-sig"),
        "夜校章程\r\n每周三晚。".encode(),
        "夜校章程\r每周三晚。".encode(),
        "夜校章程\n每周三晚。".encode("gb18030"),
        "夜校章程\n每周三晚。".encode("gbk"),
        "夜校章程\n每周三晚。".encode("utf-16"),
    ],
    ids=["utf-8", "mark", "windows", "old mac", "gb18030", "gbk", "utf-16"],
)
def test_every_usual_encoding_and_line_end_gives_the_same_text(data: bytes) -> None:
    assert read_bytes("夜校.txt", data).text == "夜校章程\n每周三晚。"


def test_rare_characters_of_gb18030_are_read() -> None:
    assert read_bytes("a.txt", "𠮷野家镕基".encode("gb18030")).text == "𠮷野家镕基"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("夜校每週三晚開課，請會記帳的老漁民來教。", "big5"),
        ("夜校每周三晚开课，请会记账的老渔民来教。", "gb18030"),
        ("夜校每週三晚開課，請會記帳的老漁民來教。", "gb18030"),
        ("\ue5e5\ue5e5夜校开课。", "gb18030"),
    ],
)
def test_traditional_text_in_big5_is_told_from_gb18030(text: str, encoding: str) -> None:
    assert read_bytes("夜校.txt", text.encode(encoding)).text == text


def test_one_damaged_byte_doesnt_turn_utf8_into_gibberish() -> None:
    data = ("夜校每周开课三晚。" * 300).encode()
    text = read_bytes("a.txt", data[:90] + b"\xff" + data[91:]).text
    assert text.count("夜校每周开课三晚。") >= 298


def test_text_cut_in_the_middle_of_its_last_character_is_still_utf8() -> None:
    assert read_bytes("a.txt", "夜校章程".encode()[:-1]).text == "夜校章"


def test_a_file_in_the_old_encoding_is_read_with_its_front_matter() -> None:
    source = read_file(FIXTURES / "旧编码.txt")
    assert (source.title, source.date) == ("德化瓷器学堂", "2024-03-01")
    assert source.text[source.body_start :].startswith("瓷器学堂招生\n")


# --- formats -------------------------------------------------------------------------------------


def test_markdown_has_front_matter_and_headings() -> None:
    source = read_file(FIXTURES / "种茶.md")
    assert (source.title, source.date, source.url) == (
        "永春种茶打算",
        "2024-03-01",
        "https://example.org/tea",
    )
    headings = {source.text[at:].split("\n")[0]: level for at, level in source.levels.items()}
    assert headings == {"# 永春种茶打算": 1, "## 一、选地": 2, "## 二、育苗": 2}


def test_a_colon_in_front_matter_is_kept_as_it_is_written() -> None:
    source = read_bytes(
        "a.txt", "---\ntitle: 建设新城：三年行动\n地区：洛江区\n---\n正文。".encode()
    )
    assert (source.title, source.district) == ("建设新城：三年行动", "洛江区")


def test_a_web_page_that_leaves_its_date_empty_is_read_for_it() -> None:
    page = '<meta name="PubDate" content=""><p>发布时间：2024-08-27</p><p>夜校每周开课三晚。</p>'
    assert read_bytes("a.html", page.encode()).date == "2024-08-27"


@pytest.mark.parametrize(
    "text", ["---\n没有结尾\ntitle: 甲\n", "正文\n---\ntitle: 甲\n---\n", "----\ntitle: 甲\n----\n"]
)
def test_what_only_looks_like_front_matter_stays_text(text: str) -> None:
    source = read_bytes("a.txt", text.encode())
    assert (source.title, source.body_start) == (None, 0)


def test_a_web_page_tells_its_date_beside_where_it_comes_from() -> None:
    page = "<div>来源：洛江发布　作者：林某　2024-08-27 08:32</div><p>夜校每周开课三晚。</p>"
    assert read_bytes("夜校.html", page.encode()).date == "2024-08-27"
    other = "<div>资金来源：2023年8月1日拨付　来源：洛江区2023年报告</div><p>夜校每周开课三晚。</p>"
    assert read_bytes("夜校.html", other.encode()).date is None


def test_a_web_page_gives_its_article_with_date_and_address() -> None:
    source = read_file(FIXTURES / "瓷器学堂.html")
    assert (source.title, source.date, source.url) == (
        "德化办起瓷器学堂",
        "2024-05-06",
        "https://example.org/kiln",
    )
    lines = source.text.split("\n")
    assert "德化今年办起瓷器学堂，请老师傅教年轻人拉坯，每期三十人，一年四期。" in lines
    assert "学满结业的人由县里推荐到窑厂，起薪比往年高一成。" in lines
    assert "浔中\t120人" in lines
    assert "不是正文" not in source.text


def test_a_long_web_page_keeps_its_headings_and_leaves_the_menu_out() -> None:
    menu = "".join(f"<li><a href='/{i}'>栏目{i}</a></li>" for i in range(30))
    body = "".join(
        f"<p>第{i}所夜校开在渔港旁边，请会记账的老渔民教年轻人算账，学满一年发给结业证。</p>"
        for i in "一二三四五六七八"
    )
    page = (
        f"<html><head><title>渔港夜校_某某网</title></head><body><ul class='menu'>{menu}</ul>"
        f"<h1>渔港夜校</h1><div id='content'><h2>一、开课</h2>{body}</div></body></html>"
    )
    source = read_bytes("夜校.html", page.encode())
    assert source.title == "渔港夜校"
    assert "栏目7" not in source.text
    assert "第八所夜校开在渔港旁边" in source.text
    assert 2 in source.levels.values()


@pytest.mark.parametrize(
    ("page_title", "title"),
    [
        ("夜校招生-某某网", "夜校招生"),
        ("夜校招生_某某市人民政府", "夜校招生"),
        ("夜校招生 | 某某网", "夜校招生"),
        ("2024-2025年夜校要点_某某网", "2024-2025年夜校要点"),
        ("办好夜校——鲤城的做法_某某网", "办好夜校——鲤城的做法"),
    ],
)
def test_a_pages_title_loses_the_sites_name(page_title: str, title: str) -> None:
    page = f"<html><head><title>{page_title}</title></head><body><p>夜校开课。</p></body></html>"
    assert read_bytes("a.html", page.encode()).title == title


def test_a_web_page_that_declares_an_old_encoding_is_read_in_it() -> None:
    page = '<html><head><meta charset="gb2312"></head><body><p>夜校每周开课三晚。</p></body></html>'
    assert read_bytes("a.html", page.encode("gbk")).text == "夜校每周开课三晚。"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<?xml version="1.0" encoding="utf-8"?>\n<html><p>夜校开课。</p></html>', "夜校开课。"),
        ("<p>夜<!-- 注 -->校<b>开</b>课。", "夜校开课。"),
        ("夜校开课。", "夜校开课。"),
        ("<pre>夜校\n开课。</pre>", "夜校\n开课。"),
        ("<ul><li>夜校<li>码头</ul>", "夜校\n码头"),
        ("<ul><li>证件<ul><li>原件<li>复印件</ul><li>照片</ul>", "证件\n原件\n复印件\n照片"),
        ("<ul><li><b>证件</b>：<ul><li>原件<li>复印件</ul></ul>", "证件：\n原件\n复印件"),
        ("<table><tr><td><p>一、夜校<p>每周三晚。</table>", "一、夜校\n每周三晚。"),
        ("<table><tr><td> <td><div>夜校</div><h2>码头</h2></table>", "夜校\n码头"),
        ("<table><tr><td>夜校<br>开课。<p>码头</table>", "夜校\n开课。\n码头"),
        ("<table><tr><td><table><tr><td>镇<td>人数</table></table>", "镇\t人数"),
        ("<table><tr><td>夜<span><b>校</b></span>开课。</table>", "夜校开课。"),
        (
            "<table><tr><td><p>祥芝<td><p>120人<tr><td>鸿山<td>90人</table>",
            "祥芝\t120人\n鸿山\t90人",
        ),
        ("<dl><dt>时间<dd>每周三晚<dt>地点<dd>镇上</dl>", "时间\n每周三晚\n地点\n镇上"),
    ],
)
def test_html_of_every_kind_is_read(page: str, text: str) -> None:
    assert read_bytes("a.html", page.encode()).text == text


def test_a_word_file_gives_paragraphs_headings_and_tables() -> None:
    data = word_file(
        ("渔港夜校", "Title"),
        ("一、开课", "Heading 1"),
        ("每周三晚。\n每晚两课。", None),
        table=[["镇", "人数"], ["祥芝", "120"]],
    )
    source = read_bytes("夜校.docx", data)
    assert source.text == "渔港夜校\n一、开课\n每周三晚。\n每晚两课。\n镇\t人数\n祥芝\t120"
    assert source.levels == {0: 1, 5: 1}


def test_equal_cells_of_a_row_are_kept_and_a_merged_cell_is_given_once() -> None:
    document = docx.Document()
    table = document.add_table(2, 3)
    for i, row in enumerate([["祥芝", "120", "120"], ["合计", "", "240"]]):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    table.cell(1, 0).merge(table.cell(1, 1)).text = "合计"
    file = io.BytesIO()
    document.save(file)
    assert read_bytes("夜校.docx", file.getvalue()).text == "祥芝\t120\t120\n合计\t240"


def test_a_pdf_gives_the_text_of_its_pages() -> None:
    source = read_bytes("夜校.pdf", pdf([["渔港夜校", "每周开课三晚。"], ["第二页。"]]))
    assert [page.split() for page in source.text.split("\f")] == [
        ["渔港夜校", "每周开课三晚。"],
        ["第二页。"],
    ]


def test_a_pdfs_broken_lines_are_joined_over_its_pages() -> None:
    lines = [
        ["晋江办起夜间书屋", "今年以来，晋江把闲置的岗亭改成书屋，夜里也开门，"],
        ["现在全市有六十间书屋，每晚有两千人来看书，其中一", "半是下了夜班的工友，书屋给他们留着热水。", "— 1 —"],
        ["第二件事是把书送到渔船上去，每条船一箱，半年换一", "次，渔民出海时在船上看，看完了回港再换新书。"],
    ]  # fmt: skip
    source = read_bytes("书屋.pdf", pdf([lines[0] + lines[1], lines[2] + ["— 2 —"]]))
    assert [block.text for block in repaired(source)[1]] == [
        "晋江办起夜间书屋",
        "".join([lines[0][1], *lines[1][:2]]),
        "".join(lines[2]),
    ]


def test_a_pdf_that_anyone_may_open_needs_no_password() -> None:
    assert read_bytes("a.pdf", encrypted_pdf(user="")).text.strip() == "每周开课三晚。"


def test_every_line_of_jsonl_is_a_record() -> None:
    source = read_file(FIXTURES / "条目.jsonl")
    assert source.records is not None
    first, second = source.records
    assert (first.id, first.district, first.title, first.date, first.url) == (
        "a1",
        "泉港",
        "码头",
        "2024-08-27",
        "https://example.org/1",
    )
    assert (second.id, second.district, second.span) == ("2", None, Span(11, 20))
    assert source.text[11:20] == "夜校每周开课三晚。"


# --- bad input -----------------------------------------------------------------------------------


def encrypted_pdf(user: str) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf([["每周开课三晚。"]])))
    writer.encrypt(user_password=user, owner_password="owner", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def word_file_with_part(name: str, contents: bytes) -> bytes:
    file = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(word_file(("夜校", None))))
    with whole, zipfile.ZipFile(file, "w") as archive:
        for part in whole.namelist():
            archive.writestr(part, contents if part == name else whole.read(part))
    return file.getvalue()


def zip_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "夜校")
    return file.getvalue()


def rows(*values: object) -> bytes:
    return "\n".join(json.dumps(value) for value in values).encode()


NOT_TEXT = "不是文本，或编码无法辨认；请另存为 UTF-8 编码的文本再试"
NOT_WORD = "文件 a.docx 不是完好的 Word 文档；请用 Word 打开后另存为 .docx"
BAD = [
    ("a.txt", b"", "文件 a.txt 是空的；请换一个有内容的文件"),
    ("a.txt", b" \n\t\n", "文件 a.txt 是空的；请换一个有内容的文件"),
    ("a.txt", "\ufeff\u3000\n".encode(), "文件 a.txt 里没有文字；请换一个有内容的文件"),
    ("a.md", b"---\ntitle: x\n---\n\n", "文件 a.md 里没有文字；请换一个有内容的文件"),
    ("a.txt", bytes(range(256)) * 8, f"文件 a.txt {NOT_TEXT}"),
    ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64), f"文件 a.txt {NOT_TEXT}"),
    ("a.md", zip_file(), f"文件 a.md {NOT_TEXT}"),
    ("a.html", b"\0\0\0\0", f"文件 a.html {NOT_TEXT}"),
    ("a.html", b"<html><body></body></html>", "文件 a.html 里没有文字；请换一个有内容的文件"),
    ("a.html", b"<!-- -->", "文件 a.html 不是 HTML 网页（Document is empty）；请另存网页再试"),
    ("a.docx", b"not a zip", NOT_WORD),
    ("a.docx", zip_file(), NOT_WORD),
    ("a.docx", word_file(("夜校", None))[:900], NOT_WORD),
    ("a.docx", word_file_with_part("word/document.xml", b"<broken"), NOT_WORD),
    ("a.docx", word_file_with_part("[Content_Types].xml", b""), NOT_WORD),
    ("a.docx", word_file(("", None)), "文件 a.docx 里没有文字；请换一个有内容的文件"),
    ("a.pdf", pdf([[]]), "文件 a.pdf 没有文字层（多半是扫描件）；请先做文字识别（OCR）"),
    ("a.pdf", encrypted_pdf(user="secret"), "文件 a.pdf 有密码；请去掉密码后另存再试"),
    ("a.pdf", b"%PDF-1.4\nbroken", "文件 a.pdf 不是完好的 PDF；请重新下载或另存再试"),
    ("a.pdf", b"hello", "文件 a.pdf 不是完好的 PDF；请重新下载或另存再试"),
    ("a.xls", b"hello", f"不认识 a.xls 的格式；能读 {FORMATS}"),
    ("README", b"hello", f"不认识 README 的格式；能读 {FORMATS}"),
    ("a.jsonl", b"{", "文件 a.jsonl 第 1 行不是 JSON（Expecting property name enclosed in double quotes）"),
    ("a.jsonl", b"[]", '文件 a.jsonl 第 1 行要有 "id" 和文字 "text"'),
    ("a.jsonl", rows({"text": "x"}), '文件 a.jsonl 第 1 行要有 "id" 和文字 "text"'),
    ("a.jsonl", b"[" * 100_000, "文件 a.jsonl 第 1 行不是 JSON（RecursionError）"),
    ("a.jsonl", b'{"id": ' + b"1" * 5000 + b"}", "文件 a.jsonl 第 1 行不是 JSON（ValueError）"),
    ("a.jsonl", rows({"id": "", "text": "x"}), '文件 a.jsonl 第 1 行的 "id" 要是文字或整数'),
    ("a.jsonl", rows({"id": None, "text": "x"}), '文件 a.jsonl 第 1 行的 "id" 要是文字或整数'),
    ("a.jsonl", rows({"id": 1}), '文件 a.jsonl 第 1 行要有 "id" 和文字 "text"'),
    ("a.jsonl", rows({"id": 1, "text": 5}), '文件 a.jsonl 第 1 行要有 "id" 和文字 "text"'),
    ("a.jsonl", rows({"id": 1, "text": " "}), '文件 a.jsonl 第 1 行的 "text" 是空的'),
    (
        "a.jsonl",
        rows({"id": 1, "text": "\ud800"}),
        "文件 a.jsonl 第 1 行里有半个字符（\\ud800 一类）；请改正",
    ),
    (
        "a.jsonl",
        rows({"id": 1, "text": "x", "district": ["洛江"]}),
        '文件 a.jsonl 第 1 行的 "district" 要是文字',
    ),
    (
        "a.jsonl",
        rows({"id": 1, "text": "x"}, {"id": "1", "text": "y"}),
        "文件 a.jsonl 第 2 行的 id “1” 重复；id 要各不相同",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "message"), BAD)
def test_a_bad_file_is_refused_with_a_message(name: str, data: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as error:
        read_bytes(name, data)
    assert str(error.value) == message


def test_a_pdf_whose_cipher_cant_be_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: object) -> None:
        raise pypdf.errors.DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf, "PdfReader", refuse)
    with pytest.raises(DocumentError) as error:
        read_bytes("a.pdf", pdf([["夜校"]]))
    assert str(error.value) == "文件 a.pdf 用 AES 加了密；请去掉密码后另存再试"


def test_a_file_that_is_too_big_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text("夜校", encoding="utf-8")
    monkeypatch.setattr("index.sources.MAX_BYTES", 5)
    with pytest.raises(DocumentError) as error:
        read_file(file)
    assert str(error.value) == f"文件 {file} 超过 0 MB；请拆成几个文件"


# --- which files ---------------------------------------------------------------------------------


def test_a_folder_is_searched_and_what_is_passed_over_is_told(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲/丙.md", "甲/图.png", ".隐/丁.txt", ".戊.txt", "无后缀", "~$己.docx"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("夜校", encoding="utf-8")
    files, skipped = find_files([tmp_path, tmp_path / "乙.txt"])
    assert [file.name for file in files] == ["乙.txt", "丙.md"]
    assert {(one.path.name, one.reason) for one in skipped} == {
        ("图.png", "不读 .png 格式"),
        ("无后缀", "不读 无后缀 格式"),
    }


def test_a_path_that_cant_be_read_is_refused_with_a_message(tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(b"x")
    cases = {
        tmp_path / "没有.txt": f"找不到文件 {tmp_path / '没有.txt'}；请检查路径",
        tmp_path / "图.png": f"不认识 {tmp_path / '图.png'} 的格式；能读 {FORMATS}",
        tmp_path: f"文件夹 {tmp_path} 里没有可读的文件；能读 {FORMATS}",
    }
    for path, message in cases.items():
        with pytest.raises(DocumentError) as error:
            find_files([path])
        assert str(error.value) == message


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as error:
        read_file(tmp_path / "没有.txt")
    assert str(error.value) == (
        f"文件 {tmp_path / '没有.txt'} 打不开：No such file or directory；请检查路径和权限"
    )


def test_a_district_goes_on_to_a_sum_and_not_where_cells_are_rightly_empty() -> None:
    rows = "县区,任务,亩\n洛江区,种树,9\n,修路,5\n合计,,14\n,验收,3\n"
    filled = "洛江区\t种树\t9\n洛江区\t修路\t5\n合计\t—\t14\n—\t验收\t3"
    assert read_bytes("表.csv", rows.encode()).text == f"县区\t任务\t亩\n{filled}"
    # Not where no cells were one, nor in rows that are too short.
    apart = "序号,任务,县区\n1,夜校,洛江区\n2,修路,\n3,种树\n"
    assert "修路\t洛江区" not in read_bytes("表.csv", apart.encode()).text
    short = "序号,县区,任务\n1,洛江区,种树\n2,,修路\n3\n"
    assert "2\t洛江区\t修路\n3" in read_bytes("表.csv", short.encode()).text


def test_an_empty_cell_below_a_districts_name_is_the_same_districts() -> None:
    table = "序号,县,任务\n1,陇县,养羊\n2,,种核桃\n3,千阳县,养羊\n合计,,三件\n"
    lines = read_bytes("表.csv", table.encode()).text.split("\n")
    assert lines[2] == "2\t陇县\t种核桃"
    assert lines[4] == "合计\t—\t三件"


def test_cells_below_other_names_stay_empty() -> None:
    table = "序号,任务,备注\n1,养羊,三月\n2,种核桃,\n3,,五月\n"
    assert "3\t—\t五月" in read_bytes("表.csv", table.encode()).text


def test_a_csv_tables_rows_are_lines_with_tabs() -> None:
    table = '镇,"修路,公里",备注\n石碁镇,12,\n,9,缓'.encode()
    assert read_bytes("表.csv", table).text == "镇\t修路,公里\t备注\n石碁镇\t12\n—\t9\t缓"
    assert read_bytes("表.tsv", "镇\t路\n石碁镇\t12".encode()).text == "镇\t路\n石碁镇\t12"


def _read_table(rows: str) -> list[str]:
    page = f"<html><body><h1>洛江区清单</h1><p>今年的清单如下，请各村照办。</p><table>{rows}</table></body></html>"
    return read_bytes("a.html", page.encode()).text.split("\n")[2:]


def test_a_cell_over_several_rows_of_a_web_page_stands_in_each() -> None:
    rows = _read_table(
        "<tr><th>镇</th><th>事项</th><th>数量</th></tr>"
        "<tr><td rowspan='2'>马甲镇</td><td>夜校</td><td>3</td></tr>"
        "<tr><td>路灯</td><td>90</td></tr><tr><td>河市镇</td><td>夜校</td><td>2</td></tr>"
    )
    assert rows == ["镇\t事项\t数量", "马甲镇\t夜校\t3", "马甲镇\t路灯\t90", "河市镇\t夜校\t2"]


def test_two_rows_of_names_of_a_web_pages_table_are_one() -> None:
    rows = _read_table(
        "<tr><th rowspan='2'>镇</th><th colspan='2'>夜校</th></tr><tr><th>去年</th><th>今年</th></tr>"
        "<tr><td>马甲镇</td><td>2</td><td>3</td></tr>"
    )
    assert rows == ["镇\t夜校去年\t夜校今年", "马甲镇\t2\t3"]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (  # a form
            "<tr><td>项目</td><td colspan='3'>夜校</td></tr>"
            "<tr><td>单位</td><td>教育局</td><td>投资</td><td>3万元</td></tr>",
            ["项目\t夜校", "单位\t教育局\t投资\t3万元"],
        ),
        (  # names over items, that aren't names themselves
            "<tr><th colspan='2'>项目</th><th>单位</th></tr>"
            "<tr><td>教育</td><td>夜校</td><td>教育局</td></tr>",
            ["项目\t单位", "教育\t夜校\t教育局"],
        ),
        (f"<tr><td rowspan='{'9' * 5000}'>夜校</td><td>3</td></tr>", ["夜校\t3"]),
        ("<tr><td rowspan='-1' colspan='x'>夜校</td><td>3</td></tr>", ["夜校\t3"]),
    ],
)
def test_other_merged_cells_are_left_as_they_are(rows: str, lines: list[str]) -> None:
    assert _read_table(rows) == lines


def test_a_table_of_too_many_merged_cells_is_read_as_it_is() -> None:
    rows = "<tr>" + "<td rowspan='999' colspan='60'>甲</td>" * 30 + "</tr>"
    assert len(_read_table(rows * 100)) >= 99


def test_short_bold_lines_part_a_web_article() -> None:
    page = (
        "<html><head><title>开年</title></head><body><p><strong>洛江：夜校9所</strong></p><p>今年夜校办到村口，每周开课三晚。</p>"
        "<p><strong>丰泽的新鲜事</strong></p><p>今年种树，春天开工，秋天完工。</p><p><strong>谢谢收看</strong></p></body></html>"
    )
    source = read_bytes("a.html", page.encode())
    lines = {source.text[start:].split("\n")[0]: level for start, level in source.levels.items()}
    assert lines == dict.fromkeys(["洛江：夜校9所", "丰泽的新鲜事", "谢谢收看"], BOLD)
    untitled = page.replace("<title>开年</title>", "")
    assert 0 not in read_bytes("a.html", untitled.encode()).levels


@pytest.mark.parametrize(
    ("head", "foot", "site"),
    [
        ("<title>我区办夜校_洛江区人民政府</title>", "", "洛江区人民政府"),
        (
            "<title>我区办夜校</title>",
            "主办：洛江区人民政府办公室 技术支持：某公司",
            "洛江区人民政府办公室",
        ),
        (
            "<meta name='SiteName' content='洛江区人民政府'><title>办夜校</title>",
            "",
            "洛江区人民政府",
        ),
        ("<title>我区办夜校-对标浙江</title>", "", None),
        ("<title>我区办夜校_泉州网</title>", "", None),
    ],
)
def test_a_web_page_tells_whose_site_it_is_from(head: str, foot: str, site: str | None) -> None:
    page = f"<html><head>{head}</head><body><p>我区今年办夜校九所，每周开课三晚。</p><div>{foot}</div></body></html>"
    assert read_bytes("a.html", page.encode()).site == site
