"""The command line: what it prints, its exit codes, and one line for everything that is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
import uvicorn
from helpers import PLANS, pdf
from safetensors.numpy import load_file, save_file

from index.encoders import bundled_folder
from index.store import FORMAT, MANIFEST
from qa.answer import ask
from qa.cli import app, run
from qa.opening import ENVIRONMENT, Settings, Uploads, open_settings
from qa.types import Question

ROOT = Path(__file__).parent.parent
REBUILD = "请用 quanwen index 文件… --out 文件夹 重建"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _environment(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUANWEN_CACHE", str(cache))
    monkeypatch.delenv("QUANWEN_SETTINGS", raising=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index directory of the three plans, built by the command."""
    folder = tmp_path_factory.mktemp("built") / "index"
    assert run(["index", str(PLANS), "--out", str(folder)]) == 0
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """The same index directory, to be broken."""
    return shutil.copytree(built, tmp_path / "index")


Output = Callable[[], tuple[str, str]]


@pytest.fixture
def output(capsys: pytest.CaptureFixture[str]) -> Output:
    def output() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return output


# --- answered, not answered -----------------------------------------------------------------------


def test_an_answer_shows_the_passage_with_its_source(built: Path, output: Output) -> None:
    assert run(["ask", "洛江区新增多少学位？", "--index", str(built)]) == 0
    out, err = output()
    assert "1. 洛江区 · 洛江区下一年的打算 · 三、教室不够就盖 · 洛江区.txt 第3段\n" in out
    assert "   洛江区投资9.5亿元建设15个教育项目，新增学位5400个。山里的教学点一律保留" in out
    assert err == ""


@pytest.mark.parametrize(
    "question", ["石狮市的渔港有几个？", "今天天气怎么样？", "洛江区的软件园再添多少平方米楼面？"]
)
def test_what_nothing_answers_is_exit_code_1_with_a_reason(
    built: Path, output: Output, question: str
) -> None:
    assert run(["ask", question, "--index", str(built)]) == 1
    out, err = output()
    assert out.strip()
    assert err == ""


def test_json_is_the_answer_as_the_service_returns_it(built: Path, output: Output) -> None:
    assert run(["ask", "洛江区新增多少学位？", "--index", str(built), "--json"]) == 0
    index = open_settings(Settings(index=built))
    assert json.loads(output()[0]) == ask(Question("洛江区新增多少学位？"), index).to_dict()


def test_documents_are_asked_as_they_are(output: Output) -> None:
    assert run(["ask", "新增多少学位？", str(PLANS / "丰泽区.txt"), "--json"]) == 0
    answer = json.loads(output()[0])
    assert "新增学位3800个" in answer["passages"][0]["text"]
    assert {row["document"] for row in answer["passages"]} == {"丰泽区.txt"}
    assert not answer["passages"][0]["digest"]


def test_without_documents_the_digest_answers_and_says_so(output: Output) -> None:
    assert run(["ask", "洛江区有多少个教育项目？"]) == 0
    out, _ = output()
    assert "摘要" in out.splitlines()[0]
    assert " · 摘要，非原文" in out


def test_districts_and_the_number_of_passages_may_be_given(built: Path, output: Output) -> None:
    given = ["--index", str(built), "--district", "鲤城", "--district", "丰泽区", "--top-k", "2"]
    assert run(["ask", "新增多少学位？", *given, "--json"]) == 0
    answer = json.loads(output()[0])
    assert list(answer["by_district"]) == ["鲤城区", "丰泽区"]
    assert answer["understood"]["districts"] == ["鲤城区", "丰泽区"]


# --- many questions -------------------------------------------------------------------------------


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "问题.txt"
    lines = ["\ufeff# 学位", "洛江区新增多少学位？", "", "洛江和鲤城的旅游收入达到多少？", "你好"]
    file.write_text("\r\n".join(lines), encoding="utf-8")
    return file


def test_a_file_of_questions_becomes_a_table(built: Path, questions: Path, output: Output) -> None:
    given = ["ask", "--file", str(questions), "--index", str(built)]
    assert run([*given, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(output()[0])))
    assert [(row["问题"], row["地区"], row["有回答"]) for row in rows] == [
        ("洛江区新增多少学位？", "洛江区", "是"),
        ("洛江和鲤城的旅游收入达到多少？", "洛江区", "是"),
        ("洛江和鲤城的旅游收入达到多少？", "鲤城区", "是"),
        ("你好", "", "否"),
    ]
    assert run(given) == 0
    out, err = output()
    assert len(out.splitlines()) == 2 + len(rows)
    assert err == ""


