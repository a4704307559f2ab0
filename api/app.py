"""The service put together: `create_app` is what uvicorn and the tests call.

Each concern has its own file; nothing is answered here.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.routing import Route

from api import asking, docs, errors, health, library, openai
from api.middleware import BodyLimit, PlainHeaders
from api.opening import Opening, logger
from index.errors import QuanwenError
from index.store import Index
from qa.opening import ENVIRONMENT, Settings, open_settings

if TYPE_CHECKING:
    from api.mcp import Endpoint

_DESCRIPTION = "向各地区的文件提问，得到逐字的原文和出处；文件没有说的，就说没有。"


def create_app(index: Index | None = None, settings: Settings | None = None) -> FastAPI:
    """Return the service over `index`, or over what `settings` name.

    With neither, the environment tells what to open, and where it doesn't, it is the digest. What
    the settings name is opened when the service starts, in a thread of its own.
    """
    opening = Opening(lambda: _open(settings), index)

    endpoint = _mcp_endpoint(opening)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opening.start()
        async with endpoint.running() if endpoint else nullcontext():
            yield

    app = FastAPI(
        title="泉问",
        version="1",
        description=_DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,  # FastAPI's own pages load their scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.opening = opening
    errors.install(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(PlainHeaders)
    for feature in (asking, library, openai, health, docs):
        app.include_router(feature.router)
    if endpoint:
        # GET would open a stream in which nothing is ever sent, and which holds up the end.
        app.router.routes.append(Route("/mcp", endpoint, methods=["POST"]))
    return app


def _mcp_endpoint(opening: Opening) -> Endpoint | None:
    """Return what answers at `/mcp`, or None without the extra that it needs."""
    try:
        from api.mcp import Endpoint, create_server
    except ImportError:
        return None
    return Endpoint(create_server(lambda: opening.index))


def _open(settings: Settings | None) -> Index:
    return open_settings(settings or _settings_of_environment(), warn=logger.warning)


def _settings_of_environment() -> Settings:
    text = os.environ.get(ENVIRONMENT)
    if text is None:
        return Settings()
    try:
        return Settings.from_text(text)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise QuanwenError(
            f"环境变量 {ENVIRONMENT} 读不懂；请用 quanwen serve 启动，或去掉它"
        ) from error
