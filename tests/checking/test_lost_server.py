"""The fork server is killed at every step of a check or of reading an archive: no mark changes."""

from __future__ import annotations

import os
import signal
import tarfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from tests.conftest import submission

from nnkata.checking.assessor import Assessor
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runtime import WorkerSlot
from nnkata.grading.submissions import open_submission
from nnkata.model import Course, Verdict
from nnkata.sandbox.fork_server import ForkServer
from nnkata.sandbox.pool import WorkerPool
from nnkata.sandbox.worker_client import Worker

T = TypeVar("T")
RIGHT = "def f(x): return 2 * x\n"
WRONG = "def f(x): return x\n"
KATA = {
    "reference": RIGHT,
    "exports": ["f"],
    "mistakes": {"forgets": f'"""f forgets the factor."""\n{WRONG}'},
    "checks": (
        "def test_doubles(solution, rng):\n"
        '    """f doubles."""\n'
        "    x = int(rng.integers(1, 1000))\n"
        "    assert solution.f(x) == 2 * x\n"
        "def test_zero(solution):\n"
        '    """f keeps zero."""\n'
        "    assert solution.f(0) == 0\n"
    ),
}
STEPS = ((ForkServer, "_request"), (ForkServer, "_receive_answer"), (Worker, "_send"),
         (Worker, "_receive"))  # fmt: skip


class Killer:
    """Kills the fork server of a pool at one step of the exchange with it and its workers."""

    def __init__(self, pool: WorkerPool, patch: pytest.MonkeyPatch) -> None:
        self.pool, self.at, self.steps = pool, 0, 0
        for owner, name in STEPS:
            patch.setattr(owner, name, self._before(getattr(owner, name)))

    def _before(self, method: Callable[..., T]) -> Callable[..., T]:
        def step(*arguments: Any, **named: Any) -> T:
            self.steps += 1
            if self.steps == self.at:
                kill(self.pool.server)
            return method(*arguments, **named)

        return step

    def run(self, action: Callable[[WorkerPool], T], at: int) -> T:
        """Return the result of an action, during which the server is killed at a step."""
        self.at = 0
        self.pool.fork().end()  # the server may have been killed at the last step before
        self.steps, self.at = 0, at
        return action(self.pool)


def kill(server: ForkServer) -> None:
    """Kill a server, and wait until it has ended."""
    os.kill(server.pid, signal.SIGKILL)
    os.waitid(os.P_PID, server.pid, os.WEXITED | os.WNOWAIT)


def results_at_every_step(level: int, action: Callable[[WorkerPool], T]) -> list[T]:
    """Return the result without a kill, then those with a kill at each step."""
    with WorkerPool(ForkServer(level)) as pool, pytest.MonkeyPatch.context() as patch:
        killer = Killer(pool, patch)
        results = [killer.run(action, 0)]
        return results + [killer.run(action, at) for at in range(1, killer.steps + 1)]


def assess(course: Course, text: str, pool: WorkerPool) -> Any:
    kata = course.katas["a"]
    assessor = Assessor(course, Checks([kata]), pool, retry=True)
    return without_times(assessor.assess(kata, submission(course, "a", text, {}), 7))


def without_times(verdict: Verdict) -> Any:
    found = msgspec.to_builtins(verdict)
    for outcome in found["outcomes"]:
        outcome["seconds"] = 0.0
    return found


@pytest.mark.parametrize(("level", "text"), [(0, RIGHT), (2, WRONG)])
def test_a_server_that_is_killed_changes_no_verdict(level: int, text: str, lab: Any) -> None:
    course = lab.course({"a": KATA})
    results = results_at_every_step(level, lambda pool: assess(course, text, pool))
    assert results[0]["passed"] is (text is RIGHT)
    assert len(results[0]["diagnoses"]) == (text is WRONG)
    assert len(results) > 14
    for at, result in enumerate(results):
        assert result == results[0], at


def test_a_server_that_is_killed_while_an_archive_is_read_changes_no_submission(
    lab: Any, tmp_path: Path
) -> None:
    course = lab.course({"a": KATA})
    module = tmp_path / "net" / "part" / "a.py"
    module.parent.mkdir(parents=True)
    module.write_text(RIGHT)
    archive = tmp_path / "ada.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(tmp_path / "net", "net")
    results = results_at_every_step(2, lambda pool: open_submission(archive, course, pool))
    assert results[0].modules
    assert len(results) > 8
    for at, result in enumerate(results):
        assert result == results[0], at


def test_a_server_that_is_killed_before_it_is_ready_is_replaced() -> None:
    with WorkerPool(ForkServer(0)) as pool:
        kill(pool.server)
        assert pool.protection()["layers"] == {}


def test_the_start_of_a_worker_costs_a_module_no_time(
    lab: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy machine, a server that is started again needs more seconds than a check has."""
    course = lab.course({"a": KATA | {"limits": {"seconds": 0.3}}})
    fork = WorkerPool.fork

    def slow_fork(pool: WorkerPool) -> Worker:
        time.sleep(0.5)
        return fork(pool)

    monkeypatch.setattr(WorkerPool, "fork", slow_fork)
    assert lab.verdict(course, "a", RIGHT).passed
    text = "import time\ntime.sleep(0.5)\n" + RIGHT
    load = lab.verdict(course, "a", text).load
    assert load is not None
    assert load.kind == "timeout"


def test_a_server_gets_no_command_after_an_answer_that_did_not_come(lab: Any) -> None:
    """A late answer would be taken for the answer to the next command."""
    with WorkerPool(ForkServer(0)) as pool:
        first = pool.fork()
        server = pool.server
        os.kill(server.pid, signal.SIGSTOP)
        server.control.settimeout(0.1)
        assert first.end() is None
        os.kill(server.pid, signal.SIGCONT)
        second = pool.fork()
        assert pool.server is not server
        assert second.end() == -signal.SIGKILL


def test_a_worker_whose_server_has_died_before_it_could_ask_ends(lab: Any) -> None:
    course = lab.course({"a": KATA})
    with WorkerPool(ForkServer(0)) as pool:
        slot = WorkerSlot(pool, course.katas["a"], course, lab.bundle(course, "a", RIGHT))
        worker = pool.fork()
        kill(pool.server)  # the worker waits for its first message
        worker.socket.setblocking(True)
        worker.socket.sendall(worker.protocol.dumps(slot._setup()))
        assert worker.socket.recv(1) == b""
        worker.end()