def test_json_lines_of_a_file_are_whole_answers(
    built: Path, questions: Path, output: Output
) -> None:
    index = open_settings(Settings(index=built))
    for form in (["--format", "jsonl"], ["--json"]):
        assert run(["ask", "--file", str(questions), "--index", str(built), *form]) == 0
        first, *_, last = map(json.loads, output()[0].splitlines())
        question = "洛江区新增多少学位？"
        assert first == {"question": question, **ask(Question(question), index).to_dict()}
        assert (last["question"], last["answered"]) == ("你好", False)


def test_with_a_file_the_first_word_is_a_document_already(questions: Path, output: Output) -> None:
    plan = str(PLANS / "洛江区.txt")
    assert run(["ask", plan, "--file", str(questions), "--format", "jsonl"]) == 0
    assert '"document": "洛江区.txt"' in output()[0].splitlines()[0]


def test_every_question_may_be_asked_of_each_district(
    built: Path, tmp_path: Path, output: Output
) -> None:
    file = tmp_path / "问题.txt"
    file.write_text("新增多少学位？\n旅游收入达到多少？", encoding="utf-8")
    given = ["ask", "--file", str(file), "--index", str(built), "--format", "csv"]
    for option in (["--each-district"], ["--district", "丰泽", "--district", "洛江"]):
        assert run([*given, *option]) == 0
        rows = list(csv.DictReader(io.StringIO(output()[0])))
        districts = ["丰泽区", "洛江区", "鲤城区"] if len(option) == 1 else ["丰泽区", "洛江区"]
        assert [row["地区"] for row in rows] == districts * 2


def test_questions_come_from_the_standard_input_too(
    built: Path, output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = io.TextIOWrapper(io.BytesIO("洛江区新增多少学位？\n".encode("gb18030")))
    monkeypatch.setattr("sys.stdin", asked)
    assert run(["ask", "--file", "-", "--index", str(built), "--json"]) == 0
    assert json.loads(output()[0])["question"] == "洛江区新增多少学位？"


@pytest.mark.parametrize(
    ("name", "form", "begins"),
    [
        ("答案.csv", [], "\ufeff问题,地区,"),
        ("答案.CSV", [], "\ufeff问题,地区,"),
        ("答案.jsonl", [], '{"question": '),
        ("答案.md", [], "| 问题 | 地区 |"),
        ("答案.txt", [], "| 问题 | 地区 |"),
        ("答案.txt", ["--format", "csv"], "\ufeff问题,地区,"),
    ],
)
def test_a_table_goes_into_a_file_in_the_form_of_its_name(
    built: Path, questions: Path, output: Output, name: str, form: list[str], begins: str
) -> None:
    out = questions.with_name(name)
    given = ["ask", "--file", str(questions), "--index", str(built), "--out", str(out), *form]
    assert run(given) == 0
    assert output() == ("", "")
    assert out.read_text(encoding="utf-8").startswith(begins)


def test_if_no_question_of_a_file_is_answered_the_exit_code_is_1(
    built: Path, tmp_path: Path, output: Output
) -> None:
    file = tmp_path / "问题.txt"
    file.write_text(f"{'学' * 2001}\n你好\n", encoding="utf-8")
    assert run(["ask", "--file", str(file), "--index", str(built), "--json"]) == 1
    wrong, _ = map(json.loads, output()[0].splitlines())
    assert wrong["message"] == "问题有 2001 字，最多 2000 字；请缩短"


def test_if_no_question_of_a_file_can_be_asked_the_exit_code_is_2(
    built: Path, tmp_path: Path, output: Output
) -> None:
    file = tmp_path / "问题.txt"
    file.write_text("学" * 2001, encoding="utf-8")
    assert run(["ask", "--file", str(file), "--index", str(built)]) == 2
    out, err = output()
    assert "问题有 2001 字" in out
    assert err == "错误：没有一个问题能问；每一行写着原因，请改正\n"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["--district", "火星"], "不认识地区“火星”；文件里有：丰泽区、洛江区、鲤城区"),
        (["--top-k", "0"], "top_k 是 0；请用 1 到 20 的数"),
        (["--json", "--format", "csv"], "--json 和 --format 只能给一样；请去掉一样"),
        (["--out", "{file}"], "--out 的 {file} 就是问题文件；请换一个文件名"),
        (["--out", "没有/表.csv"], "--out 的 没有/表.csv 写不了（No such file or directory）；请检查路径、权限和磁盘空间"),
    ],
)  # fmt: skip
def test_what_is_wrong_for_every_question_is_told_once(
    built: Path, questions: Path, output: Output, given: list[str], message: str
) -> None:
    told = [word.format(file=questions) for word in given]
    assert run(["ask", "--file", str(questions), "--index", str(built), *told]) == 2
    assert output() == ("", f"错误：{message.format(file=questions)}\n")
    assert "洛江区新增多少学位" in questions.read_text(encoding="utf-8")


