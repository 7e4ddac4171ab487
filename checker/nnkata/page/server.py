"""Serve the pages to this machine only, and keep them up to date while the learner works.

The server listens on 127.0.0.1. Its address has a random part, so that other users of the machine
cannot read it. A request for another host name is refused, which prevents DNS rebinding, unless the
port is forwarded: then only the random part keeps others out. Only the listed paths are answered,
never a file. The buttons of a page send two POST requests: for a hint, and for the next kata.
"""

from __future__ import annotations

import hmac
import os
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

from msgspec import Struct

from ..errors import KataError
from ..model import Course, Kata, Verdict
from ..sandbox.pool import WorkerPool
from ..workspace.hints import take_hint
from ..workspace.workspace import Workspace
from .background_pictures import BackgroundPictures
from .html import INDEX, PageRenderer, announcement, page_results
from .news import NewsFeed, event_stream
from .view_models import PageBuilder

HOST = "127.0.0.1"
ANY_ADDRESS = "0.0.0.0"
LISTENERS_AT_MOST = 32
"""The maximum number of pages that listen at the same time; each takes a thread."""
POLL_SECONDS = 1.0
"""The time between two checks whether another command has stored something."""
CLOSE_SECONDS = 0.5
"""How long listening pages may take to receive the end event."""
REQUEST_SECONDS = 20.0
"""How long a request may take to arrive."""
NEXT_SECONDS = 10.0
"""How long a page waits until the next kata is the current one."""
BODY_BYTES = 1000
"""The largest body of a request; the buttons of a page send an empty one."""
EVENTS, NEWS = "events", "news"
HINT, NEXT = "hint/", "next"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Endpoint(Struct, frozen=True):
    """Where a page server listens."""

    port: int = 0
    """The port; 0 means any free port."""
    host: str = HOST
    forwarded: bool = False
    """Whether requests come through a forwarded port, under a host name that is not known."""


