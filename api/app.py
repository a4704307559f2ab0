"""The service put together: `create_app` is what uvicorn and the tests call.

Each concern has its own file; nothing is answered here.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.routing import Route

from api import asking, docs, errors, health, homepage, library, metrics, openai, uploading
from api.access import KnownHosts
from api.holdings import Holdings
from api.middleware import BodyLimit, PlainHeaders
from api.opening import Building, Opening, logger
from api.watching import Watcher
from index.cache import index_of
from index.encoders import bundled_encoder
from index.errors import QuanwenError
from index.gazetteer import read_gazetteer
from index.store import Index
from qa.opening import ENVIRONMENT, Settings, open_settings, read_documents

if TYPE_CHECKING:
    from api.mcp import Endpoint

_DESCRIPTION = "向各地区的文件提问，得到逐字的原文和出处；文件没有说的，就说没有。"


def create_app(index: Index | None = None, settings: Settings | None = None) -> FastAPI:
    """Return the service over `index`, or over what `settings` name.

    With neither, the environment tells what to open, and where it doesn't, it is the digest. What
    the settings name is opened when the service starts, in a thread of its own.
    """
    wrong: QuanwenError | None = None
    try:
        settings = settings or (Settings() if index is not None else _settings_of_environment())
    except QuanwenError as error:
        settings, wrong = Settings(), error
    watcher = Watcher(settings.watch) if settings.watch else None

    def open_it() -> Index:
        if wrong is not None:
            raise wrong
        return _open(settings, watcher, opening.building)

    opening = Opening(open_it, index)
    holdings = Holdings(opening, settings.index, digest=index is None and settings.name_nothing)

    counts = metrics.Metrics(opening)
    endpoint = _mcp_endpoint(opening, counts)

    app = FastAPI(
        title="泉问",
        version="1",
        description=_DESCRIPTION,
        lifespan=lambda _: _running(opening, watcher, holdings, endpoint),
        docs_url=None,  # FastAPI's own pages load their scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.opening = opening
    app.state.holdings = holdings
    app.state.uploads = settings.uploads
    app.state.metrics = counts
    errors.install(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(KnownHosts, names=settings.hosts)
    app.add_middleware(PlainHeaders)
    app.add_middleware(metrics.Timing, metrics=counts)
    for feature in (asking, library, uploading, openai, homepage, health, metrics, docs):
        app.include_router(feature.router)
    if endpoint:
        # GET would open a stream in which nothing is ever sent, and which holds up the end.
        app.router.routes.append(Route("/mcp", endpoint, methods=["POST"]))
    homepage.install(app)
    return app


@asynccontextmanager
async def _running(
    opening: Opening, watcher: Watcher | None, holdings: Holdings, endpoint: Endpoint | None
) -> AsyncIterator[None]:
    """Open the index and follow the folder while the service runs."""
    opening.start()
    following = asyncio.create_task(watcher.follow(opening, holdings)) if watcher else None
    async with endpoint.running() if endpoint else nullcontext():
        yield
    if following is not None:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
    await holdings.close()


def _mcp_endpoint(opening: Opening, counts: metrics.Metrics) -> Endpoint | None:
    """Return what answers at `/mcp`, or None without the extra that it needs."""
    try:
        from api.mcp import Endpoint, create_server
    except ImportError as error:
        if not (error.name or "").startswith("mcp"):
            raise
        return None
    return Endpoint(create_server(lambda: opening.index, counts.answered))


def _open(settings: Settings, watcher: Watcher | None, building: Building) -> Index:
    if watcher is None:
        return open_settings(settings, building, logger.warning)
    given = read_documents(settings.documents, logger.warning) if settings.documents else []
    gazetteer = read_gazetteer(*settings.gazetteers)
    return index_of([*given, *watcher.read()], bundled_encoder(), gazetteer, building)


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
