"""`serve --watch FOLDER`: the documents of a folder, followed while the service runs.

What happens in a folder only gives the cue: each time the whole of it is looked through, so that
nothing is missed, and a share that tells of no events is followed as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from fastapi.concurrency import run_in_threadpool
from watchfiles import awatch

from api.holdings import Holdings
from api.opening import Opening, logger
from index.articles import document_id
from index.errors import DocumentError, QuanwenError
from index.sources import find_files, read_file
from index.types import Source

_LOOK_EVERY = 5_000  # ms, where no event is told
_SETTLED = 500  # ms without an event: a file that is being copied is whole, most often


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was when it was looked at, and the document that was last read from it.

    One that was refused has no stamp once other documents go: what kept it out may go with them.
    """

    stamp: tuple[int, int, int] | None
    id: str | None
    refused: bool = False


class Watcher:
    """The readable files of a folder and what they held when they were last looked at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[Path, _File] = {}

    def read(self) -> list[Source]:
        """Return the folder's documents, from which on its changes are followed."""
        self._files, sources = self._look()
        return list(sources.values())

    async def follow(self, opening: Opening, holdings: Holdings) -> None:
        """Bring every change of the folder into `holdings`, until cancelled."""
        while not opening.is_open:
            await asyncio.sleep(0.1)
        told = ""
        while True:
            try:
                await self._follow(holdings)
            except QuanwenError as error:
                if str(error) != told:
                    logger.warning("%s", error)
                told = str(error)
            except Exception:
                logger.exception("跟随文件夹 %s 时出错；稍后再试", self._folder)
            await asyncio.sleep(_LOOK_EVERY / 1000)

    async def _follow(self, holdings: Holdings) -> None:
        await self.bring_in(holdings)
        events = awatch(
            self._folder,
            watch_filter=None,
            step=_SETTLED,
            rust_timeout=_LOOK_EVERY,
            yield_on_timeout=True,
        )
        async for _ in events:
            await self.bring_in(holdings)

    async def bring_in(self, holdings: Holdings) -> None:
        """Bring what has changed in the folder since the last look into `holdings`.

        All at once; where one document is refused, each file by itself.
        """
        files, sources = await run_in_threadpool(self._look)
        try:
            await self._become(files, sources.values(), holdings)
        except DocumentError:
            await self._become_one_by_one(files, sources, holdings)

    async def _become_one_by_one(
        self, files: dict[Path, _File], sources: dict[Path, Source], holdings: Holdings
    ) -> None:
        """Have each file replace what it was; one that is refused stays what it was."""
        unread = {path: file for path, file in files.items() if path not in sources}
        before = {path: file for path, file in self._files.items() if path in sources}
        await self._become(unread | before, [], holdings)
        for path, source in sources.items():
            try:
                await self._become(self._files | {path: files[path]}, [source], holdings)
            except DocumentError as error:
                old = before.get(path)
                _pass_over(source.name, error, old)
                self._files[path] = _File(files[path].stamp, old.id if old else None, refused=True)

    async def _become(
        self, files: dict[Path, _File], sources: Iterable[Source], holdings: Holdings
    ) -> None:
        """Change `holdings` from the files as they were to `files`, of which `sources` are new."""
        gone = {file.id for file in self._files.values()} - {file.id for file in files.values()}
        there = {document.id for document in holdings.index.documents}
        add = [source for source in sources if document_id(source) not in there]
        remove = [id for id in gone if id in there]
        if add or remove:
            await holdings.change(add, remove)
        if gone:
            files = {
                path: replace(file, stamp=None) if file.refused else file
                for path, file in files.items()
            }
        self._files = files

    def _look(self) -> tuple[dict[Path, _File], dict[Path, Source]]:
        """Return the folder's files, and what is in those that weren't so at the last look."""
        files: dict[Path, _File] = {}
        sources: dict[Path, Source] = {}
        for path in _files_in(self._folder):
            old = self._files.get(path)
            try:
                stat = path.stat()
                stamp = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
                files[path] = (
                    old if old and old.stamp == stamp else _File(stamp, old.id if old else None)
                )
                if files[path] is old:
                    continue
                source = read_file(path)
            except (OSError, DocumentError) as error:
                _pass_over(path, error, old)
                continue
            files[path] = _File(stamp, document_id(source))
            sources[path] = source
        return files, sources


def _files_in(folder: Path) -> list[Path]:
    try:
        files = find_files([folder])[0]
    except DocumentError:  # nothing to read there, for now
        files = []
    if not folder.is_dir():
        raise DocumentError(f"文件夹 {folder} 不见了；它的文件先照旧用着")
    return files


def _pass_over(file: Path | str, error: Exception, old: _File | None) -> None:
    kept = "，仍用上次读到的" if old and old.id else ""
    logger.warning("跳过 %s：%s%s", file, error, kept)