def test_documents_without_districts_have_no_each(
    questions: Path, tmp_path: Path, output: Output
) -> None:
    file = tmp_path / "夜校.txt"
    file.write_text("夜校\n夜校每周开课三晚，学费全免。", encoding="utf-8")
    assert run(["ask", "--file", str(questions), "--each-district", str(file)]) == 2
    assert output() == ("", "错误：这些文件不分地区；请去掉 --each-district\n")


# --- what is wrong --------------------------------------------------------------------------------

FILES = {
    "空.txt": b"",
    "空白.txt": b" \n\n",
    "二进制.txt": bytes(range(256)) * 8,
    "扫描.pdf": pdf([[]]),
    "坏.pdf": b"%PDF-1.4 nothing more",
    "坏.docx": b"PK\x03\x04 nothing more",
    "表.xlsx": b"x",
    "坏.jsonl": b"{",
}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("空.txt", "文件 空.txt 是空的；请换一个有内容的文件"),
        ("空白.txt", "文件 空白.txt 是空的；请换一个有内容的文件"),
        ("没有.txt", "找不到文件 {path}；请检查路径"),
        ("二进制.txt", "文件 二进制.txt 不是文本，或编码无法辨认；请另存为 UTF-8 编码的文本再试"),
        ("扫描.pdf", "文件 扫描.pdf 没有文字层（多半是扫描件）；请先做文字识别（OCR）"),
        ("坏.pdf", "文件 坏.pdf 不是完好的 PDF；请重新下载或另存再试"),
        ("坏.docx", "文件 坏.docx 不是完好的 Word 文档；请用 Word 打开后另存为 .docx"),
        ("表.xlsx", "不认识 {path} 的格式；能读 .txt、.md、.html、.htm、.docx、.pdf、.csv、.tsv、.jsonl"),
        ("坏.jsonl", "文件 坏.jsonl 第 1 行不是 JSON（Expecting property name enclosed in double quotes）"),
        ("夹", "文件夹 {path} 里没有可读的文件；能读 .txt、.md、.html、.htm、.docx、.pdf、.csv、.tsv、.jsonl"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_read_is_one_line_and_exit_code_2(
    tmp_path: Path, output: Output, name: str, message: str
) -> None:
    path = tmp_path / name
    if name in FILES:
        path.write_bytes(FILES[name])
    elif name == "夹":
        path.mkdir()
    for arguments in (
        ["ask", "学位", str(path)],
        ["index", str(path), "--out", str(tmp_path / "o")],
    ):
        assert run(arguments) == 2
        assert output() == ("", f"错误：{message.format(path=path)}\n")
    assert not (tmp_path / "o").exists()


EMPTY = "问题、文件或选项的值有一处是空的；请写出来，或去掉它"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask"], "没有问题；用法：quanwen ask 问题 [文件…]"),
        (["ask", ""], EMPTY),
        (["ask", "问题", ""], EMPTY),
        (["ask", "问题", "--index", ""], EMPTY),
        (["serve", "--host="], "--host= 后面是空的；请写出来，或去掉它"),
        (["ask", " \u3000\n"], "问题是空的；请写出要问的话"),
        (["ask", "学" * 10_000], "问题有 10000 字，最多 2000 字；请缩短"),
        (["ask", "学位\udcff"], "问题里有不成字的编码；请用 UTF-8 重新输入"),
        (["ask", "学位", "--top-k", "0"], "top_k 是 0；请用 1 到 20 的数"),
        (["ask", "学位", "--top-k", "21"], "top_k 是 21；请用 1 到 20 的数"),
        (["ask", str(PLANS), "--file", "没有.txt"], "问题文件 没有.txt 读不了（No such file or directory）；请检查路径和权限"),
        (["ask", "--file", str(PLANS)], f"--file 的 {PLANS} 是文件夹；请给一个文件，一行一个问题"),
        (["ask", "学位", "--format", "csv"], "--format 要和 --file 一起用；请加上 --file 问题文件"),
        (["ask", "学位", "--out", "表.csv"], "--out 要和 --file 一起用；请加上 --file 问题文件"),
        (["ask", "学位", "--each-district"], "--each-district 要和 --file 一起用；请加上 --file 问题文件"),
        (["ask", "学位", "--index", "没有"], f"没有 里没有索引；{REBUILD}"),
        (["ask", "学位", str(PLANS), "--index", "有"], "文件和 --index 只能给一样；请去掉一样"),
        (["serve", "--allow-host", "a:80"], "--allow-host 的 a:80 不是主机名；请只写名字，如 qa.example，不写 http:// 和端口"),
        (["chat", "--index", "没有"], f"没有 里没有索引；{REBUILD}"),
        (["serve", "--index", "没有"], f"没有 里没有索引；{REBUILD}"),
        (["serve", "--watch", "没有"], "--watch 要一个文件夹，没有 不是；请检查路径"),
        (
            ["serve", "--watch", "没有", "--index", "没有"],
            "--watch 和 --index 只能给一样；请去掉一样",
        ),
        (["serve", "没有.txt", "--watch", str(PLANS)], "找不到文件 没有.txt；请检查路径"),
        (["info", "--index", "没有"], f"没有 里没有索引；{REBUILD}"),
        (["eval", "answers", "没有.jsonl", str(PLANS)], "题目文件 没有.jsonl 读不了；请检查路径"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_one_line_and_exit_code_2(
    output: Output, arguments: list[str], message: str
) -> None:
    assert run(arguments) == 2
    assert output() == ("", f"错误：{message}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--nope"], "没有选项 --nope；用 quanwen --help 看用法"),
        (["nope"], "没有命令 nope；有 {commands}；用 quanwen --help 看用法"),
        (["aks", "学位"], "没有命令 aks；有 ask；用 quanwen --help 看用法"),
        (["ask", "学位", "--indx", "i"], "没有选项 --indx；有 --index；用 quanwen ask --help 看用法"),
        (["ask", "学位", "--index"], "--index 后面要写一个值；用 quanwen --help 看用法"),
        (["ask", "学位", "--json=1"], "--json 后面不写值；用 quanwen --help 看用法"),
        (["ask", "学位", "--top-k", "many"], "--top-k 要是整数；用 quanwen ask --help 看用法"),
        (["ask", "学位", "--format", "xml"], "--format 可以是 md、csv、jsonl；用 quanwen ask --help 看用法"),
        (["index", str(PLANS)], "缺少 --out；用 quanwen index --help 看用法"),
        (["index", "--out", "i"], "缺少 DOCUMENT；用 quanwen index --help 看用法"),
        (["info", "--index", "i", "j", "k"], "多出了 j k；用 quanwen info --help 看用法"),
        (["eval", "nope"], "没有命令 nope；有 retrieval、answers；用 quanwen eval --help 看用法"),
    ],
)  # fmt: skip
def test_a_call_that_typer_refuses_is_told_in_chinese(
    output: Output, arguments: list[str], message: str
) -> None:
    assert run(arguments) == 2
    commands = "、".join(
        str(command.name or command.callback.__name__)
        for command in app.registered_commands
        if command.callback
    )
    told = message.format(commands=f"{commands}、eval")
    assert output() == ("", f"错误：{told}\n")


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_out_of_range_is_told_with_the_range(output: Output, port: str) -> None:
    assert run(["serve", "--port", port]) == 2
    told = r"错误：--port (?:最大是 65535|最小是 0|要是 0 到 65535 的数)；用 quanwen serve --help 看用法\n"
    assert re.fullmatch(told, output()[1])


