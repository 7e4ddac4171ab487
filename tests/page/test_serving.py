"""The page is served to this machine alone, and tells of every verdict."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing
from http.client import HTTPConnection, HTTPResponse

import pytest
from msgspec.structs import replace

from nnkata.course.hashes import checks_sha256
from nnkata.errors import KataError
from nnkata.model import Diagnosis, Kata
from nnkata.page.server import LISTENERS_AT_MOST, Endpoint, PageServer
from nnkata.page.view_models import PageBuilder
from nnkata.sandbox.pool import WorkerPool
from nnkata.workspace.workspace import Workspace

from .conftest import REFERENCE, SOFTMAX, WRONG
from .test_remembered import VERDICT

PATIENCE = 30.0


@pytest.fixture
def server(workspace: Workspace, pool: WorkerPool) -> Iterator[PageServer]:
    made = PageServer(workspace.root, workspace.course, pool)
    made.start()
    yield made
    made.close()


def ask(
    server: PageServer, path: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


def raw(server: PageServer, request: str) -> str:
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        connection.sendall(request.encode())
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def test_a_page_comes_with_every_header_that_keeps_it_to_itself(server: PageServer) -> None:
    answer, text = ask(server, f"/{server.token}/index.html")
    assert answer.status == 200
    assert "A neural network from scratch" in text
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Frame-Options"] == "DENY"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Access-Control-Allow-Origin"] is None


def test_the_address_leads_to_the_first_page(server: PageServer) -> None:
    answer, _ = ask(server, f"/{server.token}/")
    assert (answer.status, answer.headers["Location"]) == (303, f"/{server.token}/index.html")
    assert server.address == f"http://127.0.0.1:{server.port}/{server.token}/"


def test_head_says_what_get_would_and_sends_nothing(server: PageServer) -> None:
    path = f"/{server.token}/katas/softmax.html"
    answer, text = ask(server, path, "HEAD")
    assert (answer.status, text) == (200, "")
    assert int(answer.headers["Content-Length"]) > 10_000
    answer, text = ask(server, f"/{server.token}/events", "HEAD")
    assert (answer.status, text) == (200, "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_answered(method: str, server: PageServer) -> None:
    answer, _ = ask(server, f"/{server.token}/index.html", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    ["/", "/index.html", "/wrong/index.html", "/TOKEN",
     "/TOKEN/../../etc/passwd", "/TOKEN/..%2f..%2fetc%2fpasswd", "/TOKEN/katas/../index.html",
     "/TOKEN/katas/none.html", "/TOKEN/.kata/progress.db", "/TOKEN/mynn/forward/softmax.py",
     "/TOKEN/katas/", "/TOKEN/katas/softmax.html/", "/TOKEN/index.html%00", "/%E2%82%ac/",
     "/katas/TOKEN/index.html"],
)  # fmt: skip
def test_only_what_is_listed_is_answered(path: str, server: PageServer) -> None:
    answer, text = ask(server, path.replace("TOKEN", server.token))
    if path == "/TOKEN":  # the address without its last sign
        assert answer.status == 303
        return
    assert answer.status == 404
    assert server.token not in text
    assert server.token not in str(answer.headers)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:PORT", "127.0.0.1", "[::1]:PORT",
                                  "127.0.0.1:PORT.evil.example", "", "127.0.0.2:PORT"])  # fmt: skip
@pytest.mark.parametrize("path", ["index.html", "events", "news"])
def test_another_host_is_refused(host: str, path: str, server: PageServer) -> None:
    named = host.replace("PORT", str(server.port))
    answer, text = ask(server, f"/{server.token}/{path}", Host=named)
    assert answer.status == 403
    assert "neural" not in text


def test_a_request_with_no_host_or_two_is_refused(server: PageServer) -> None:
    line = f"GET /{server.token}/index.html HTTP/1.1\r\n"
    good = f"Host: 127.0.0.1:{server.port}\r\n"
    assert raw(server, f"{line}Connection: close\r\n\r\n").startswith("HTTP/1.1 403")
    assert raw(server, f"{line}{good}Host: evil\r\n\r\n").startswith("HTTP/1.1 403")
    assert raw(server, f"{line}{good}Connection: close\r\n\r\n").startswith("HTTP/1.1 200")


def test_localhost_is_this_machine_too(server: PageServer) -> None:
    path = f"/{server.token}/index.html"
    assert ask(server, path, Host=f"localhost:{server.port}")[0].status == 200


def test_what_is_no_request_is_said_in_plain_words(server: PageServer) -> None:
    answer = raw(server, "NONSENSE / HTTP/1.1\r\nHost: <script>\r\n\r\n")
    assert answer.startswith("HTTP/1.1 501 ")
    assert "Content-Type: text/plain" in answer
    assert "<" not in answer
    assert raw(server, "<script>\r\n\r\n").startswith("Bad request syntax")


def test_it_listens_on_one_address_only(server: PageServer) -> None:
    with pytest.raises(OSError, match=r"refused|unreachable|assign|not supported"):
        socket.create_connection(("::1", server.port), timeout=PATIENCE)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", server.port), timeout=PATIENCE)


def test_a_port_that_is_taken_is_said(
    server: PageServer, workspace: Workspace, pool: WorkerPool
) -> None:
    with pytest.raises(KataError, match=f"port {server.port} of 127.0.0.1") as error:
        PageServer(workspace.root, workspace.course, pool, Endpoint(server.port))
    assert "leave out --port" in error.value.next_step


BUTTONS = [{}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}]
"""What browsers send with a button of our pages."""


@pytest.mark.parametrize("headers", BUTTONS, ids=str)
def test_the_hint_button_does_what_kata_hint_does(
    headers: dict[str, str], server: PageServer, workspace: Workspace
) -> None:
    module = workspace.package / "forward/softmax.py"
    module.write_text(WRONG)
    path = f"/{server.token}/katas/softmax.html"
    assert '<form method="post" action="../hint/softmax">' in ask(server, path)[1]
    answer, _ = ask(server, f"/{server.token}/hint/softmax", "POST", **headers)
    assert (answer.status, answer.headers["Location"]) == (303, f"{path}#hints")
    assert workspace.progress.last_hint("softmax") == (
        1, workspace.sha_of(workspace.course.katas["softmax"])
    )  # fmt: skip
    page = ask(server, path)[1]
    assert f"Hint 1 of {len(SOFTMAX.file.hints)}" in page
    assert "The next hint can be shown when the module has changed." in page
    assert "hint/softmax" not in page
    module.write_text(WRONG + "# changed\n")
    assert "Show another hint" in ask(server, path)[1]


def test_a_hint_of_an_untouched_module_has_no_button(server: PageServer) -> None:
    assert "hint/softmax" not in ask(server, f"/{server.token}/katas/softmax.html")[1]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [("/hint/softmax", {}, 404), ("/wrong/hint/softmax", {}, 404),
     ("/TOKEN/hint/none", {}, 405), ("/TOKEN/hint/", {}, 405),
     ("/TOKEN/hint/softmax", {"Host": "evil.example"}, 403),
     ("/TOKEN/hint/softmax", {"Origin": "https://evil.example"}, 403),
     ("/TOKEN/hint/softmax", {"Sec-Fetch-Site": "cross-site"}, 403),
     ("/TOKEN/hint/softmax", {"Sec-Fetch-Site": "same-site", "Origin": "null"}, 403),
     ("/TOKEN/hint/softmax", {"Content-Length": "1001"}, 413),
     ("/TOKEN/hint/softmax", {"Content-Length": "-1"}, 413),
     ("/TOKEN/next", {"Sec-Fetch-Site": "none"}, 403)],
)  # fmt: skip
def test_a_button_of_somebody_else_does_nothing(
    path: str, headers: dict[str, str], status: int, server: PageServer, workspace: Workspace
) -> None:
    server.request_next = None
    answer, text = ask(server, path.replace("TOKEN", server.token), "POST", **headers)
    assert answer.status == status, text
    assert workspace.progress.last_hint("softmax") is None


def test_the_next_button_leads_to_the_kata_that_is_current_then(
    server: PageServer, workspace: Workspace
) -> None:
    reply: Future[Kata | None] = Future()
    reply.set_result(workspace.course.katas["value"])
    server.request_next = lambda: reply
    answer, _ = ask(server, f"/{server.token}/next", "POST")
    assert (answer.status, answer.headers["Location"]) == (303, f"/{server.token}/katas/value.html")
    done: Future[Kata | None] = Future()
    done.set_result(None)
    server.request_next = lambda: done
    answer, _ = ask(server, f"/{server.token}/next", "POST")
    assert answer.headers["Location"] == f"/{server.token}/index.html"


def test_a_next_button_is_there_after_a_pass(server: PageServer, workspace: Workspace) -> None:
    kata = workspace.course.katas["softmax"]
    (workspace.package / kata.module).write_text((REFERENCE / kata.module).read_text())
    path = f"/{server.token}/katas/softmax.html"
    assert 'action="../next"' not in ask(server, path)[1]
    hashes = {"module": workspace.sha_of(kata), "checks": checks_sha256(kata)}
    workspace.remember(kata, replace(VERDICT, passed=True, sha256=hashes))
    assert 'action="../next"' in ask(server, path)[1]


@pytest.fixture
def forwarded(workspace: Workspace, pool: WorkerPool) -> Iterator[PageServer]:
    made = PageServer(workspace.root, workspace.course, pool, Endpoint(forwarded=True))
    made.start()
    yield made
    made.close()


def test_a_forwarded_port_is_served_under_any_name_with_the_secret(forwarded: PageServer) -> None:
    host = f"name-{forwarded.port}.app.github.dev"
    path = f"/{forwarded.token}/index.html"
    assert ask(forwarded, path, Host=host)[0].status == 200
    assert ask(forwarded, "/index.html", Host=host)[0].status == 404
    assert ask(forwarded, "/wrong/index.html", Host=host)[0].status == 404
    assert ask(forwarded, f"/{forwarded.token}/hint/softmax", "POST", Host=host,
               Origin="null")[0].status == 303  # fmt: skip
    answer, _ = ask(forwarded, path, Host="evil.example", Origin="https://evil.example")
    assert answer.headers["Access-Control-Allow-Origin"] is None


def test_the_address_in_a_codespace_is_the_forwarded_one(
    forwarded: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert forwarded.address.startswith("http://127.0.0.1:")
    assert not forwarded.is_public_address_known
    monkeypatch.setenv("CODESPACE_NAME", "name")
    monkeypatch.setenv("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.github.dev")
    assert forwarded.is_public_address_known
    name = f"https://name-{forwarded.port}.app.github.dev"
    assert forwarded.address == f"{name}/{forwarded.token}/"


def test_a_port_that_is_not_forwarded_keeps_its_address_in_a_codespace(
    server: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODESPACE_NAME", "name")
    monkeypatch.setenv("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN", "app.github.dev")
    assert server.address == f"http://127.0.0.1:{server.port}/{server.token}/"
    assert server.is_public_address_known


class Listener:
    """A page that listens."""

    def __init__(self, server: PageServer, since: str = "", last: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        headers = {"Last-Event-ID": last} if last else {}
        self.connection.request("GET", f"/{server.token}/events?since={since}", headers=headers)
        self.answer = self.connection.getresponse()

    def close(self) -> None:
        self.answer.close()
        self.connection.close()

    def next(self) -> dict[str, str]:
        """Return the fields of the next event."""
        found: dict[str, str] = {}
        for line in iter(self.answer.readline, b""):
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                found[name] = value
            elif "data" in found or "event" in found:
                return found
        raise AssertionError("the events have ended")


Listen = Callable[..., Listener]


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Open pages that listen, and close them at the end."""
    with ExitStack() as stack:
        yield lambda *words, **more: stack.enter_context(closing(Listener(*words, **more)))


