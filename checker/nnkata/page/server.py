"""Serve the pages to this machine only, and keep them up to date while the learner works.

The server listens on 127.0.0.1. Its address has a random part, so that other users of the machine
cannot read it. A request for another host name is refused, which prevents DNS rebinding. Only the
listed paths are answered, never a file.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from ..errors import KataError
from ..model import Course, Kata, Verdict
from ..sandbox.pool import WorkerPool
from ..workspace.workspace import Workspace
from .background_pictures import BackgroundPictures
from .html import INDEX, PageRenderer, announcement
from .view_models import PageBuilder

HOST = "127.0.0.1"
LISTENERS_AT_MOST = 32
"""Pages that may listen at the same time; each takes a thread."""
HEARTBEAT_SECONDS = 10.0
"""The time between two heartbeats to a listening page."""
POLL_SECONDS = 1.0
"""The time between two looks at whether another command has stored something."""
CLOSE_SECONDS = 0.5
"""How long listening pages may take to receive the end."""
REQUEST_SECONDS = 20.0
"""How long a request may take to arrive."""
EVENTS, NEWS = "events", "news"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class NewsFeed:
    """A numbered feed of events: a listener waits for a number that is higher than its last."""

    def __init__(self) -> None:
        """Start with an empty event 0."""
        self.number = 0
        self.closed = False
        self._text = json.dumps({"number": 0, "kata": "", "message": ""})
        self._changed = threading.Condition()

    def publish(self, kata: str = "", message: str = "") -> None:
        """Publish that the pages have changed, and the message that they announce."""
        with self._changed:
            self.number += 1
            self._text = json.dumps({"number": self.number, "kata": kata, "message": message})
            self._changed.notify_all()

    def close(self) -> None:
        """Wake all listeners and let them end."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def latest(self) -> str:
        """Return the latest event as JSON."""
        with self._changed:
            return self._text

    def wait(self, known: int, seconds: float) -> tuple[int, str] | None:
        """Return (number, JSON) of an event after `known`, or None if none comes in time."""
        with self._changed:
            self._changed.wait_for(lambda: self.closed or self.number > known, seconds)
            return (self.number, self._text) if self.number > known else None


