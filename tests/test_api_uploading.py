"""Documents that come and go while the service runs: who may, what is refused, what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from conftest import IndexOfTexts, TinyEncoder
from fastapi.testclient import TestClient
from helpers import PLANS, answer_to_post, until

import api.holdings
import api.uploading
from api.app import create_app
from index.articles import document_id
from index.build import build_index
from index.changes import change_index
from index.gazetteer import Gazetteer
from index.sources import read_bytes, read_file
from index.store import Index, open_index, writing
from qa.opening import Settings

FORM = "multipart/form-data; boundary=a"
LOCAL = "http://127.0.0.1:8000"
LUOJIANG = "洛江区办学校\n\n洛江区今年新建两所小学。\n"
QUAY = "石狮市的码头\n\n石狮市的码头夜里也开，每晚两班船。\n"
MARKET = "石狮市的鱼市\n\n石狮市的鱼市清早开秤，卖到正午。\n"


@pytest.fixture
def index(index_of_texts: IndexOfTexts) -> Index:
    return index_of_texts({"洛江.txt": LUOJIANG})


@pytest.fixture
def client(index: Index) -> Iterator[TestClient]:
    app = create_app(index, Settings(uploads="local"))
    with TestClient(app, base_url=LOCAL, raise_server_exceptions=False) as client:
        yield client


Sent = tuple[str, tuple[str, bytes]]


def file(name: str, text: str | bytes) -> Sent:
    return ("file", (name, text if isinstance(text, bytes) else text.encode()))


def id_of(name: str, text: str) -> str:
    return document_id(read_bytes(name, text.encode()))


def names(client: TestClient) -> list[str]:
    return [row["name"] for row in client.get("/documents").json()["documents"]]


def texts(client: TestClient, question: str) -> list[str]:
    found = client.get("/search", params={"q": question}).json()["passages"]
    return [passage["text"] for passage in found]


def error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


# --- coming and going --------------------------------------------------------------------------------


def test_an_uploaded_document_is_searchable_when_the_upload_returns(client: TestClient) -> None:
    response = client.post("/documents", files=[file("石狮.txt", QUAY)])
    assert response.status_code == 201
    assert response.json() == {
        "documents": [
            {
                "id": id_of("石狮.txt", QUAY),
                "name": "石狮.txt",
                "title": "石狮市的码头",
                "districts": ["石狮市"],
                "date": None,
                "passages": 1,
            }
        ],
        "known": [],
        "namesakes": [],
    }
    assert texts(client, "码头夜里")[0] == "石狮市的码头夜里也开，每晚两班船。"
    listed = client.get("/documents").json()["documents"]
    assert listed[1:] == response.json()["documents"]


def test_several_files_come_at_once_and_one_that_is_there_is_named(client: TestClient) -> None:
    files = [file("石狮.txt", QUAY), file("洛江.txt", LUOJIANG), file("石狮.txt", MARKET)]
    response = client.post("/documents", files=files)
    assert response.status_code == 201
    found = [(row["name"], row["id"]) for row in response.json()["documents"]]
    assert found == [
        ("石狮.txt", id_of("石狮.txt", QUAY)),
        ("洛江.txt", id_of("洛江.txt", LUOJIANG)),
        ("石狮.txt", id_of("石狮.txt", MARKET)),
    ]
    assert response.json()["known"] == [id_of("洛江.txt", LUOJIANG)]
    assert response.json()["namesakes"] == []
    assert names(client) == ["洛江.txt", "石狮.txt", "石狮.txt"]


def test_of_a_new_version_the_old_one_is_named(client: TestClient) -> None:
    client.post("/documents", files=[file("石狮.txt", QUAY), file("鱼市.txt", MARKET)])
    newer = QUAY.replace("两班", "三班")
    response = client.post("/documents", files=[file("石狮.txt", newer), file("鱼市.txt", MARKET)])
    assert response.json()["namesakes"] == [id_of("石狮.txt", QUAY)]
    again = client.post("/documents", files=[file("石狮.txt", newer)])
    assert again.json()["namesakes"] == []


def test_a_document_that_is_removed_is_found_no_more(client: TestClient) -> None:
    client.post("/documents", files=[file("石狮.txt", QUAY)])
    response = client.delete(f"/documents/{id_of('石狮.txt', QUAY)}")
    assert (response.status_code, response.content) == (204, b"")
    assert names(client) == ["洛江.txt"]
    assert "石狮市的码头夜里也开，每晚两班船。" not in texts(client, "码头夜里")
    assert client.delete(f"/documents/{id_of('石狮.txt', QUAY)}").status_code == 404


def test_when_the_last_document_has_gone_questions_are_refused(client: TestClient) -> None:
    assert client.delete(f"/documents/{id_of('洛江.txt', LUOJIANG)}").status_code == 204
    answer = client.post("/ask", json={"question": "洛江区今年新建几所小学？"}).json()
    assert (answer["answered"], answer["passages"]) == (False, [])
    assert client.get("/districts").json() == {"districts": []}
    assert client.get("/search?q=学校").json() == {"passages": []}


def test_a_reprint_joins_its_article_and_takes_its_place(client: TestClient) -> None:
    text = (PLANS / "丰泽区.txt").read_text(encoding="utf-8")
    client.post("/documents", files=[file("丰泽区.txt", text)])
    (again,) = client.post("/documents", files=[file("丰泽区转载.txt", text)]).json()["documents"]
    assert again["passages"] == 0
    (found, *_) = client.get("/search?q=新增学位").json()["passages"]
    assert (found["document"], found["also_at"][0]["document_id"]) == ("丰泽区.txt", again["id"])
    client.delete(f"/documents/{id_of('丰泽区.txt', text)}")
    (found, *_) = client.get("/search?q=新增学位").json()["passages"]
    assert (found["document_id"], found["also_at"]) == (again["id"], [])


# --- what is refused ---------------------------------------------------------------------------------

FORMATS = ".txt、.md、.html、.htm、.docx、.pdf、.csv、.tsv、.jsonl"
NO_FILE = "缺少字段 file；请用 multipart/form-data 上传文件，如 curl -F file=@报告.txt"
BAD_NAME = "文件名太长（最多 200 字）或有看不见的字符；请改名后再上传"
BAD_FILES = [
    ("石狮.exe", b"MZ", 415, "unknown_format", f"不认识 石狮.exe 的格式；能读 {FORMATS}"),
    ("石狮", b"x", 415, "unknown_format", f"不认识 石狮 的格式；能读 {FORMATS}"),
    ("..", b"x", 415, "unknown_format", f"不认识 .. 的格式；能读 {FORMATS}"),
    ("空.txt", b"", 422, "unreadable_document", "文件 空.txt 是空的；请换一个有内容的文件"),
    ("白.txt", b" \n\t", 422, "unreadable_document", "文件 白.txt 是空的；请换一个有内容的文件"),
    (
        "图.txt",
        b"\x89PNG\0\0\0",
        422,
        "unreadable_document",
        "文件 图.txt 不是文本，或编码无法辨认；请另存为 UTF-8 编码的文本再试",
    ),
    (
        "坏.pdf",
        b"%PDF-1.4 broken",
        422,
        "unreadable_document",
        "文件 坏.pdf 不是完好的 PDF；请重新下载或另存再试",
    ),
    (
        "坏.docx",
        b"PK\x03\x04",
        422,
        "unreadable_document",
        "文件 坏.docx 不是完好的 Word 文档；请用 Word 打开后另存为 .docx",
    ),
    ("坏.jsonl", b"{", 422, "unreadable_document", "文件 坏.jsonl 第 1 行不是 JSON（Expecting "),
    ("石" * 197 + ".txt", QUAY.encode(), 422, "bad_upload", BAD_NAME),
    ("石\u200b狮.txt", QUAY.encode(), 422, "bad_upload", BAD_NAME),
    ("石\u202etxt.exe.txt", QUAY.encode(), 422, "bad_upload", BAD_NAME),
    (
        "a/ ",
        QUAY.encode(),
        422,
        "bad_upload",
        "有一份文件没有名字；请给出带后缀的文件名，如 洛江.txt",
    ),
]


@pytest.mark.parametrize(("name", "contents", "status", "code", "message"), BAD_FILES)
def test_one_bad_file_is_told_and_none_of_those_sent_with_it_is_taken(
    client: TestClient, name: str, contents: bytes, status: int, code: str, message: str
) -> None:
    files = [file("石狮.txt", QUAY), file(name, contents), file("鱼市.txt", MARKET)]
    response = client.post("/documents", files=files)
    told = response.json()["error"]
    assert (response.status_code, told["code"]) == (status, code)
    assert told["message"].startswith(message)
    assert names(client) == ["洛江.txt"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../石狮.txt", "石狮.txt"),
        ("/etc/石狮.txt", "石狮.txt"),
        ("C:\\公文\\石狮.txt", "石狮.txt"),
        ("..\\石狮.TXT", "石狮.TXT"),
        (" 石狮　报告.txt ", "石狮　报告.txt"),
        ("<img src=x>.txt", "<img src=x>.txt"),
    ],
)
def test_of_a_name_with_folders_only_the_last_part_is_kept(
    client: TestClient, given: str, kept: str
) -> None:
    response = client.post("/documents", files=[file(given, QUAY)])
    assert response.status_code == 201
    assert names(client) == ["洛江.txt", kept]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('filename="石狮.txt"'.encode(), "石狮.txt"),
        ('filename="泉港.txt"'.encode("gb18030"), "泉港.txt"),
        ('filename="C:\\公文\\龙喆報告.txt"'.encode("gb18030"), "龙喆報告.txt"),
        ('filename="Müller.txt"'.encode(), "Müller.txt"),
        ('filename="ÎÄ.txt"'.encode(), "ÎÄ.txt"),  # only its UTF-8 tells it from GB18030
        (b"filename=\"x.txt\"; filename*=UTF-8''%E7%9F%B3%E7%8B%AE.txt", "石狮.txt"),
        (b"filename=\"x.txt\";filename*=utf-8'zh'%E7%9F%B3%20a.txt; a=b", "石 a.txt"),
        (b'filename="100%25.txt"; size=3', "100%25.txt"),
        (
            b"filename=\"=?utf-8?B?55+z54uuLnR4dA==?=\"; filename*=utf-8''%E7%9F%B3%E7%8B%AE.txt",
            "石狮.txt",
        ),
        (b'filename="=?utf-8?B?55+z54uuLnR4dA==?="', "石狮.txt"),
        (b'filename="=?gb18030?Q?=CA=AF=CA=A8=2Etxt?="', "石狮.txt"),
        (b'filename="a=?b?.txt"', "a=?b?.txt"),
        ('filename="石=?utf-8?Q?a?=.txt"'.encode(), "石=?utf-8?Q?a?=.txt"),
    ],
)
def test_a_name_is_read_whichever_way_it_is_written(
    client: TestClient, written: bytes, kept: str
) -> None:
    head = b'--a\r\nContent-Disposition: form-data; name="file"; ' + written
    content = head + b"\r\n\r\n" + QUAY.encode() + b"\r\n--a--\r\n"
    response = client.post("/documents", content=content, headers={"Content-Type": FORM})
    assert response.status_code == 201
    assert names(client) == ["洛江.txt", kept]


@pytest.mark.parametrize(
    "written", [b"=?utf-8?B?5?=", b"=?nope?B?5rSb?=", b"=?utf-8?Q?=FF?=", b"=?rot13?Q?a?="]
)
def test_a_name_that_cannot_be_decoded_is_left_as_it_is(client: TestClient, written: bytes) -> None:
    response = client.post("/documents", files=[file(written.decode(), QUAY)])
    told = f"不认识 {written.decode()} 的格式；能读 {FORMATS}"
    assert (response.status_code, response.json()) == (415, error("unknown_format", told))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, NO_FILE),
        ({"json": {"file": "x"}}, NO_FILE),
        ({"data": {"file": "石狮.txt"}}, NO_FILE),
        ({"files": [("other", ("石狮.txt", b"x"))]}, NO_FILE),
        ({"files": [("file", (None, b"x"))]}, NO_FILE),
        (
            {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}},
            api.uploading._BROKEN,
        ),
        (
            {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=a"}},
            api.uploading._BROKEN,
        ),
        ({"files": [("file", (f"{i}.txt", b"x")) for i in range(51)]}, api.uploading._BROKEN),
    ],
)
def test_what_is_no_upload_is_told(client: TestClient, sent: Any, message: str) -> None:
    response = client.post("/documents", **sent)
    assert (response.status_code, response.json()) == (422, error("bad_upload", message))


def test_a_line_whose_id_is_taken_is_told(client: TestClient) -> None:
    row = '{"id": "馆/1", "text": "图书馆周一闭馆。"}'
    assert client.post("/documents", files=[file("馆.jsonl", row)]).status_code == 201
    response = client.post("/documents", files=[file("新馆.jsonl", row)])
    assert (response.status_code, response.json()) == (
        422,
        error("unreadable_document", "文件 馆.jsonl 和 新馆.jsonl 都有 id “馆/1”；id 要各不相同"),
    )


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.uploading, "MAX_BYTES", 1 << 20)
    fits = QUAY.encode().ljust(1 << 20)
    response = client.post("/documents", files=[file("大.txt", fits + b" ")])
    assert (response.status_code, response.json()) == (
        413,
        error("document_too_large", "文件 大.txt 超过 1 MiB；请拆成几个文件"),
    )
    assert client.post("/documents", files=[file("大.txt", fits)]).status_code == 201


def test_an_upload_over_the_limit_of_all_files_is_refused_unread(index: Index) -> None:
    app = create_app(index, Settings(uploads="local"))
    size = str(500 * 1024 * 1024 + 1)
    headers = {"host": "127.0.0.1", "content-type": FORM, "content-length": size}
    assert answer_to_post(app, "/documents", headers) == (
        413,
        error("body_too_large", "请求体一次最多 500 MiB；请分几次上传"),
    )


def test_an_unknown_id_is_404(client: TestClient) -> None:
    response = client.delete("/documents/没有")
    assert (response.status_code, response.json()) == (
        404,
        error("not_found", "没有这个 id 的文件；GET /documents 列出全部文件"),
    )


# --- who may -----------------------------------------------------------------------------------------

OFF = "这个服务不收也不删文件；要收，请用 quanwen serve --allow-upload 启动"
ELSEWHERE = (
    "只有在本机用 127.0.0.1 或 localhost 打开，才能上传和删除；"
    "要让别处也能，请用 quanwen serve --allow-upload 启动"
)
STRANGE = "这个请求是别的网页发来的；请在泉问自己的页面上传和删除"


@pytest.mark.parametrize(
    ("uploads", "headers", "message"),
    [
        ("off", {"host": "127.0.0.1:8000"}, OFF),
        ("local", {"host": "127.0.0.1:8000"}, None),
        ("local", {"host": "localhost:8000"}, None),
        ("local", {"host": "LOCALHOST"}, None),
        ("local", {"host": "[::1]:8000"}, None),
        ("local", {"host": "evil.example:8000"}, ELSEWHERE),  # a name that was made to point here
        ("local", {"host": "localhost.evil.example"}, ELSEWHERE),
        ("local", {"host": "127.0.0.1.evil.example"}, ELSEWHERE),
        ("local", {"host": "[::1"}, ELSEWHERE),
        ("local", {"host": ""}, ELSEWHERE),
        ("local", {"host": "10.0.0.8:8000"}, ELSEWHERE),
        ("local", {"host": "localhost:8000", "origin": "http://localhost:8000"}, None),
        ("local", {"host": "localhost:8000", "origin": "http://localhost:3000"}, STRANGE),
        ("local", {"host": "localhost:8000", "origin": "http://127.0.0.1:8000"}, STRANGE),
        ("local", {"host": "localhost:8000", "origin": "https://evil.example"}, STRANGE),
        ("local", {"host": "localhost:8000", "origin": "null"}, STRANGE),
        ("local", {"host": "localhost:8000", "origin": ""}, STRANGE),
        ("local", {"host": "localhost:8000", "origin": "http://["}, STRANGE),
        ("local", {"host": "localhost:8000", "sec-fetch-site": "cross-site"}, STRANGE),
        ("local", {"host": "localhost:8000", "sec-fetch-site": "same-site"}, STRANGE),
        ("local", {"host": "localhost:8000", "sec-fetch-site": "same-origin"}, None),
        ("local", {"host": "localhost:8000", "sec-fetch-site": "none"}, None),
        ("on", {"host": "qa.example"}, None),
        ("on", {"host": "qa.example", "origin": "https://qa.example"}, None),
        ("on", {"host": "qa.example", "origin": "https://evil.example"}, STRANGE),
    ],
)
def test_only_who_may_changes_the_documents(
    index: Index, uploads: Any, headers: dict[str, str], message: str | None
) -> None:
    with TestClient(create_app(index, Settings(uploads=uploads))) as client:
        added = client.post("/documents", files=[file("石狮.txt", QUAY)], headers=headers)
        removed = client.delete(f"/documents/{id_of('洛江.txt', LUOJIANG)}", headers=headers)
        if message is None:
            assert (added.status_code, removed.status_code) == (201, 204)
            return
        for response in (added, removed):
            assert (response.status_code, response.json()) == (403, error("forbidden", message))
        assert names(client) == ["洛江.txt"]


def test_who_may_not_upload_is_told_before_the_files_are_read(index: Index) -> None:
    headers = {"host": "127.0.0.1", "content-type": FORM}
    assert answer_to_post(create_app(index), "/documents", headers) == (
        403,
        error("forbidden", OFF),
    )


# --- where it is kept --------------------------------------------------------------------------------


def test_a_served_index_keeps_what_is_uploaded(
    tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    folder = tmp_path / "index"
    build_index([read_file(PLANS / "洛江区.txt")], folder, encoder, gazetteer)
    settings = Settings(index=folder, uploads="local")
    app = create_app(open_index(folder, encoder), settings)
    with TestClient(app, base_url=LOCAL) as client:
        assert client.post("/documents", files=[file("石狮.txt", QUAY)]).status_code == 201
        with writing(folder):
            response = client.post("/documents", files=[file("鱼市.txt", MARKET)])
        assert (response.status_code, response.json()) == (
            409,
            error("busy", "索引 index 正由另一个程序改动；请等它改完再试"),
        )
    kept = [document.name for document in open_index(folder, encoder).documents]
    assert kept == ["洛江区.txt", "石狮.txt"]


def test_what_another_process_removed_can_be_removed_and_is_gone(
    tmp_path: Path, encoder: TinyEncoder, gazetteer: Gazetteer
) -> None:
    folder = tmp_path / "index"
    build_index([read_bytes("洛江.txt", LUOJIANG.encode())], folder, encoder, gazetteer)
    app = create_app(open_index(folder, encoder), Settings(index=folder, uploads="local"))
    with TestClient(app, base_url=LOCAL) as client:
        change_index(folder, encoder, add=[read_bytes("石狮.txt", QUAY.encode())])
        change_index(folder, encoder, remove=[id_of("洛江.txt", LUOJIANG)])
        assert names(client) == ["洛江.txt"]
        assert client.delete(f"/documents/{id_of('洛江.txt', LUOJIANG)}").status_code == 204
        assert names(client) == ["石狮.txt"]
        assert client.delete(f"/documents/{id_of('洛江.txt', LUOJIANG)}").status_code == 404


def test_the_cached_index_of_documents_that_were_given_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUANWEN_CACHE", str(tmp_path / "cache"))
    settings = Settings(documents=(PLANS,), uploads="local")
    with TestClient(create_app(settings=settings), base_url=LOCAL) as client:
        until(lambda: client.get("/readyz").status_code == 200)
        before = {file: file.stat().st_mtime_ns for file in (tmp_path / "cache").rglob("*")}
        there = names(client)
        assert client.post("/documents", files=[file("石狮.txt", QUAY)]).status_code == 201
        assert names(client) == [*there, "石狮.txt"]
        after = {file: file.stat().st_mtime_ns for file in (tmp_path / "cache").rglob("*")}
        assert after == before
    with TestClient(create_app(settings=settings), base_url=LOCAL) as client:
        until(lambda: client.get("/readyz").status_code == 200)
        assert names(client) == there


def test_the_digest_gives_way_to_what_is_uploaded_and_returns_after_it() -> None:
    with TestClient(create_app(settings=Settings(uploads="local")), base_url=LOCAL) as client:
        until(lambda: client.get("/readyz").status_code == 200)
        (digest,) = client.get("/documents").json()["documents"]
        response = client.delete(f"/documents/{digest['id']}")
        assert (response.status_code, response.json()) == (
            409,
            error("built_in", "内置的摘要删不了；上传自己的文件，它就让位"),
        )
        (added,) = client.post("/documents", files=[file("石狮.txt", QUAY)]).json()["documents"]
        assert names(client) == ["石狮.txt"]
        found = client.get("/search?q=码头").json()["passages"]
        assert [passage["digest"] for passage in found] == [False]
        assert client.post("/documents", files=[file("鱼市.txt", MARKET)]).status_code == 201
        assert names(client) == ["石狮.txt", "鱼市.txt"]
        client.delete(f"/documents/{added['id']}")
        client.delete(f"/documents/{id_of('鱼市.txt', MARKET)}")
        assert client.get("/documents").json()["documents"] == [digest]
        assert client.post("/documents", files=[file("石狮.txt", QUAY)]).status_code == 201
        assert names(client) == ["石狮.txt"]


# --- many at once, progress --------------------------------------------------------------------------


def test_no_question_fails_while_the_documents_change_many_times(client: TestClient) -> None:
    stop = Event()
    question = {"question": "洛江区今年新建几所小学？"}
    expected = client.post("/ask", json=question).json()["passages"][0]["text"]

    def ask_on() -> list[tuple[int, str]]:
        seen: list[tuple[int, str]] = []
        while not stop.is_set():
            response = client.post("/ask", json=question)
            seen.append((response.status_code, response.json()["passages"][0]["text"]))
        return seen

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask_on) for _ in range(3)]
        try:
            for _ in range(8):
                assert client.post("/documents", files=[file("石狮.txt", QUAY)]).status_code == 201
                removed = client.delete(f"/documents/{id_of('石狮.txt', QUAY)}")
                assert removed.status_code == 204
        finally:
            stop.set()
        for asked in asking:
            assert set(asked.result()) == {(200, expected)}


def test_uploads_that_come_at_once_are_taken_one_after_the_other(client: TestClient) -> None:
    texts = {f"石狮{i}.txt": QUAY.replace("两班", f"{i} 班") for i in range(6)}
    with ThreadPoolExecutor(6) as pool:
        sent = [
            pool.submit(client.post, "/documents", files=[file(*item)]) for item in texts.items()
        ]
        assert [response.result().status_code for response in sent] == [201] * 6
    assert sorted(names(client)) == sorted(["洛江.txt", *texts])


def test_how_far_a_build_is_can_be_asked_and_questions_are_answered_meanwhile(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on = Event(), Event()
    change_index = api.holdings.change_index

    def slowly(folder: Path, encoder: Any, add: Any, remove: Any, progress: Any, base: Any) -> Any:
        progress("嵌入", 3, 7)
        begun.set()
        may_go_on.wait(10)
        return change_index(folder, encoder, add, remove, progress, base)

    monkeypatch.setattr(api.holdings, "change_index", slowly)
    idle = {"building": False, "stage": None, "done": 0, "total": 0}
    assert client.get("/documents/progress").json() == idle
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(client.post, "/documents", files=[file("石狮.txt", QUAY)])
        begun.wait(10)
        assert client.get("/documents/progress").json() == {
            "building": True,
            "stage": "嵌入",
            "done": 3,
            "total": 7,
        }
        assert names(client) == ["洛江.txt"]
        assert client.post("/ask", json={"question": "学校"}).status_code == 200
        may_go_on.set()
        assert sent.result().status_code == 201
    assert client.get("/documents/progress").json() == idle


def test_a_change_that_breaks_leaves_the_old_documents_and_tells_nothing_of_its_insides(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret")

    with monkeypatch.context() as patch:
        patch.setattr(api.holdings, "change_index", broken)
        response = client.post("/documents", files=[file("石狮.txt", QUAY)])
    assert response.status_code == 500
    assert "secret" not in response.text
    assert names(client) == ["洛江.txt"]
    assert client.get("/documents/progress").json()["building"] is False
    assert client.post("/documents", files=[file("石狮.txt", QUAY)]).status_code == 201


def test_nothing_is_taken_before_the_index_is_open(
    monkeypatch: pytest.MonkeyPatch, index: Index
) -> None:
    may_go_on = Event()

    def open_settings(*_: object) -> Index:
        may_go_on.wait(10)
        return index

    monkeypatch.setattr(api.app, "open_settings", open_settings)
    with TestClient(create_app(settings=Settings(uploads="local")), base_url=LOCAL) as client:
        assert client.post("/documents", files=[file("石狮.txt", QUAY)]).status_code == 503
        assert client.delete("/documents/x").status_code == 503
        assert client.get("/documents/progress").json()["building"] is True
        may_go_on.set()
        until(lambda: client.get("/readyz").status_code == 200)