class PageServer:
    """Serves the pages of a workspace until it is closed."""

    def __init__(
        self, root: Path, course: Course, pool: WorkerPool, endpoint: Endpoint | None = None
    ) -> None:
        """Serve a workspace's folder at an endpoint; draw with workers of the pool.

        Raises `KataError` if the port is not available.
        """
        self.endpoint = endpoint = endpoint or Endpoint()
        self.request_next: Callable[[], Future[Kata | None]] | None = None
        """Makes the next kata the current one of a watch session, for the button on the page."""
        self.root = root
        self.course = course
        self.news = NewsFeed()
        self.token = secrets.token_urlsafe(12)
        self.listening = 0
        self.latest: dict[str, Verdict] = {}
        """Verdicts that have been announced but not stored yet."""
        self._rendering = threading.Lock()
        try:
            self._http = _Server((endpoint.host, endpoint.port), _Handler)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise KataError(
                f"the page cannot be served on port {endpoint.port} of {endpoint.host}: {why}",
                next_step="leave out --port to use a free one"
                if endpoint.host == HOST
                else f"leave out --host to use {HOST}, or try --host {ANY_ADDRESS}",
            ) from None
        self._http.page_server = self
        self.port = int(self._http.server_address[1])
        self.hosts = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        self.pictures = BackgroundPictures(course, pool, self.news.publish, page_results())
        self.paths = {INDEX, *(f"katas/{name}.html" for name in course.katas)}
        self._threads = [
            threading.Thread(
                target=self._http.serve_forever, args=(0.1,), name="page", daemon=True
            ),
            threading.Thread(target=self._poll, name="page-news", daemon=True),
        ]

    @property
    def address(self) -> str:
        """The address of the first page; on Codespaces, the forwarded one."""
        forwarded = self._codespace() if self.endpoint.forwarded else ""
        host = HOST if self.endpoint.host == ANY_ADDRESS else self.endpoint.host
        return f"{forwarded or f'http://{host}:{self.port}'}/{self.token}/"

    @property
    def is_public_address_known(self) -> bool:
        """Whether `address` is the one to open, and not one that a forwarded port replaces."""
        return not self.endpoint.forwarded or bool(self._codespace())

    def _codespace(self) -> str:
        name = os.environ.get("CODESPACE_NAME", "")
        domain = os.environ.get("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "")
        return f"https://{name}-{self.port}.{domain}" if name and domain else ""

    def address_of(self, kata: Kata) -> str:
        """Return the address of a kata's page."""
        return f"{self.address}katas/{kata.name}.html"

    def start(self) -> None:
        """Start serving."""
        self.pictures.start()
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Tell listening pages that the server stops, and stop it."""
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

    def on_prerequisite(self, kata: Kata, verdict: Verdict) -> None:
        """Announce the verdict on a changed prerequisite, which is already stored."""
        self.news.publish(kata.name, announcement(kata, verdict))

    def page(self, path: str) -> str:
        """Return a page with the current state."""
        number = self.news.number
        with self._rendering:
            workspace = Workspace(self.root, self.course)
            try:
                renderer = PageRenderer(
                    PageBuilder(workspace, self.pictures), live=True, lessons=page_results()
                )
                return renderer.render(path, dict(self.latest), number)
            finally:
                workspace.progress.close()

    def take_hint(self, name: str) -> None:
        """Store the next hint of a kata, as `kata hint` does, and let all pages show it."""
        workspace = Workspace(self.root, self.course)
        try:
            take_hint(workspace, self.course.katas[name])
        finally:
            workspace.progress.close()
        self.news.publish()

    def go_to_next(self) -> str:
        """Move to the next kata after a pass; return the path of the current kata's page."""
        kata = None
        if self.request_next is not None:
            with suppress(TimeoutError):
                kata = self.request_next().result(NEXT_SECONDS)
        return f"katas/{kata.name}.html" if kata is not None else INDEX

    def accepts(self, hosts: list[str]) -> bool:
        """Return whether the `Host` headers of a request belong to the served page."""
        return len(hosts) == 1 and (self.endpoint.forwarded or hosts[0] in self.hosts)

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
        rest = self._read_path()
        query = self.path.partition("?")[2]
        if rest is None:
            return
        if rest == "":
            self._redirect(INDEX)
        elif rest == EVENTS:
            self._events(query)
        elif rest == NEWS:
            self._answer(200, pages.news.latest().encode(), "application/json")
        elif rest in pages.paths:
            self._page(rest)
        else:
            self._text(404, "There is no such page.\n")

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        """Process the request of a button, and redirect to the page with the result."""
        pages = self.server.page_server
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit() and int(length) <= BODY_BYTES):
            self.close_connection = True
            self._text(413, "The buttons of a page send no text.\n")
            return
        self.rfile.read(int(length))
        rest = self._read_path()
        if rest is None:
            return
        name = rest.removeprefix(HINT)
        if not self._comes_from_a_page():
            self._text(403, "Only the pages of this server may send this request.\n")
        elif rest == NEXT:
            self._redirect(pages.go_to_next())
        elif rest.startswith(HINT) and name in pages.course.katas:
            pages.take_hint(name)
            self._redirect(f"katas/{name}.html#hints")
        else:
            self._refuse()

    def _read_path(self) -> str | None:
        """Return the requested path after the token; without a token, answer and return None."""
        pages = self.server.page_server
        if not pages.accepts(self.headers.get_all("Host", [])):
            self._text(
                403,
                "This page is served to 127.0.0.1 only. Behind a forwarded port, use "
                "kata watch --forwarded.\n",
            )
            return None
        _, token, rest = (*self.path.partition("?")[0].split("/", 2), "", "")[:3]
        if not hmac.compare_digest(token.encode(), pages.token.encode()):
            self._text(404, "There is no such page: use the address that kata watch shows.\n")
            return None
        return rest

    def _comes_from_a_page(self) -> bool:
        """Return whether a page of this server sent the request, as far as the browser says.

        The pages send no referrer, so a browser may name the origin "null".
        """
        pages = self.server.page_server
        site = self.headers.get("Sec-Fetch-Site")
        if site is not None:
            return site == "same-origin"
        origin = self.headers.get("Origin", "null")
        return origin == "null" or origin.removeprefix("http://") in pages.hosts

    def _redirect(self, path: str) -> None:
        pages = self.server.page_server
        self._answer(303, b"", "text/plain", {"Location": f"/{pages.token}/{path}"})

    def _refuse(self) -> None:
        self.close_connection = True
        self._text(405, "Only GET and HEAD are allowed here.\n", {"Allow": "GET, HEAD"})

    do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = _refuse  # noqa: N815

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
            self._text(500, f"The page could not be created: {type(error).__name__}: {error}\n")
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
            for part in event_stream(pages.news, known):
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
