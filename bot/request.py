"""HTTP to Telegram over aiohttp.

python-telegram-bot's own client spends most of its time in its connection pool as soon as many
requests are under way; aiohttp's does not (measured in docs/design/stack).
"""

from types import TracebackType
from typing import Any, Self

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
MEDIA_SECONDS = 60.0
CONNECTIONS = 256


class AiohttpRequest(BaseRequest):
    """A request class for `Bot`, with time-outs, multipart uploads and an HTTP proxy.

    It repeats nothing by itself: what may be repeated is known where the call is made.
    """

    def __init__(self, proxy: str | None = None, read_seconds: float = READ_SECONDS) -> None:
        self._proxy = proxy
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_seconds

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> Self:
        await self.initialize()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the pool never waits long
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        uploads = bool(request_data and request_data.contains_files)
        read = _given(read_timeout, MEDIA_SECONDS if uploads else self._read_seconds)
        timeout = aiohttp.ClientTimeout(
            sock_connect=_given(connect_timeout, CONNECT_SECONDS), sock_read=read
        )
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, proxy=self._proxy
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(f"no answer within {read:g} s") from error
        except aiohttp.ClientError as error:
            # Its text may hold the address, and with it the token: the kind is enough.
            raise NetworkError(type(error).__name__) from None


def _given(value: Any, default: float) -> float:
    """The time-out that a call asks for, or the default where it asks for none."""
    return float(value) if isinstance(value, int | float) else default


def _body(request_data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    """A plain form where it suffices, multipart where files travel."""
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters or None
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form