def test_a_verdict_is_told_to_everybody_who_listens(
    server: PageServer, workspace: Workspace, listen: Listen
) -> None:
    listeners = [listen(server, "0"), listen(server, "0")]
    assert listeners[0].answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    softmax = workspace.course.katas["softmax"]
    server.on_verdict(softmax, VERDICT, "verdict")
    for listener in listeners:
        event = listener.next()
        assert event["id"] == "1"
        assert json.loads(event["data"]) == {
            "number": 1,
            "kata": "softmax",
            "message": "softmax: not passed, 1 of 2 checks, 1 of 2 points.",
        }
    page = ask(server, f"/{server.token}/katas/softmax.html")[1]
    assert "1 of 2 checks pass" in page
    assert 'data-news="' in page


def test_a_diagnosis_is_told_when_it_comes_and_the_stored_verdict_takes_over(
    server: PageServer, workspace: Workspace
) -> None:
    softmax = workspace.course.katas["softmax"]
    server.on_verdict(softmax, VERDICT, "verdict")
    server.on_verdict(softmax, VERDICT, "diagnosed")
    assert json.loads(ask(server, f"/{server.token}/news")[1])["message"] == ""
    assert server.latest == {}
    VERDICT.diagnoses.append(Diagnosis("global-max", "One maximum.", 3))
    try:
        server.on_verdict(softmax, VERDICT, "diagnosed")
    finally:
        VERDICT.diagnoses.clear()
    news = json.loads(ask(server, f"/{server.token}/news")[1])
    assert news["message"].endswith(" Likely cause: One maximum.")


