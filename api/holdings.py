"""The documents of a running service: a change is built beside the live index, then swapped in.

One change at a time, in a thread; the questions under way finish on the index that they began with.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool

from api.errors import BuiltInError
from api.opening import Opening
from index.build import build_index
from index.changes import Change, change_index
from index.errors import QuanwenError, UnknownDocumentError
from index.gazetteer import bundled_gazetteer
from index.store import Index, open_index
from index.types import Source
from qa.opening import open_digest


class Holdings:
    """The documents that a service answers from.

    A change is kept in `folder`, the index directory that is served. Without one it is kept in a
    temporary folder until the service stops: neither the files that were given nor their cached
    index are touched. Where the built-in digest only stands in for documents (`digest`), it gives
    way to the first that come and returns when the last has gone.
    """

    def __init__(self, opening: Opening, folder: Path | None = None, digest: bool = False) -> None:
        self._opening = opening
        self._folder = folder
        self._digest = digest
        self._temporary: TemporaryDirectory[str] | None = None
        self._lock = asyncio.Lock()

    @property
    def index(self) -> Index:
        """The live index; `NotReadyError` is raised if there is none yet."""
        return self._opening.index

    async def change(self, add: Sequence[Source] = (), remove: Collection[str] = ()) -> Change:
        """Add documents and remove others by their ids; who asks afterwards finds it so.

        A change goes on to its end even if who waits for it is cancelled: its thread does.

        Raises:
            BuiltInError: the digest is to be removed.
            QuanwenError: as `change_index`; then nothing has changed.

        """
        return await asyncio.shield(self._change_in_turn(add, remove))

    async def close(self) -> None:
        """Forget what was kept for the time of the service, once no change is under way."""
        async with self._lock:
            if self._temporary is not None:
                self._temporary.cleanup()

    async def _change_in_turn(self, add: Sequence[Source], remove: Collection[str]) -> Change:
        async with self._lock:
            change = await run_in_threadpool(self._change, add, remove)
            self._opening.swap(change.index)
        return change

    def _change(self, add: Sequence[Source], remove: Collection[str]) -> Change:
        index, building = self.index, self._opening.building
        with building.going_on():
            if self._folder is not None:
                return self._change_kept(self._folder, add, remove)
            if self._digest and index.digest:
                return self._replace_digest(index, add, remove)
            own = self._own_folder()
            change = change_index(own, index.encoder, add, remove, building, base=index)
            if self._digest and not change.index.documents:
                return replace(change, index=open_digest())
            return change

    def _change_kept(self, folder: Path, add: Sequence[Source], remove: Collection[str]) -> Change:
        """Change the index in `folder`, from which another process may have removed as well."""
        encoder = self.index.encoder
        try:
            return change_index(folder, encoder, add, remove, self._opening.building)
        except UnknownDocumentError:
            there = open_index(folder, encoder)
            return self._change_kept(folder, add, [id for id in remove if there.document(id)])
        except QuanwenError as error:  # where the index lies is no client's business
            error.args = (str(error).replace(f"{folder.parent}{os.sep}", ""),)
            raise

    def _replace_digest(
        self, digest: Index, add: Sequence[Source], remove: Collection[str]
    ) -> Change:
        if remove:
            raise BuiltInError("内置的摘要删不了；上传自己的文件，它就让位")
        own, encoder = self._own_folder(), digest.encoder
        build_index(add, own, encoder, bundled_gazetteer(), progress=self._opening.building)
        index = open_index(own, encoder)
        return Change(index, added=tuple(index.documents))

    def _own_folder(self) -> Path:
        if self._temporary is None:
            self._temporary = TemporaryDirectory(prefix="quanwen-", ignore_cleanup_errors=True)
        return Path(self._temporary.name) / "index"


async def holdings_of(request: Request) -> Holdings:
    """Return the service's documents."""
    holdings: Holdings = request.app.state.holdings
    return holdings


ServedDocuments = Annotated[Holdings, Depends(holdings_of)]