@pytest.mark.parametrize("arguments", [[], ["eval"]])
def test_a_command_alone_shows_its_help(output: Output, arguments: list[str]) -> None:
    run(arguments)
    out, err = output()
    assert "Usage:" in out
    assert err == ""


def test_help_is_no_error(output: Output) -> None:
    for arguments in (["--help"], ["ask", "--help"], ["eval", "--help"]):
        assert run(arguments) == 0
        assert "--help" in output()[0]


def test_an_unknown_district_lists_the_known(built: Path, output: Output) -> None:
    assert run(["ask", "学位", "--index", str(built), "--district", "火星"]) == 2
    known = "丰泽区、洛江区、鲤城区"
    assert output() == ("", f"错误：不认识地区“火星”；文件里有：{known}\n")


def segment_file(folder: Path, name: str) -> Path:
    (segment,) = (folder / "segments").iterdir()
    return segment / name


def set_version(folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest | {"format": 999}), encoding="utf-8")


def append_to(name: str) -> Callable[[Path], None]:
    def append(folder: Path) -> None:
        with segment_file(folder, name).open("ab") as file:
            file.write(b"x")

    return append


@pytest.mark.parametrize(
    ("breaks", "message"),
    [
        (set_version, "索引 {folder} 的版本是 999，本程序读 {format}；{rebuild}"),
        (lambda folder: (folder / MANIFEST).write_bytes(b"{"), "索引清单 {folder}/manifest.json 读不了；{rebuild}"),
        (lambda folder: (folder / MANIFEST).unlink(), "{folder} 里没有索引；{rebuild}"),
        (lambda folder: segment_file(folder, "passages.jsonl").unlink(), "索引 {folder} 缺文件 passages.jsonl；{rebuild}"),
        (lambda folder: segment_file(folder, "windows.faiss").unlink(), "索引 {folder} 缺文件 windows.faiss；{rebuild}"),
        (append_to("owners.npy"), "索引 {folder} 的文件 owners.npy 已损坏；{rebuild}"),
        (append_to("passages.jsonl"), "索引 {folder} 的文件 passages.jsonl 已损坏；{rebuild}"),
    ],
)  # fmt: skip
def test_a_broken_index_is_told_with_the_command_that_rebuilds_it(
    folder: Path, output: Output, breaks: Callable[[Path], None], message: str
) -> None:
    breaks(folder)
    told = message.format(folder=folder, format=FORMAT, rebuild=REBUILD)
    for command in (["ask", "学位"], ["info"]):
        assert run([*command, "--index", str(folder)]) == 2
        assert output() == ("", f"错误：{told}\n")


