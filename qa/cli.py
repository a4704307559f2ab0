"""The command line: `quanwen`. Only this module knows exit codes.

0 answered, 1 nothing in the documents answers, 2 the call or the input is wrong.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from enum import StrEnum
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress as Bar

from index.encoders import BUNDLED, load_encoder
from index.errors import DocumentError, QuanwenError
from index.gazetteer import read_gazetteer
from index.store import MANIFEST, Index
from qa import usage
from qa.answer import ask
from qa.districts import known_districts
from qa.errors import QuestionError, check
from qa.opening import (
    ANY_HOST,
    ENVIRONMENT,
    Settings,
    Uploads,
    encoder_of,
    open_settings,
    read_documents,
)
from qa.render import print_answer, print_line
from qa.types import DEFAULT_TOP_K, Question

if TYPE_CHECKING:
    from index.changes import Change

ANSWERED, NOT_ANSWERED, WRONG = 0, 1, 2

app = typer.Typer(
    help="泉问：向各地区的文件提问，得到逐字的原文和出处；文件没有说的，就说没有。",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
eval_app = typer.Typer(help="测量检索和回答的质量。", no_args_is_help=True)
app.add_typer(eval_app, name="eval")

Documents = Annotated[
    list[Path] | None,
    typer.Argument(
        help="文件或文件夹；不给则用内置摘要", metavar="[DOCUMENT]...", show_default=False
    ),
]
IndexFolder = Annotated[
    Path | None, typer.Option("--index", help="用 quanwen index 建好的索引文件夹", metavar="DIR")
]
Gazetteers = Annotated[
    list[Path] | None,
    typer.Option("--gazetteer", help="再加一份地名表（CSV：name,aliases,parent）", metavar="FILE"),
]
Given = Annotated[list[Path], typer.Argument(help="文件或文件夹", metavar="DOCUMENT")]
Changed = Annotated[Path, typer.Option("--index", help="索引文件夹", metavar="DIR")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
SaveFolder = Annotated[
    Path | None,
    typer.Option("--save", help="把结果连同版本和机器另存到这个文件夹", metavar="DIR"),
]


class Format(StrEnum):
    """The forms of a table of answers."""

    md = "md"
    csv = "csv"
    jsonl = "jsonl"


@app.command("ask", no_args_is_help=False)
def ask_command(
    question: Annotated[str | None, typer.Argument(help="问题", show_default=False)] = None,
    documents: Documents = None,
    index: IndexFolder = None,
    district: Annotated[
        list[str] | None, typer.Option("--district", help="只在这个地区里找，可以给几次")
    ] = None,
    top_k: Annotated[int, typer.Option("--top-k", help="最多几段")] = DEFAULT_TOP_K,
    gazetteer: Gazetteers = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="一行一个问题的文件（- 为标准输入），全部回答", metavar="FILE"),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="--file 的输出格式；不给则看 --out 的后缀，再不然是 md"),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="--file 的结果写进这个文件", metavar="FILE")
    ] = None,
    each: Annotated[
        bool, typer.Option("--each-district", help="--file 里没有写明地区的问题，每个地区各问一遍")
    ] = False,
    as_json: Json = False,
) -> int:
    """问一个问题（或用 --file 问许多），得到原文。"""
    given = list(documents or [])
    if file is not None and question is not None:
        given.insert(0, Path(question))  # with --file the first word is a document already
    elif file is None and question is None:
        raise QuestionError("没有问题；用法：quanwen ask 问题 [文件…]")
    many = {"--format": form, "--out": out, "--each-district": each}
    for option, value in many.items():
        if file is None and value:
            raise QuestionError(f"{option} 要和 --file 一起用；请加上 --file 问题文件")
    if form is not None and as_json:
        raise QuestionError("--json 和 --format 只能给一样；请去掉一样")
    if file is not None:
        wanted = Format.jsonl if as_json else form or _format_of(out)
        questions = _questions(file, out)
        return _ask_many(
            questions, _open(given, index, gazetteer), district or [], each, top_k, wanted, out
        )
    opened = _open(given, index, gazetteer)
    answer = ask(Question(question or "", districts=tuple(district or ()), top_k=top_k), opened)
    if as_json:
        print(json.dumps(answer.to_dict(), ensure_ascii=False))
    else:
        print_answer(answer, _console())
    return ANSWERED if answer.answered else NOT_ANSWERED


def _format_of(out: Path | None) -> Format:
    suffix = out.suffix.lower().removeprefix(".") if out is not None else ""
    return Format(suffix) if suffix in set(Format) else Format.md


def _questions(file: Path, out: Path | None) -> list[str]:
    from qa.tables import questions_in

    if out is not None and out.resolve() == file.resolve():
        raise QuestionError(f"--out 的 {out} 就是问题文件；请换一个文件名")
    if str(file) == "-":
        return questions_in("-", sys.stdin.buffer.read())
    if file.is_dir():
        raise QuestionError(f"--file 的 {file} 是文件夹；请给一个文件，一行一个问题")
    try:
        return questions_in(str(file), file.read_bytes())
    except OSError as error:
        raise QuestionError(
            f"问题文件 {file} 读不了（{error.strerror}）；请检查路径和权限"
        ) from error


def _ask_many(
    questions: Sequence[str],
    index: Index,
    districts: Sequence[str],
    each: bool,
    top_k: int,
    form: Format,
    out: Path | None,
) -> int:
    from qa.tables import Asked, ask_each, table, whole_file

    covered = tuple(index.by_district)
    if each and not covered:
        raise QuestionError("这些文件不分地区；请去掉 --each-district")
    check(Question("问", top_k=top_k))
    known_districts(districts, index.gazetteer, covered)
    done: list[Asked] = []

    def answers() -> Iterator[Asked]:
        with _Progress() as progress:
            for number, asked in enumerate(
                ask_each(questions, index, districts, top_k, each), start=1
            ):
                done.append(asked)
                yield asked
                if out is not None or not sys.stdout.isatty():  # else the rows show it
                    progress("提问", number, len(questions))

    with whole_file(out, form.value) if out is not None else nullcontext(sys.stdout) as to:
        for line in table(answers(), form.value):
            print(line, file=to)
    if any(asked.answer and asked.answer.answered for asked in done):
        return ANSWERED
    if all(asked.wrong for asked in done):
        raise QuestionError("没有一个问题能问；每一行写着原因，请改正")
    return NOT_ANSWERED


@app.command()
def chat(
    documents: Documents = None,
    index: IndexFolder = None,
    gazetteer: Gazetteers = None,
    history: Annotated[
        bool, typer.Option("--history/--no-history", help="把问过的话记下来，下次按上箭头可以再用")
    ] = True,
) -> int:
    """一问一答，可以接着上一句问。"""
    from qa.chat import converse

    opened = _open(documents, index, gazetteer)
    return ANSWERED if converse(opened, _console(), history) else NOT_ANSWERED


@app.command()
def serve(
    documents: Documents = None,
    index: IndexFolder = None,
    gazetteer: Gazetteers = None,
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="监听的端口，0 为任一空闲端口", min=0, max=65535)
    ] = 8000,
    allow_upload: Annotated[
        bool | None,
        typer.Option(
            "--allow-upload/--no-upload",
            help="是否让能连上的人都能上传和删除文件；不给则只有本机可以，且只在监听本机地址时",
            show_default=False,
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            help="除本机的名字外，也用这个主机名回答，可以给几次；* 为任何名字。"
            "不给则：监听本机地址时只认本机的名字，监听别的地址时不限",
            metavar="NAME",
            show_default=False,
        ),
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option(help="跟随一个文件夹：文件增减、改动随时生效", metavar="FOLDER"),
    ] = None,
) -> int:
    """开 HTTP 服务。"""
    import uvicorn

    hosts = tuple(map(_host_name, allow_host or ()))
    if watch is None:
        _open(documents, index, gazetteer)
    else:
        _check_watched(watch, documents, index, gazetteer)
    listening = _listen(host, port)
    address, opened = listening.getsockname()[:2]
    here = ip_address(address.partition("%")[0]).is_loopback
    settings = replace(
        _settings(documents, index, gazetteer),
        watch=watch,
        uploads=_uploads(allow_upload, here),
        hosts=hosts or (() if here else (ANY_HOST,)),
    )
    os.environ[ENVIRONMENT] = settings.to_text()
    shown = f"[{address}]:{opened}" if ":" in address else f"{address}:{opened}"
    print_line(f"泉问在 http://{shown} ，说明在 /docs ，按 Ctrl-C 停止", _console())
    config = uvicorn.Config(
        "api.app:create_app", factory=True, access_log=False, log_level="warning"
    )
    uvicorn.Server(config).run(sockets=[listening])
    return ANSWERED


def _check_watched(
    folder: Path,
    documents: Sequence[Path] | None,
    index: Path | None,
    gazetteer: Sequence[Path] | None,
) -> None:
    """Refuse what can't be followed; the service itself opens what can."""
    if index is not None:
        raise DocumentError("--watch 和 --index 只能给一样；请去掉一样")
    if not folder.is_dir():
        raise DocumentError(f"--watch 要一个文件夹，{folder} 不是；请检查路径")
    if documents:
        read_documents(documents)
    read_gazetteer(*(gazetteer or ()))


