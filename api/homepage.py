"""The chat page at `/`, its files under `/page/`, and the questions that it starts with.

The page itself is plain HTML, CSS and JavaScript in `page/`; it asks the other routes.
"""

from __future__ import annotations

import asyncio
import mimetypes
import os
from importlib import resources
from weakref import WeakKeyDictionary

from fastapi import APIRouter, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Scope

from api.errors import NotReadyError, documented
from api.models import SuggestionsBody
from api.opening import OpenIndex
from index.store import Index
from qa.suggestions import suggestions

router = APIRouter(tags=["提问"], responses=documented(NotReadyError))


@router.get("/suggestions", summary="可以先问什么")
async def suggest(index: OpenIndex, request: Request) -> SuggestionsBody:
    """返回几个从文件里得来的问题，每一个都问过，文件确实回答。"""
    async with request.app.state.suggesting:  # who waits here takes no thread from the questions
        if index not in _known:
            _known[index] = await run_in_threadpool(suggestions, index)
        return SuggestionsBody(suggestions=_known[index])


_known: WeakKeyDictionary[Index, list[str]] = WeakKeyDictionary()


def install(app: FastAPI) -> None:
    """Serve the page at `/` and its files under `/page/`, compressed where the browser can."""
    app.state.suggesting = asyncio.Lock()
    # Some systems' tables call scripts plain text, and then no browser runs them.
    mimetypes.add_type("text/javascript", ".js")
    folder = str(resources.files("api") / "page")
    app.router.routes.append(Route("/", GZipMiddleware(_Files(directory=folder, html=True))))
    app.mount("/page", GZipMiddleware(_Files(directory=folder)))


_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-cache",  # kept, but asked after each time
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
}


class _Files(StaticFiles):
    """Files whose responses say what the page may load, and that they are to be asked after."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return the file, or that it hasn't changed."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update(_HEADERS)
        return response