def test_an_index_is_not_built_over_other_things(tmp_path: Path, output: Output) -> None:
    (tmp_path / "信.txt").write_text("别的东西", encoding="utf-8")
    assert run(["index", str(PLANS), "--out", str(tmp_path)]) == 2
    told = f"文件夹 {tmp_path} 里有别的东西；请移走它们，或换一个空的或新的文件夹"
    assert output() == ("", f"错误：{told}\n")
    assert [file.name for file in tmp_path.iterdir()] == ["信.txt"]


def test_a_folders_unreadable_files_are_passed_over_with_a_word(
    tmp_path: Path, output: Output
) -> None:
    folder = shutil.copytree(PLANS, tmp_path / "夹")
    (folder / "坏.docx").write_bytes(FILES["坏.docx"])
    assert run(["ask", "洛江区新增多少学位？", str(folder)]) == 0
    out, err = output()
    assert "5400" in out
    assert err.startswith(f"跳过 {folder / '坏.docx'}：") and err.count("\n") == 1


def test_a_port_in_use_is_told(built: Path, output: Output) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["serve", "--index", str(built), "--port", str(port)]) == 2
    out, err = output()
    reason = os.strerror(98) if sys.platform == "linux" else ".*"
    told = (
        rf"错误：127\.0\.0\.1:{port} 用不了（{reason}）；请用 --port 换一个端口或用 --host 换地址\n"
    )
    assert re.fullmatch(told, err)
    assert out == ""


# --- looking into an index, measuring -------------------------------------------------------------


def test_info_tells_what_an_index_holds(built: Path, output: Output) -> None:
    assert run(["info", "--index", str(built), "--json"]) == 0
    found = json.loads(output()[0])
    assert found["passages"] == 12
    assert found["districts"] == {"丰泽区": 4, "洛江区": 4, "鲤城区": 4}
    assert [row["name"] for row in found["documents"]] == ["丰泽区.txt", "洛江区.txt", "鲤城区.txt"]
    assert run(["info", "--index", str(built)]) == 0
    out, _ = output()
    assert out.startswith("3 份文件，12 段，模型 ")
    assert "  洛江区：4 段\n" in out


# --- documents that come and go -------------------------------------------------------------------


@pytest.fixture
def quay(tmp_path: Path) -> Path:
    file = tmp_path / "石狮市.txt"
    file.write_text("石狮市的码头\n\n石狮市的码头夜里也开，每晚两班船。\n", encoding="utf-8")
    return file


def ids(folder: Path, output: Output) -> dict[str, str]:
    output()
    assert run(["info", "--index", str(folder), "--json"]) == 0
    return {row["name"]: row["id"] for row in json.loads(output()[0])["documents"]}


def test_a_document_is_added_asked_and_removed(folder: Path, quay: Path, output: Output) -> None:
    question = ["ask", "石狮市的码头每晚几班船？", "--index", str(folder)]
    assert run(question) == 1
    output()
    assert run(["add", str(quay), "--index", str(folder)]) == 0
    id = ids(folder, output)["石狮市.txt"]
    assert run(question) == 0
    assert "每晚两班船" in output()[0]
    assert run(["remove", id, "--index", str(folder)]) == 0
    assert output() == (f"去掉 石狮市.txt（{id}）\n现有 3 份文件，12 段\n", "")
    assert run(question) == 1


