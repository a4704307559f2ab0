"""The same answers for language models: an MCP server, over stdio or at `/mcp` under the service.

Its tools are the routes of `api.asking` and `api.library`, with the same shapes. It needs the `mcp`
package, which the extra of that name installs.
"""

from __future__ import annotations

import inspect
import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field, ValidationError
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from api import asking, library
from api.access import is_here
from api.errors import ForeignPageError, what_to_change
from api.models import (
    AnswerBody,
    DistrictName,
    DistrictsBody,
    PassageInContextBody,
    QuestionBody,
    SearchBody,
    Text,
)
from index.errors import QuanwenError
from index.store import Index
from qa.types import DEFAULT_TOP_K, MAX_HISTORY, MAX_QUESTION, MAX_TOP_K, Reason

_INSTRUCTIONS = """\
泉问在一批文件里找回答问题的原文。这些文件多是各地区（省、市、区、县）的计划、报告和讲话。
先用 ask：它返回逐字的原文和出处。answered 是 false 就是文件没有说，请照实告诉用户，不要自己补。
引用时逐字用 passages 里的 text，并写明 district、article、document 和 paragraph。
digest 是 true 的段落是摘要，不是原文，引用时要说明。"""


def create_server(
    index: Callable[[], Index], answered: Callable[[Reason | None], None] = lambda _: None
) -> MCPServer[Any]:
    """Return the server; `index` gives the index for each call, or raises why there is none.

    `answered` is told of each question, and the reason if it was refused.
    """
    # The SDK sets up the root logger unless that is done: its lines would be wrapped and coloured.
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    server = _Server("quanwen", title="泉问", version="1", instructions=_INSTRUCTIONS)
    tools = Tools(index, answered)
    hints = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    for tool, title in (
        (tools.ask, "提问"),
        (tools.search, "检索"),
        (tools.list_districts, "有哪些地区"),
        (tools.get_passage, "段落的上下文"),
    ):
        server.add_tool(tool, title=title, description=inspect.getdoc(tool), annotations=hints)
    return server


class Tools:
    """What a model may call; docstrings and descriptions are what it reads."""

    def __init__(
        self, index: Callable[[], Index], answered: Callable[[Reason | None], None]
    ) -> None:
        self._index = index
        self._answered = answered

    async def ask(
        self,
        question: Annotated[
            Text,
            Field(
                description=f"用户的问题，中文，最多 {MAX_QUESTION} 字。照用户的话写，"
                "不要改成关键词；地区和年份写在问题里，如「洛江区2025年新建几所小学？」；"
                "「各区」「全市」表示每个地区都要答"
            ),
        ],
        history: Annotated[
            tuple[Text, ...],
            Field(
                description=f"用户之前问过的问题，早的在前，最多 {MAX_HISTORY} 个；"
                "「那洛江呢？」这样接着问的问题要靠它读懂"
            ),
        ] = (),
        districts: Annotated[
            tuple[DistrictName, ...],
            Field(description="只在这些地区里找，全称或简称；一般空着，问题里写了地区就会照办"),
        ] = (),
        top_k: Annotated[
            int, Field(strict=True, description=f"最多几段，1 到 {MAX_TOP_K}")
        ] = DEFAULT_TOP_K,
    ) -> AnswerBody:
        """向文件提一个问题，得到逐字的原文和出处。

        answered 是 true：passages 是回答，越靠前越相关，highlights 是 text 里回答问题的字符范围，空着的一段只是相近；
        问了几个地区时，by_district 是每个地区的段落，空列表表示没有提到。
        answered 是 false：文件没有说，reason 和 message 说明原因，passages 只是最接近的几段，不是回答。
        """
        body = QuestionBody(
            question=question, history=list(history), districts=list(districts), top_k=top_k
        )
        answer = await asking.answer_to(body, self._index())
        self._answered(answer.reason)
        return answer

    async def search(
        self,
        query: Annotated[Text, Field(description="要找的话，如「新建学校」")],
        k: Annotated[int, Field(ge=1, le=asking.MAX_K, strict=True, description="最多几段")] = 10,
        district: Annotated[
            DistrictName, Field(description="只在这个地区里找，全称或简称；空着就不限")
        ] = "",
    ) -> SearchBody:
        """只检索，不判断：返回与一句话最相近的段落，相近的在前。

        用来多看一些材料；找到的段落不一定回答什么。要回答问题请用 ask。
        """
        return await asking.search_passages(self._index(), query, k, (district,))

    async def list_districts(self) -> DistrictsBody:
        """列出文件涉及的地区，各有几份文件、几个段落。不知道能问哪些地区时先用它。"""
        return await library.list_districts(self._index())

    async def get_passage(
        self, id: Annotated[Text, Field(description="段落的 id，在 ask 和 search 的结果里")]
    ) -> PassageInContextBody:
        """返回一个段落和它的上下文：所在的整个自然段（paragraph_text）、前后段落的 id。

        引用之前核对上下文时用；before、after 是前后段落的 id，可以接着读，没有则为 null。
        """
        return await library.show_passage(id, self._index())


class _Server(MCPServer[Any]):
    """A server whose errors say in one line what to change."""

    async def call_tool(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super().call_tool(*args, **kwargs)
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, ValidationError):
                first: dict[str, Any] = {**cause.errors()[0]}
                first["loc"] = ("arguments", *first["loc"])
                raise ToolError(what_to_change(first)) from cause
            if isinstance(cause, QuanwenError):
                raise ToolError(str(cause)) from cause
            raise


class Endpoint:
    """A server over streamable HTTP, as ASGI; it answers while `running`."""

    def __init__(self, server: MCPServer[Any]) -> None:
        self._server = server

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Answer until the service stops; nothing is kept from one request to the next."""
        self._server.streamable_http_app(
            stateless_http=True,
            json_response=True,
            max_request_body_size=sys.maxsize,  # `api.middleware` measures it
            # The SDK would check the name that the service is reached by, which only those who
            # run it know; that no foreign page calls is seen to in `__call__`.
            transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )
        async with self._server.session_manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, unless a browser sends it for a page that isn't this machine's."""
        origin = Headers(scope=scope).get("origin")
        if origin is not None and not is_here(origin.partition("://")[2]):
            raise ForeignPageError("网页不能调用 /mcp；请用 MCP 客户端，或本机的网页")
        await self._server.session_manager.handle_request(scope, receive, send)