def test_news_between_a_page_and_its_events_are_not_missed(
    server: PageServer, listen: Listen
) -> None:
    server.news.publish("value", "value: passed")
    assert listen(server, "0").next()["id"] == "1"
    server.news.publish("value", "value: passed again")
    assert listen(server, "0", last="1").next()["id"] == "2"
    assert listen(server, "x%C2%B2").answer.status == 200


def test_what_another_command_stores_is_noticed(
    server: PageServer, workspace: Workspace, listen: Listen
) -> None:
    listener = listen(server, "0")
    workspace.progress.record_hint("softmax", 1, "m")
    assert json.loads(listener.next()["data"])["message"] == ""
    assert (
        f"Hint 1 of {len(SOFTMAX.file.hints)}"
        in ask(server, f"/{server.token}/katas/softmax.html")[1]
    )


def test_pages_that_listen_are_told_of_the_end(
    workspace: Workspace, pool: WorkerPool, listen: Listen
) -> None:
    server = PageServer(workspace.root, workspace.course, pool)
    server.start()
    listener = listen(server, "0")
    server.close()
    assert listener.next()["event"] == "end"
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE)


def test_no_more_pages_listen_than_there_are_threads_for(
    server: PageServer, listen: Listen
) -> None:
    kept = [listen(server, "0") for _ in range(LISTENERS_AT_MOST)]
    assert {listener.answer.status for listener in kept} == {200}
    end = time.monotonic() + PATIENCE
    while server.listening < LISTENERS_AT_MOST:
        assert time.monotonic() < end
        time.sleep(0.01)
    assert listen(server, "0").answer.status == 503


