"""A network between a browser and the mock console that the test owns: it can be cut for a while."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

_HOST = "127.0.0.1"
_CHUNK = 65536
_START_SECONDS = 10.0
_RESET_AT_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER on with no time: closing resets the connection in place of ending it."""


class Network:
    """Passes connections to `url` on to a port of this machine, for the duration of a `with` block.

    While it is cut, connections that are open are reset, and new ones are refused, or reset as soon as they are open.
    `reset` counts both kinds of resets. What is refused nobody hears of, the network included.
    """

    def __init__(self, port: int) -> None:
        self.url = ""
        self.reset = 0
        self._target = port
        self._port = 0
        self._cut = False
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self._started = threading.Event()
        self._ends = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="network", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._started.wait(_START_SECONDS), "the network did not start"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._ends.set)
        self._thread.join(_START_SECONDS)

    def cut(self, seconds: float, *, refusing: bool) -> None:
        """Cuts it and returns at once; so many seconds later it is whole again. May be called from any thread."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._cut_for(seconds, refusing), self._loop).result(_START_SECONDS)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._listen(_bound(0))
        self._started.set()
        await self._ends.wait()
        assert self._server is not None
        self._server.close()
        for writer in self._open:
            writer.transport.abort()

    async def _listen(self, bound: socket.socket) -> None:
        self._port = bound.getsockname()[1]
        self.url = f"http://{_HOST}:{self._port}"
        self._server = await asyncio.start_server(self._pass_on, sock=bound)

    async def _cut_for(self, seconds: float, refusing: bool) -> None:
        assert self._loop is not None
        assert self._server is not None
        self._cut = True
        bound: socket.socket | None = None
        if refusing:
            self._server.close()
            bound = _bound(self._port)  # kept, and nobody listens: whoever connects is refused
        for writer in list(self._open):
            self._hang_up(writer)
        self._loop.call_later(seconds, lambda: asyncio.ensure_future(self._mend(bound)))

    async def _mend(self, bound: socket.socket | None) -> None:
        self._cut = False
        if bound is not None:
            await self._listen(bound)

    def _hang_up(self, writer: asyncio.StreamWriter) -> None:
        self.reset += 1
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
        writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            self._hang_up(writer)
            return
        self._open.add(writer)
        try:
            there, thither = await asyncio.open_connection(_HOST, self._target)
        except OSError:
            self._open.discard(writer)
            writer.transport.abort()
            return
        await asyncio.gather(_copy(reader, thither), _copy(there, writer))
        self._open.discard(writer)
        for each in (writer, thither):
            each.transport.abort()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Copies until either side ends, and tells the other side."""
    with suppress(OSError):  # whoever hung up is told nothing more
        while chunk := await source.read(_CHUNK):
            target.write(chunk)
            await target.drain()
    with suppress(OSError, RuntimeError):  # it hung up meanwhile
        target.close()


def _bound(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind((_HOST, port))
    return found