def test_a_document_that_is_there_already_is_told(folder: Path, quay: Path, output: Output) -> None:
    there = ids(folder, output)["洛江区.txt"]
    assert run(["add", str(quay), str(PLANS / "洛江区.txt"), "--index", str(folder)]) == 0
    out, err = output()
    assert out.startswith(f"已有 洛江区.txt（{there}），没有变\n加入 石狮市.txt（")
    assert out.endswith("）\n现有 4 份文件，13 段\n")
    assert err == ""


def test_a_document_beside_another_of_its_name_is_told(
    folder: Path, quay: Path, output: Output
) -> None:
    assert run(["add", str(quay), "--index", str(folder)]) == 0
    old = ids(folder, output)["石狮市.txt"]
    quay.write_text("石狮市的鱼市\n\n石狮市的鱼市清早开秤。\n", encoding="utf-8")
    assert run(["add", str(quay), "--index", str(folder)]) == 0
    assert output()[1] == (
        f"注意：索引里另有一份 石狮市.txt（{old}），内容不同，两份都在；"
        f"若要换掉它，请用 quanwen remove {old} --index {folder}\n"
    )


def test_an_index_whose_last_document_is_removed_refuses(folder: Path, output: Output) -> None:
    assert run(["remove", *ids(folder, output).values(), "--index", str(folder)]) == 0
    assert output()[0].endswith("现有 0 份文件，0 段\n")
    assert run(["info", "--index", str(folder)]) == 0
    assert output()[0].startswith("0 份文件，0 段，模型 ")
    assert run(["ask", "洛江区新增多少学位？", "--index", str(folder)]) == 1
    out, err = output()
    assert out == "这里还没有文件，什么也答不了；请先加入文件。\n"
    assert err == ""
    assert run(["add", str(PLANS), "--index", str(folder)]) == 0
    assert run(["ask", "洛江区新增多少学位？", "--index", str(folder)]) == 0


def test_a_file_without_any_text_of_its_own_is_told(tmp_path: Path, output: Output) -> None:
    page = tmp_path / "页.txt"
    page.write_text("首页 > 新闻\n上一版 下一版\n", encoding="utf-8")
    assert run(["ask", "要建什么？", str(page)]) == 1
    assert output()[0].startswith("文件里只读到页眉、导航之类，没有正文")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["remove", "甲", "乙", "--index", "{folder}"],
            "索引里没有 id 为 甲、乙 的文件；请用 quanwen info --index 文件夹 看有哪些 id",
        ),
        (["remove", "甲", "--index", "没有"], f"没有 里没有索引；{REBUILD}"),
        (["add", str(PLANS), "--index", "没有"], f"没有 里没有索引；{REBUILD}"),
        (["add", "没有.txt", "--index", "{folder}"], "找不到文件 没有.txt；请检查路径"),
        (["add", "--index", "{folder}"], "缺少 DOCUMENT；用 quanwen add --help 看用法"),
        (["remove", "--index", "{folder}"], "缺少 ID；用 quanwen remove --help 看用法"),
        (["add", str(PLANS)], "缺少 --index；用 quanwen add --help 看用法"),
    ],
)
def test_a_wrong_change_is_one_line_and_changes_nothing(
    folder: Path, output: Output, arguments: list[str], message: str
) -> None:
    before = (folder / MANIFEST).read_text(encoding="utf-8")
    assert run([argument.format(folder=folder) for argument in arguments]) == 2
    assert output() == ("", f"错误：{message}\n")
    assert (folder / MANIFEST).read_text(encoding="utf-8") == before