def test_a_page_never_waits_for_its_picture(
    server: PageServer, workspace: Workspace, listen: Listen
) -> None:
    listener = listen(server, "0")
    (workspace.package / "forward/softmax.py").write_text(WRONG)
    path = f"/{server.token}/katas/softmax.html"
    assert "The saved module is being drawn." in ask(server, path)[1]
    listener.next()
    page = ask(server, path)[1]
    assert "Drawn from your module." in page
    assert "The saved module is being drawn." not in page


def test_a_module_without_end_is_given_up_when_a_better_one_is_saved(
    server: PageServer, workspace: Workspace, listen: Listen
) -> None:
    module = workspace.package / "forward/softmax.py"
    module.write_text("def softmax(z, axis=-1):\n    while True: pass\n")
    path = f"/{server.token}/katas/softmax.html"
    ask(server, path)
    end = time.monotonic() + PATIENCE
    while server.pictures._running is None:
        assert time.monotonic() < end
        time.sleep(0.01)
    listener = listen(server, "0")
    module.write_text(WRONG)
    ask(server, path)
    listener.next()
    assert "Drawn from your module." in ask(server, path)[1]


def test_the_map_is_laid_out_by_their_own_sort_as_soon_as_that_is_known(
    server: PageServer, workspace: Workspace
) -> None:
    name = workspace.course.map
    assert name is not None
    kata = workspace.course.katas[name]
    workspace.path_of(kata).write_text((REFERENCE / kata.module).read_text())
    workspace.progress.record_pass(name, workspace.sha_of(kata), "", 1)
    end = time.monotonic() + PATIENCE
    while "Laid out by your own sort" not in ask(server, f"/{server.token}/index.html")[1]:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_course_that_is_broken_does_not_take_the_page_down(
    server: PageServer, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise KataError("the lesson is gone", next_step="bring it back")

    monkeypatch.setattr(PageBuilder, "kata", broken)
    answer, text = ask(server, f"/{server.token}/katas/softmax.html")
    assert (answer.status, text) == (500, "the lesson is gone\n  → bring it back\n")
    monkeypatch.setattr(PageBuilder, "kata", None)
    answer, text = ask(server, f"/{server.token}/katas/softmax.html")
    assert answer.status == 500
    assert text.startswith("The page could not be created: TypeError")
    assert ask(server, f"/{server.token}/index.html")[0].status == 200
