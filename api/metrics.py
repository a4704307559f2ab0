"""`GET /metrics`: what a monitoring system asks for, in the text format of Prometheus.

Counts and times only; no question and no answer is kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client import Counter as Count
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.opening import Opening
from index.store import Index
from qa.types import Reason

router = APIRouter(tags=["运行"])


@router.get(
    "/metrics",
    summary="给监控看的数",
    response_class=PlainTextResponse,
)
async def show_metrics(request: Request) -> PlainTextResponse:
    """返回 Prometheus 文本格式的计数：问题、拒答的理由、各路由的用时、文件和段落。"""
    metrics: Metrics = request.app.state.metrics
    return PlainTextResponse(metrics.text(), media_type=CONTENT_TYPE_LATEST)


class Metrics:
    """The counts of one service."""

    def __init__(self, opening: Opening) -> None:
        self._registry = CollectorRegistry()
        self._questions = Count("quanwen_questions", "Questions asked", registry=self._registry)
        self._refusals = Count(
            "quanwen_refusals", "Questions refused", ["reason"], registry=self._registry
        )
        self._seconds = Histogram(
            "quanwen_request_seconds",
            "Time to answer a request",
            ["method", "route", "status"],
            registry=self._registry,
        )
        for name, about, count in (
            ("quanwen_documents", "Documents in the index", lambda index: len(index.documents)),
            ("quanwen_passages", "Passages in the index", lambda index: len(index.passages)),
        ):
            gauge = Gauge(name, about, registry=self._registry)
            gauge.set_function(_of_index(opening, count))

    def answered(self, reason: Reason | None) -> None:
        """Count a question, and the reason if it was refused."""
        self._questions.inc()
        if reason is not None:
            self._refusals.labels(reason).inc()

    def took(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._seconds.labels(method, route, status).observe(seconds)

    def text(self) -> bytes:
        """Return all of it as Prometheus reads it."""
        return generate_latest(self._registry)


def _of_index(opening: Opening, count: Callable[[Index], int]) -> Callable[[], float]:
    return lambda: count(opening.index) if opening.is_open else 0


class Timing:
    """Measures each request from its first byte to the last of its response."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; what no route takes is counted together."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        started = time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = _route_of(scope)
            method = scope["method"]
            if not route or method not in _METHODS:  # a stranger's method may be any word
                method = ""
            self._metrics.took(method, route, status, time.perf_counter() - started)


_METHODS = ("GET", "HEAD", "POST", "DELETE")


def _route_of(scope: Scope) -> str:
    """Return the path of the route that took a request; nothing if none did."""
    if route := scope.get("route"):
        return str(route.path)
    if "endpoint" not in scope:
        return ""
    mounted = scope["root_path"].removeprefix(scope.get("app_root_path", ""))
    return f"{mounted}/*" if mounted else str(scope["path"])