class PageServer:
    """Serves the pages of a workspace until it is closed."""

    def __init__(self, root: Path, course: Course, pool: WorkerPool, port: int = 0) -> None:
        """Serve a workspace's folder on a port (0: any free one); draw with workers of the pool.

        Raises `KataError` if the port is not available.
        """
        self.root = root
        self.course = course
        self.news = NewsFeed()
        self.token = secrets.token_urlsafe(12)
        self.listening = 0
        self.latest: dict[str, Verdict] = {}
        """Verdicts that are announced and not stored yet."""
        self._rendering = threading.Lock()
        try:
            self._http = _Server((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise KataError(
                f"the page cannot be served on port {port} of {HOST}: {why}",
                next_step="leave --port out, and a free one is taken",
            ) from None
        self._http.page_server = self
        self.port = int(self._http.server_address[1])
        self.hosts = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        self.pictures = BackgroundPictures(course, pool, self.news.publish)
        self.paths = {INDEX, *(f"katas/{name}.html" for name in course.katas)}
        self._threads = [
            threading.Thread(
                target=self._http.serve_forever, args=(0.1,), name="page", daemon=True
            ),
            threading.Thread(target=self._poll, name="page-news", daemon=True),
        ]

    @property
    def address(self) -> str:
        """The address of the first page."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def address_of(self, kata: Kata) -> str:
        """Return the address of a kata's page."""
        return f"{self.address}katas/{kata.name}.html"

    def start(self) -> None:
        """Start to serve."""
        self.pictures.start()
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Tell listening pages that the server ends, and end it."""
        self.news.close()
        end = time.monotonic() + CLOSE_SECONDS
        while self.listening and time.monotonic() < end:
            time.sleep(0.01)
        if self._threads[0].ident is not None:
            self._http.shutdown()
        self._http.server_close()
        self.pictures.close()

    def on_verdict(self, kata: Kata, verdict: Verdict, stage: str) -> None:
        """Show a verdict on the pages; a listener of a watch session."""
        if stage == "verdict":
            self.latest[kata.name] = verdict
            self.news.publish(kata.name, announcement(kata, verdict))
        else:
            self.latest.pop(kata.name, None)
            self.news.publish(kata.name, announcement(kata, verdict) if verdict.diagnoses else "")

    def page(self, path: str) -> str:
        """Return a page with the current state."""
        number = self.news.number
        with self._rendering:
            workspace = Workspace(self.root, self.course)
            try:
                renderer = PageRenderer(PageBuilder(workspace, self.pictures), live=True)
                return renderer.render(path, dict(self.latest), number)
            finally:
                workspace.progress.close()

    def policy(self) -> str:
        """Return the content security policy that is sent with every page."""
        return PageRenderer.policy_of(live=True) + "; frame-ancestors 'none'"

    def _poll(self) -> None:
        """Publish when another command, such as a hint or a check, stores something."""
        store = self.root / ".kata" / "progress.db"
        seen = _modified_at(store)
        while not self.news.closed:
            time.sleep(POLL_SECONDS)
            now = _modified_at(store)
            if now != seen:
                seen = now
                self.news.publish()


def _modified_at(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return 0


class _Server(ThreadingHTTPServer):
    """The HTTP server of a page server; errors of a connection are not shown."""

    page_server: PageServer
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: a browser that closes its connection is not an error."""


class _Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "nnkata"
    sys_version = ""
    timeout = REQUEST_SECONDS

    def do_GET(self) -> None:
        """Answer with a page, the latest event, or a stream of events."""
        pages = self.server.page_server
        if self.headers.get_all("Host", []) not in [[host] for host in pages.hosts]:
            self._text(403, "This page is served to 127.0.0.1 only.\n")
            return
        path, _, query = self.path.partition("?")
        _, token, rest = (*path.split("/", 2), "", "")[:3]
        if not hmac.compare_digest(token.encode(), pages.token.encode()):
            self._text(404, "There is no such page: use the address that kata watch shows.\n")
        elif rest == "":
            self._answer(303, b"", "text/plain", {"Location": f"/{pages.token}/{INDEX}"})
        elif rest == EVENTS:
            self._events(query)
        elif rest == NEWS:
            self._answer(200, pages.news.latest().encode(), "application/json")
        elif rest in pages.paths:
            self._page(rest)
        else:
            self._text(404, "There is no such page.\n")

    do_HEAD = do_GET  # noqa: N815

    def _refuse(self) -> None:
        self.close_connection = True
        self._text(405, "Only GET and HEAD are answered here.\n", {"Allow": "GET, HEAD"})

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = _refuse  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a request that is not valid HTTP in plain text."""
        del explain
        self.close_connection = True
        self._text(code, f"{message or 'This is not a request'}\n")

    def _page(self, path: str) -> None:
        pages = self.server.page_server
        try:
            page = pages.page(path)
        except KataError as error:
            self._text(500, error.format_message() + "\n")
            return
        except Exception as error:  # shown here, since nobody reads a thread's traceback
            self._text(500, f"The page could not be made: {type(error).__name__}: {error}\n")
            return
        data = page.encode("utf-8", "backslashreplace")
        self._answer(200, data, "text/html", {"Content-Security-Policy": pages.policy()})

    def _events(self, query: str) -> None:
        """Send events as they come, until one side closes the connection."""
        pages = self.server.page_server
        if pages.listening >= LISTENERS_AT_MOST:
            self._text(503, "Too many pages are open: close some.\n")
            return
        self.close_connection = True
        self._head(200, "text/event-stream", {"Connection": "close"})
        if self.command == "HEAD":
            return
        asked = self.headers.get("Last-Event-ID") or parse_qs(query).get("since", [""])[0]
        known = int(asked) if asked.isascii() and asked.isdigit() else pages.news.number
        pages.listening += 1
        try:
            for part in _event_stream(pages.news, known):
                self.wfile.write(part.encode())
                self.wfile.flush()
        finally:
            pages.listening -= 1

    def _text(self, status: int, text: str, more: dict[str, str] | None = None) -> None:
        self._answer(status, text.encode("utf-8", "backslashreplace"), "text/plain", more)

    def _answer(
        self, status: int, data: bytes, kind: str, more: dict[str, str] | None = None
    ) -> None:
        self._head(status, kind, {"Content-Length": str(len(data)), **(more or {})})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: int, kind: str, more: dict[str, str]) -> None:
        self.send_response(status)
        fixed = {"Content-Security-Policy": "default-src 'none'", **HEADERS}
        for name, value in {"Content-Type": f"{kind}; charset=utf-8", **fixed, **more}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Print nothing: the terminal belongs to kata watch."""


def _event_stream(news: NewsFeed, known: int) -> Iterator[str]:
    """Yield the events for one listener, with heartbeats between them."""
    yield "retry: 1000\n\n"
    while not news.closed:
        event = news.wait(known, HEARTBEAT_SECONDS)
        if event is None:
            yield ": nothing new\n\n"
        else:
            known, text = event
            yield f"id: {known}\ndata: {text}\n\n"
    yield "event: end\ndata: \n\n"