def _uploads(allowed: bool | None, here: bool) -> Uploads:
    if allowed is not None:
        return "on" if allowed else "off"
    return "local" if here else "off"


def _host_name(given: str) -> str:
    if given != ANY_HOST and not re.fullmatch(r"[\w.-]+", given):
        raise QuestionError(
            f"--allow-host 的 {given} 不是主机名；请只写名字，如 qa.example，不写 http:// 和端口"
        )
    return given


@app.command()
def mcp(
    documents: Documents = None, index: IndexFolder = None, gazetteer: Gazetteers = None
) -> int:
    """供语言模型调用的 MCP 服务，经标准输入输出。"""
    try:
        server = import_module("api.mcp")
    except ImportError as error:
        if not (error.name or "").startswith("mcp"):
            raise
        raise QuestionError("没有 mcp 这个包，或太旧；请运行 pip install 'mcp>=2.3,<3'") from error
    opened = _open(documents, index, gazetteer)
    server.create_server(lambda: opened).run("stdio")
    return ANSWERED


def _listen(host: str, port: int) -> socket.socket:
    listening: socket.socket | None = None
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except (OSError, UnicodeError) as error:
        if listening is not None:
            listening.close()
        raise QuestionError(
            f"{host}:{port} 用不了（{getattr(error, 'strerror', None) or error}）；请用 --port 换一个端口或用 --host 换地址"
        ) from error
    return listening


