"""Whether the service is alive, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter

from api.errors import NotReadyError, documented
from api.models import StatusBody
from api.opening import OpenIndex

router = APIRouter(tags=["运行"])


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="进程还活着")
async def alive() -> StatusBody:
    """只要进程能应答，就返回 alive。"""
    return StatusBody(status="alive")


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", summary="可以提问了", responses=documented(NotReadyError))
async def ready(index: OpenIndex) -> StatusBody:
    """索引打开以后返回 ready；之前，或打不开时，返回错误和原因。"""
    return StatusBody(status="ready")
