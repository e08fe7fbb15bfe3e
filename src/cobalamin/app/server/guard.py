"""What stands before every request: a size and a time it may take; and behind every answer: headers that forbid whatever a page of ours does not need."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; manifest-src 'self'; worker-src 'self'")  # fmt: skip
HEADERS = (
    (b"content-security-policy", POLICY.encode()), (b"x-content-type-options", b"nosniff"), (b"x-frame-options", b"DENY"), (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"), (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), interest-cohort=()"),
)  # fmt: skip
NOT_KEPT = (b"cache-control", b"no-store")


class TooLarge(Exception):
    """More bytes came than are read."""


class Guard:
    """Around the application: refuse what is too large or takes too long, and set the headers of every answer."""

    def __init__(self, app: ASGIApp, largest_body: int, longest: float):
        self.app, self.largest_body, self.longest = app, largest_body, longest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        taken, begun = 0, False

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.largest_body:
                raise TooLarge
            return message

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = message.setdefault("headers", [])
                there = {name for name, _ in headers}
                headers += [header for header in (*HEADERS, NOT_KEPT) if header[0] not in there]
            await send(message)

        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        try:
            if not declared.isdigit() or int(declared) > self.largest_body:
                raise TooLarge
            async with asyncio.timeout(self.longest):
                await self.app(scope, limited, guarded)
        except TooLarge:
            if not begun:
                await _refuse(guarded, 413, f"This is too much at once; at most {self.largest_body // 1024} KB are read.")
        except TimeoutError:
            if not begun:
                await _refuse(guarded, 503, "This took too long and was ended.")


async def _refuse(send: Any, status: int, why: str) -> None:
    """A short answer in plain text."""
    body = why.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
