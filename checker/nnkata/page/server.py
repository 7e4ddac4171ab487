"""The page, served to this machine alone and kept up to date while somebody works.

It listens on 127.0.0.1. Its address has a random part, so that others who share the machine cannot
read it; a request that names another host (a page elsewhere whose name was made to lead here) is
refused; only what is listed is answered, never a file.
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
from .background_pictures import Darkroom
from .html import INDEX, Site, said
from .view_models import Book

HOST = "127.0.0.1"
LISTENERS_AT_MOST = 32
"""Pages that may listen at once; each holds a thread."""
BEAT_SECONDS = 10.0
"""Between two signs of life to a page that listens."""
LOOK_SECONDS = 1.0
"""Between two looks whether another command has stored something."""
FAREWELL_SECONDS = 0.5
"""How long pages are given to hear of the end."""
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


class News:
    """What has happened, counted: listeners wait for more than they know."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.number = 0
        self.ended = False
        self._text = json.dumps({"number": 0, "kata": "", "said": ""})
        self._told = threading.Condition()

    def tell(self, kata: str = "", said: str = "") -> None:
        """Tell that something is new, and what is to be said of it."""
        with self._told:
            self.number += 1
            self._text = json.dumps({"number": self.number, "kata": kata, "said": said})
            self._told.notify_all()

    def end(self) -> None:
        """Let everybody go."""
        with self._told:
            self.ended = True
            self._told.notify_all()

    def latest(self) -> tuple[int, str]:
        """Return the number of the latest news, and the news as JSON."""
        with self._told:
            return self.number, self._text

    def after(self, known: int, seconds: float) -> tuple[int, str] | None:
        """Wait for news that are newer than `known`; None when there were none in time."""
        with self._told:
            self._told.wait_for(lambda: self.ended or self.number > known, seconds)
            return (self.number, self._text) if self.number > known else None


class PageServer:
    """Serves the pages of a workspace until it is closed."""

    def __init__(self, root: Path, course: Course, pool: WorkerPool, port: int = 0) -> None:
        """Take the workspace's folder, its course, workers to draw with, and a port (0: any)."""
        self.root = root
        self.course = course
        self.news = News()
        self.token = secrets.token_urlsafe(12)
        self.listening = 0
        self.latest: dict[str, Verdict] = {}
        """Verdicts that were told and are not stored yet."""
        self._rendering = threading.Lock()
        try:
            self._http = _Server((HOST, port), _Handler)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise KataError(
                f"the page cannot be served on port {port} of {HOST}: {why}",
                next_step="leave --port out, and a free one is taken",
            ) from None
        self._http.site = self
        self.port = int(self._http.server_address[1])
        self.hosts = {f"{name}:{self.port}" for name in (HOST, "localhost")}
        self.darkroom = Darkroom(course, pool, self.news.tell)
        self.paths = {INDEX, *(f"katas/{name}.html" for name in course.katas)}
        self._threads = [
            threading.Thread(
                target=self._http.serve_forever, args=(0.1,), name="page", daemon=True
            ),
            threading.Thread(target=self._look, name="page-news", daemon=True),
        ]

    @property
    def address(self) -> str:
        """Where the first page is."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def address_of(self, kata: Kata) -> str:
        """Where a kata's page is."""
        return f"{self.address}katas/{kata.name}.html"

    def start(self) -> None:
        """Begin to serve."""
        self.darkroom.start()
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """End: pages that listen are told."""
        self.news.end()
        end = time.monotonic() + FAREWELL_SECONDS
        while self.listening and time.monotonic() < end:
            time.sleep(0.01)
        if self._threads[0].ident is not None:
            self._http.shutdown()
        self._http.server_close()
        self.darkroom.close()

    def heard(self, kata: Kata, verdict: Verdict, stage: str) -> None:
        """Show a verdict on the pages: a listener of a watching session."""
        if stage == "verdict":
            self.latest[kata.name] = verdict
            self.news.tell(kata.name, said(kata, verdict))
        else:
            self.latest.pop(kata.name, None)
            self.news.tell(kata.name, said(kata, verdict) if verdict.diagnoses else "")

    def page(self, path: str) -> str:
        """Return a page as things stand now."""
        number = self.news.number
        with self._rendering:
            workspace = Workspace(self.root, self.course)
            try:
                site = Site(Book(workspace, self.darkroom), live=True)
                return site.render(path, dict(self.latest), number)
            finally:
                workspace.progress.close()

    def policy(self) -> str:
        """Return the policy that is sent with every page."""
        return Site.policy_of(live=True) + "; frame-ancestors 'none'"

    def _look(self) -> None:
        """Notice that another command, a hint or a check, has stored something."""
        store = self.root / ".kata" / "progress.db"
        seen = _changed(store)
        while not self.news.ended:
            time.sleep(LOOK_SECONDS)
            now = _changed(store)
            if now != seen:
                seen = now
                self.news.tell()