@app.command("index")
def index_command(
    documents: Given,
    out: Annotated[Path, typer.Option("--out", help="索引文件夹", metavar="DIR")],
    gazetteer: Gazetteers = None,
    model: Annotated[
        str, typer.Option(help="sentence-transformers 模型的文件夹；不给则用自带的模型")
    ] = BUNDLED,
    digest: Annotated[bool, typer.Option("--digest", help="每一段都标明是摘要，不是原文")] = False,
) -> int:
    """把文件建成索引文件夹。"""
    from index.build import build_index

    console = _console()
    replaced = (out / MANIFEST).is_file()
    sources = read_documents(documents, _warn)
    places = read_gazetteer(*(gazetteer or ()))
    with _Progress() as progress:
        encoder = load_encoder(_lasting(model))
        passages = build_index(sources, out, encoder, places, digest, progress)
    instead = "，换掉了原来的索引" if replaced else ""
    print_line(f"{len(sources)} 份文件，{len(passages)} 段，索引在 {out}{instead}", console)
    return ANSWERED


def _lasting(model: str) -> str:
    """Return a model's name so that it is found from any folder."""
    return str(Path(model).resolve()) if model != BUNDLED and Path(model).is_dir() else model


@app.command()
def add(documents: Given, index: Changed) -> int:
    """往索引里加文件；已有的不重复加，转载并入已有的文章。"""
    from index.changes import change_index

    encoder = encoder_of(index)
    sources = read_documents(documents, _warn)
    with _Progress() as progress:
        change = change_index(index, encoder, sources, progress=progress)
    console = _console()
    for document in change.known:
        print_line(f"已有 {document.name}（{document.id}），没有变", console)
    for document in change.added:
        print_line(f"加入 {document.name}（{document.id}）", console)
    _warn_of_namesakes(change, index)
    _print_size(change)
    return ANSWERED


def _warn_of_namesakes(change: Change, index: Path) -> None:
    """Tell of each document that was added beside another of its name."""
    for document in change.added:
        for other in change.index.documents:
            if other.name == document.name and other.id != document.id:
                _warn(
                    f"注意：索引里另有一份 {other.name}（{other.id}），内容不同，两份都在；"
                    f"若要换掉它，请用 quanwen remove {other.id} --index {index}"
                )


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(help="文件的 id，见 quanwen info", metavar="ID")],
    index: Changed,
) -> int:
    """从索引里去掉文件；磁盘上的文件不动。"""
    from index.changes import change_index

    encoder = encoder_of(index)
    with _Progress() as progress:
        change = change_index(index, encoder, remove=ids, progress=progress)
    for document in change.removed:
        print_line(f"去掉 {document.name}（{document.id}）", _console())
    _print_size(change)
    return ANSWERED


def _print_size(change: Change) -> None:
    documents, passages = len(change.index.documents), len(change.index.passages)
    print_line(f"现有 {documents} 份文件，{passages} 段", _console())


@app.command()
def info(index: Changed, as_json: Json = False) -> int:
    """看一个索引里有什么。"""
    opened = open_settings(Settings(index=index))
    found: dict[str, Any] = {
        "documents": [
            {"id": d.id, "name": d.name, "date": d.date, "districts": d.districts}
            for d in opened.documents
        ],
        "districts": {name: len(own) for name, own in opened.by_district.items()},
        "passages": len(opened.passages),
        "encoder": {"name": opened.encoder.name, "fingerprint": opened.encoder.fingerprint},
    }
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return ANSWERED
    console = _console()
    print_line(
        f"{len(opened.documents)} 份文件，{found['passages']} 段，模型 {opened.encoder.name}",
        console,
    )
    for document in found["documents"]:
        about = [document["id"], document["name"], document["date"], *document["districts"]]
        print_line("  " + " · ".join(part for part in about if part), console)
    for name, count in found["districts"].items():
        print_line(f"  {name}：{count} 段", console)
    return ANSWERED