def test_an_index_is_asked_and_changed_with_the_model_that_built_it(
    tmp_path: Path, quay: Path, output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, folder = tmp_path / "model", tmp_path / "index"
    shutil.copytree(bundled_folder(), model)
    monkeypatch.chdir(tmp_path)
    assert run(["index", str(PLANS), "--out", "index", "--model", "model"]) == 0
    monkeypatch.chdir(ROOT)
    assert run(["add", str(quay), "--index", str(folder)]) == 0
    assert run(["info", "--index", str(folder), "--json"]) == 0
    assert json.loads(output()[0].splitlines()[-1])["encoder"]["name"] == str(model)
    assert run(["ask", "石狮市的码头每晚几班船？", "--index", str(folder)]) == 0
    output()

    weights = next(model.rglob("model.safetensors"))
    save_file({name: -rows for name, rows in load_file(weights).items()}, weights)
    assert run(["ask", "问题", "--index", str(folder)]) == 2
    assert output()[1] == (
        f"错误：索引 {folder} 是用另一个模型（{model}）建的；请用 quanwen index 重建\n"
    )
    shutil.rmtree(model)
    for call in (["ask", "问题"], ["add", str(quay)], ["remove", "甲"]):
        assert run([*call, "--index", str(folder)]) == 2
        assert output()[1] == (
            f"错误：索引 {folder} 是用模型 {model} 建的，现在载入不了它；请把模型放回原处，"
            "或用 quanwen index 文件… --out 文件夹 --model 模型文件夹 重建\n"
        )


def test_answers_are_measured(built: Path, tmp_path: Path, output: Output) -> None:
    gold = tmp_path / "gold.jsonl"
    row = {"type": "fact", "question": "洛江区新增多少学位？", "evidence": [["新增学位5400个"]]}
    gold.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    assert run(["eval", "answers", str(gold), "--index", str(built), "--json"]) == 0
    assert json.loads(output()[0])["types"]["fact"]["right"] == 1
    assert run(["eval", "answers", str(gold), "--index", str(built)]) == 0
    assert output()[0].startswith("gold.jsonl: 1 questions\n")


def test_retrieval_is_measured(tmp_path: Path, output: Output) -> None:
    passages = '{"id": "夜校", "text": "夜校每周开课三晚。"}'
    (tmp_path / "passages.jsonl").write_text(passages, encoding="utf-8")
    question = '{"question": "夜校开课几晚？", "relevant": ["夜校"]}'
    (tmp_path / "questions.jsonl").write_text(question, encoding="utf-8")
    assert run(["eval", "retrieval", str(tmp_path), "--json"]) == 0
    assert json.loads(output()[0])["all"]["quanwen"]["recall@1"] == 1


def test_what_was_measured_is_filed_in_a_folder_and_not_in_a_file(
    built: Path, tmp_path: Path, output: Output
) -> None:
    gold = tmp_path / "gold.jsonl"
    row = {"type": "none", "question": "洛江区有几条地铁？", "evidence": []}
    gold.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    call = ["eval", "answers", str(gold), "--index", str(built), "--save"]
    assert run([*call, str(tmp_path / "results")]) == 0
    filed = json.loads((tmp_path / "results" / "gold.json").read_text(encoding="utf-8"))
    assert (filed["questions"], filed["refused"]) == (1, 1)
    assert run([*call, str(gold)]) == 2
    assert output()[1] == f"错误：结果写不进 {gold}（File exists）；请换一个文件夹\n"


# --- as a program ---------------------------------------------------------------------------------

PROGRAM = [sys.executable, "-W", "ignore", "-c", "from qa.cli import main; main()"]


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60
    )


def test_the_program_prints_plain_lines_into_a_pipe(built: Path) -> None:
    done = program("ask", "洛江区新增多少学位？", "--index", str(built))
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    passage = (
        "洛江区投资9.5亿元建设15个教育项目，新增学位5400个。山里的教学点一律保留，校车免费接送。"
    )
    assert f"   {passage}" in done.stdout.splitlines()


def test_lines_through_a_pipe_are_answered_one_by_one(built: Path) -> None:
    lines = "洛江区新增多少学位？\n".encode() + b"\xff\n" + "那丰泽呢？\n".encode()
    program = [*PROGRAM, "chat", "--index", str(built)]
    done = subprocess.run(program, cwd=ROOT, input=lines, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    answer, wrong, follow_up = (
        said.index(words)
        for words in ("5400个", "\n错误：问题里有不成字的编码；请用 UTF-8 重新输入\n", "3800个")
    )
    assert answer < wrong < follow_up


def test_a_closed_input_is_an_empty_one(built: Path) -> None:
    call = f"{sys.executable} -c 'from qa.cli import main; main()' chat --index {built} <&-"
    done = subprocess.run(["bash", "-c", call], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("quanwen as", ["ask"]),
        ("quanwen ask --format ", ["md", "csv", "jsonl"]),
        ("quanwen ask 问 --each", ["--each-district"]),
        ("quanwen ask --file pyp", []),  # the shell itself completes files
    ],
)
def test_a_shell_completes_commands_options_and_values(words: str, completed: list[str]) -> None:
    environment = os.environ | {
        "_QUANWEN_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
    }
    done = subprocess.run(
        PROGRAM, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=60
    )
    assert (done.stdout.split(), done.stderr) == (completed, "")