def _changed(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return 0


class _Server(ThreadingHTTPServer):
    """Knows whose pages it serves; what goes wrong with a connection is nobody's business."""

    site: PageServer
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Leave the terminal alone: a browser that went away is no error."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "nnkata"
    sys_version = ""
    timeout = REQUEST_SECONDS

    def do_GET(self) -> None:
        """Answer with a page, the latest news, or news as they come."""
        site = self.server.site
        if self.headers.get_all("Host", []) not in [[host] for host in site.hosts]:
            self._text(403, "This page is served to 127.0.0.1 only.\n")
            return
        path, _, query = self.path.partition("?")
        _, token, rest = (*path.split("/", 2), "", "")[:3]
        if not hmac.compare_digest(token.encode(), site.token.encode()):
            self._text(404, "There is no such page: use the address that kata watch shows.\n")
        elif rest == "":
            self._answer(303, b"", "text/plain", {"Location": f"/{site.token}/{INDEX}"})
        elif rest == EVENTS:
            self._events(query)
        elif rest == NEWS:
            self._answer(200, site.news.latest()[1].encode(), "application/json")
        elif rest in site.paths:
            self._page(rest)
        else:
            self._text(404, "There is no such page.\n")

    do_HEAD = do_GET  # noqa: N815

    def _refuse(self) -> None:
        self.close_connection = True
        self._text(405, "Pages are read here, nothing else.\n", {"Allow": "GET, HEAD"})

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = _refuse  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Say of a request that is none, in plain words."""
        del explain
        self.close_connection = True
        self._text(code, f"{message or 'This is no request'}\n")

    def _page(self, path: str) -> None:
        site = self.server.site
        try:
            page = site.page(path)
        except KataError as error:
            self._text(500, error.format_message() + "\n")
            return
        except Exception as error:  # said here, as nobody reads a thread's traceback
            self._text(500, f"The page could not be made: {type(error).__name__}: {error}\n")
            return
        data = page.encode("utf-8", "backslashreplace")
        self._answer(200, data, "text/html", {"Content-Security-Policy": site.policy()})

    def _events(self, query: str) -> None:
        """Send news as they come, until one side ends it."""
        site = self.server.site
        if site.listening >= LISTENERS_AT_MOST:
            self._text(503, "Too many pages are open: close some.\n")
            return
        self.close_connection = True
        self._head(200, "text/event-stream", {"Connection": "close"})
        if self.command == "HEAD":
            return
        asked = self.headers.get("Last-Event-ID") or parse_qs(query).get("since", [""])[0]
        known = int(asked) if asked.isascii() and asked.isdigit() else site.news.number
        site.listening += 1
        try:
            for part in _beats(site.news, known):
                self.wfile.write(part.encode())
                self.wfile.flush()
        finally:
            site.listening -= 1

    def _text(self, status: int, words: str, more: dict[str, str] | None = None) -> None:
        self._answer(status, words.encode("utf-8", "backslashreplace"), "text/plain", more)

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
        """Say nothing: the terminal is the watch's."""


def _beats(news: News, known: int) -> Iterator[str]:
    """Yield the events of one listener, and signs of life between them."""
    yield "retry: 1000\n\n"
    while not news.ended:
        found = news.after(known, BEAT_SECONDS)
        if found is None:
            yield ": nothing new\n\n"
        else:
            known, text = found
            yield f"id: {known}\ndata: {text}\n\n"
    yield "event: end\ndata: \n\n"
