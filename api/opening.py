"""The index of a running service: open, on its way, or not to be opened, with the reason.

Opening may build an index first, for minutes; the service answers `/healthz` meanwhile. Later an
index that was built beside it may take its place: who asks holds on to the one that was there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Annotated, NamedTuple

from fastapi import Depends, Request

from api.errors import NotReadyError
from index.errors import QuanwenError
from index.store import Index

logger = logging.getLogger("quanwen")

_ON_ITS_WAY = "索引还没有打开；请稍后再试"


class Step(NamedTuple):
    """How far a build is: its stage, how much of that is done and how much there is."""

    stage: str
    done: int
    total: int


class Building:
    """Tells those who ask how far a build is that goes on in another thread."""

    def __init__(self) -> None:
        self.step: Step | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note of a step, as a build tells its progress."""
        self.step = Step(stage, done, total)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Have a build begin and end."""
        self.step = Step("读文件", 0, 1)
        try:
            yield
        finally:
            self.step = None


class Opening:
    """An index that is opened by `open_it` in a thread of its own, unless it is given open."""

    def __init__(self, open_it: Callable[[], Index], index: Index | None = None) -> None:
        self._open_it = open_it
        self._index = index
        self._why_not = _ON_ITS_WAY
        self.building = Building()

    @property
    def is_open(self) -> bool:
        """Whether there is an index."""
        return self._index is not None

    @property
    def index(self) -> Index:
        """The open index; where there is none, `NotReadyError` is raised and says why."""
        if self._index is None:
            raise NotReadyError(self._why_not)
        return self._index

    def start(self) -> None:
        """Begin to open the index and return at once."""
        if self._index is None:
            # A daemon, so that Ctrl-C doesn't wait until a long build is done.
            Thread(target=self._run, name="opening", daemon=True).start()

    def swap(self, index: Index) -> None:
        """Let `index` be the one that is asked from now on."""
        self._index = index

    def _run(self) -> None:
        try:
            with self.building.going_on():
                self._index = self._open_it()
        except QuanwenError as error:
            self._why_not = f"索引打不开：{error}"
            logger.error(self._why_not)
        except Exception:
            self._why_not = "索引打不开，原因在服务的日志里；请修好后重新启动"
            logger.exception("索引打不开")


async def opened(request: Request) -> Index:
    """Return the service's open index, or refuse the request."""
    opening: Opening = request.app.state.opening
    return opening.index


OpenIndex = Annotated[Index, Depends(opened)]