@eval_app.command("retrieval")
def eval_retrieval(
    folder: Annotated[Path, typer.Argument(help="有 passages.jsonl 和 questions.jsonl 的文件夹")],
    as_json: Json = False,
    save: SaveFolder = None,
) -> int:
    """在一套检索题上测量，旁边是只用 jieba 词的 BM25。"""
    from qa.evaluation.retrieval import evaluate_retrieval, report

    results = evaluate_retrieval(folder)
    print(json.dumps(results, ensure_ascii=False) if as_json else report(results))
    return _saved(results, folder, save)


@eval_app.command("answers")
def eval_answers(
    gold: Annotated[Path, typer.Argument(help="题目：gold 文件，或有 answerable 题的文件夹")],
    documents: Documents = None,
    index: IndexFolder = None,
    gazetteer: Gazetteers = None,
    as_json: Json = False,
    save: SaveFolder = None,
) -> int:
    """测量回答、出处和拒答。"""
    from qa.evaluation.answers import evaluate_answers, evaluate_refusal, report

    if gold.is_dir():
        results = evaluate_refusal(gold)
    else:
        results = evaluate_answers(gold, _open(documents, index, gazetteer))
    print(json.dumps(results, ensure_ascii=False) if as_json else report(results))
    return _saved(results, gold, save)


def _saved(results: Mapping[str, Any], measured: Path, folder: Path | None) -> int:
    if folder is not None:
        from qa.evaluation.filing import save

        try:
            save(results, measured.stem, folder)
        except OSError as error:
            raise DocumentError(
                f"结果写不进 {folder}（{error.strerror}）；请换一个文件夹"
            ) from error
    return ANSWERED


# --- what the commands share ---------------------------------------------------------------------


def _settings(
    documents: Sequence[Path] | None, index: Path | None, gazetteer: Sequence[Path] | None
) -> Settings:
    return Settings(tuple(documents or ()), index, tuple(gazetteer or ()))


def _open(
    documents: Sequence[Path] | None, index: Path | None, gazetteer: Sequence[Path] | None
) -> Index:
    with _Progress() as progress:
        return open_settings(_settings(documents, index, gazetteer), progress, _warn)


class _Progress:
    """A bar for work that is long, on a terminal only."""

    def __init__(self) -> None:
        # What is printed meanwhile is not for the bar's console.
        self._bar = Bar(
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task: Any = None

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *error: object) -> None:
        if self._task is not None:
            self._bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not sys.stderr.isatty() or (self._task is None and done >= total):
            return
        if self._task is None:
            self._bar.start()
            self._task = self._bar.add_task(stage, total=total)
        self._bar.update(self._task, description=stage, completed=done, total=total)


class _Console(Console):
    """A console that leaves it to `run` what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console() -> Console:
    return _Console(highlight=False, markup=False, emoji=False)


def _drop_output() -> None:
    """Let what is still unwritten go nowhere when Python closes its output."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _warn(line: str) -> None:
    print(line, file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    # Closed by whoever called: what is printed goes nowhere.
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115  open to the end
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    sys.stdin = sys.stdin or Path(os.devnull).open()  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    # A line in another encoding is told as such, and the next one read.
    sys.stdin.reconfigure(errors="surrogateescape")  # type: ignore[union-attr]
    sys.exit(run(arguments))


def _refuse_empty(arguments: Sequence[str]) -> None:
    """Refuse a call with an empty word: as a path it would be the folder that one stands in."""
    for word in arguments:
        if not word or (word.startswith("--") and word.endswith("=")):
            where = f"{word} 后面" if word else "问题、文件或选项的值有一处"
            raise QuestionError(f"{where}是空的；请写出来，或去掉它")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what is wrong goes to stderr, one line."""
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        _refuse_empty(given)
        code = app(args=given, prog_name="quanwen", standalone_mode=False)
        sys.stdout.flush()
    except QuanwenError as error:
        _warn(f"错误：{error}")
        return WRONG
    except typer.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except BrokenPipeError:  # the reader has seen enough
        _drop_output()
        return ANSWERED
    except OSError as error:
        _drop_output()
        _warn(f"错误：结果写不出来（{error.strerror}）；请检查输出的去处和磁盘空间")
        return WRONG
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        if type(error).__name__ == "NoArgsIsHelpError":  # a command alone: its whole help
            print(error.format_message())
        else:
            _warn(f"错误：{usage.told(error)}")
        return WRONG
    return int(code or ANSWERED)