def test_the_program_leaves_with_2_and_one_line_for_a_wrong_call() -> None:
    done = program("ask", "学位", "没有.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "错误：找不到文件 没有.txt；请检查路径\n"


def test_a_reader_that_stops_early_causes_no_traceback(built: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "ask", "各区新增多少学位？", "--index", str(built)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        running.wait(60)


def test_the_service_answers_until_it_is_told_to_stop(built: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(
        [*PROGRAM, "serve", "--index", str(built), "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as running:
        try:
            assert until_it_answers(f"http://127.0.0.1:{port}/healthz", running) == 200
        finally:
            os.kill(running.pid, signal.SIGTERM)
            said = running.communicate(timeout=20)[0]
    assert said == f"泉问在 http://127.0.0.1:{port} ，说明在 /docs ，按 Ctrl-C 停止\n"


@pytest.mark.parametrize(
    ("options", "allowed"),
    [
        ([], "local"),
        (["--host", "localhost"], "local"),
        (["--allow-upload"], "on"),
        (["--no-upload"], "off"),
    ],
)
def test_only_a_service_for_this_machine_takes_files_without_being_told_to(
    built: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], allowed: str
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: sockets[0].close())
    monkeypatch.setenv(ENVIRONMENT, "")
    assert run(["serve", "--index", str(built), "--port", "0", *options]) == 0
    settings = Settings.from_text(os.environ[ENVIRONMENT])
    assert settings == Settings(index=built, uploads=allowed, hosts=())


@pytest.mark.parametrize(
    ("options", "uploads", "hosts"),
    [
        ([], "off", ("*",)),
        (["--allow-upload"], "on", ("*",)),
        (["--allow-host", "a.example", "--allow-host", "b"], "off", ("a.example", "b")),
        (["--host", "127.0.0.1", "--allow-host", "*"], "local", ("*",)),
    ],
)
def test_a_service_that_others_reach_is_called_by_any_name_unless_some_are_given(
    built: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    uploads: Uploads,
    hosts: tuple[str, ...],
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: sockets[0].close())
    monkeypatch.setenv(ENVIRONMENT, "")
    call = ["serve", "--index", str(built), "--port", "0", "--host", "0.0.0.0", *options]
    assert run(call) == 0
    settings = Settings.from_text(os.environ[ENVIRONMENT])
    assert settings == Settings(index=built, uploads=uploads, hosts=hosts)


def test_a_service_may_follow_a_folder_that_holds_nothing_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda server, sockets: sockets[0].close())
    monkeypatch.setenv(ENVIRONMENT, "")
    assert run(["serve", "--watch", str(tmp_path), "--port", "0", "--no-upload"]) == 0
    assert Settings.from_text(os.environ[ENVIRONMENT]) == Settings(watch=tmp_path, hosts=())


def until_it_answers(address: str, running: subprocess.Popen[str]) -> int:
    for _ in range(200):
        assert running.poll() is None
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return int(response.status)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("waited in vain")


# --- output that goes nowhere -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "code", "told"),
    [
        (
            ">/dev/full",
            2,
            "错误：结果写不出来（No space left on device）；请检查输出的去处和磁盘空间",
        ),
        (">&-", 0, ""),
        ("| head -c 1 >/dev/null; exit ${PIPESTATUS[0]}", 0, ""),
    ],
)
def test_an_output_that_cant_be_written_is_told_without_a_traceback(
    built: Path, end: str, code: int, told: str
) -> None:
    question = "丰泽区今年要做什么？"
    call = f"{sys.executable} -c 'from qa.cli import main; main()' ask {question} --index {built}"
    done = subprocess.run(
        ["bash", "-c", f"{call} {end}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (code, told)


def test_a_manifest_that_names_no_model_is_told(folder: Path, output: Output) -> None:
    broken = {"format": FORMAT, "encoder": {}, "segments": [1], "digest": False}
    (folder / MANIFEST).write_text(json.dumps(broken), encoding="utf-8")
    assert run(["ask", "问题", "--index", str(folder)]) == 2
    assert output()[1] == f"错误：索引清单 {folder / MANIFEST} 不完整；{REBUILD}\n"


def test_a_gazetteer_without_documents_is_refused(tmp_path: Path, output: Output) -> None:
    assert run(["ask", "问题", "--gazetteer", str(tmp_path / "x.csv")]) == 2
    assert output()[1] == "错误：--gazetteer 要和文件一起给；索引里已有建它时的地名表\n"
