"""Whatever the other end of the wire sends, a grader goes on: a thread plays a hostile worker.

What this takes is bounded: a run of a kata has less than a second for answers that do not come,
the number of runs is fixed, and a failing example is shown as it was found, not made smaller.
"""

from __future__ import annotations

import contextlib
import io
import os
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import nn_from_scratch
from nnkata.checking.assessor import Assessor
from nnkata.checking.proxy import Link, Solution
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runner import WHOLE_RUN, KataRun, KataRunner, RunPlan
from nnkata.checking.runtime import Bundle, Submission, WorkerSlot
from nnkata.course.loading import assemble, read_pack
from nnkata.model import Kata, Limits, Protection, Verdict, Verdicts
from nnkata.plugins import installed_plugins
from nnkata.sandbox.child import protocol
from nnkata.sandbox.fork_server import ForkServer
from nnkata.sandbox.pool import WorkerPool
from nnkata.sandbox.worker_client import Worker, WorkerLostError
from refnn.forward import softmax as reference

MARK = "# answered by a thread\n"
SECONDS = 0.15
KNOWN = {"passed", "failed", "error", "timeout", "crash", "limit", "not_run"}
MOST_MB = 700
Mutation = Callable[[bytes], bytes]
BOUNDED = settings(
    deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


class NoForkServer(ForkServer):
    """The owner of workers that are threads: there is no process to end."""

    def __init__(self) -> None:
        """Start nothing."""

    def end(self, pid: int, with_grace: bool = False) -> int:
        return 0

    def request_trace(self, pid: int) -> bool:
        return False


@dataclass
class Hostile(WorkerPool):
    """Hands out workers that are threads, which answer as they are told."""

    answer: Callable[[int, Any], bytes | None]
    """Takes the number of the request and the request; None closes the connection."""
    threads: list[threading.Thread] = field(default_factory=list)
    limited: bool = True
    wakeup: None = None
    processor: int | None = None
    number: int = 0

    def fork(self) -> Worker:
        ours, solved = socket.socketpair()
        output, unused = os.pipe()
        thread = threading.Thread(target=self.serve, args=(solved, unused), daemon=True)
        thread.start()
        self.threads.append(thread)
        worker = Worker(NoForkServer(), 0, ours, output)
        worker.outer_pid = -1  # the thread's process is this one: its processor time is not read
        return worker

    def serve(self, end: socket.socket, output: int) -> None:
        with end, contextlib.suppress(OSError):
            while (request := received(end)) is not None:
                self.number += 1
                frame = self.answer(self.number, request)
                if frame is None:
                    break
                end.sendall(frame)
        os.close(output)

    def close(self) -> None:
        for thread in self.threads:
            thread.join(10)
            assert not thread.is_alive()
        self.threads.clear()


def received(end: socket.socket) -> Any:
    head = end.recv(4, socket.MSG_WAITALL)
    if len(head) < 4:
        return None
    body = end.recv(protocol.HEADER.unpack(head)[0], socket.MSG_WAITALL)
    return msgspec.msgpack.decode(body)


def framed(body: bytes) -> bytes:
    return protocol.HEADER.pack(len(body)) + body


def honest(request: Any) -> list[Any]:
    """Answer as a correct module of softmax does."""
    if isinstance(request, dict):
        return ["ready", {}]
    if request[0] == "load":
        return ["loaded"]
    _, _, (kind, _, name), nodes, named = request
    if kind == "p":
        return ["ok", False, []]
    arguments = [protocol.unpack(node) for node in nodes]
    keywords = {key: protocol.unpack(node) for key, node in named.items()}
    with np.errstate(all="ignore"):
        try:
            return ["ok", protocol.pack(getattr(reference, name)(*arguments, **keywords)), []]
        except Exception as error:
            return ["raised", type(error).__name__, "E", protocol.pack(str(error)), [], []]


class SplitAssessor(Assessor):
    """Has threads answer where the module is marked, and workers elsewhere."""

    hostile: Hostile

    def runner(self, kata: Kata, seed: int | None = None) -> KataRunner:
        return SplitRunner(super().runner(kata, seed), self.hostile)


class SplitRunner(KataRunner):
    def __init__(self, real: KataRunner, hostile: Hostile) -> None:
        super().__init__(real.checks, real.course, real.kata, real.pool, real.seed)
        self.hostile = hostile

    def run(
        self, bundle: Bundle, plan: RunPlan = WHOLE_RUN, slot: WorkerSlot | None = None
    ) -> KataRun:
        own = KataRunner(self.checks, self.course, self.kata, self.pool, self.seed)
        if MARK in bundle.texts[self.kata.module]:
            own.pool = self.hostile
        return own.run(bundle, plan, slot)


class Bench:
    """A course with small limits, its checks, and a real worker for its reference."""

    def __init__(self, pool: WorkerPool, cache: Path) -> None:
        self.pool = WorkerPool(pool.server, limited=False)  # the small limits are for the threads
        self.cache = cache
        courses, _ = assemble([read_pack(Path(str(nn_from_scratch.__file__)).parent)])
        (self.course,) = courses.values()
        self.checks = Checks([self.course.katas["softmax"], self.course.katas["value"]])
        self.reporters = installed_plugins().reporters()

    def verdict(
        self, kata: str, answer: Callable[[int, Any], bytes | None], seconds: float = SECONDS
    ) -> Verdict:
        """Grade what a thread answers; nothing but a verdict that can be reported may come."""
        limits = Limits(
            seconds=seconds, slow_seconds=seconds, total_seconds=3 * seconds, result_mb=1
        )
        own = self.checks.katas[kata]
        file = msgspec.structs.replace(own.file, limits=limits)
        self.checks.katas[kata] = msgspec.structs.replace(own, file=file)
        hostile = Hostile(answer)
        assessor = SplitAssessor(self.course, self.checks, self.pool, self.cache)
        assessor.hostile = hostile
        submission = Submission("ada", lambda _: MARK)
        start = time.monotonic()
        verdict = assessor.assess(self.course.katas[kata], submission, 7, slow_checks="always")
        hostile.close()
        assert time.monotonic() - start < 60
        assert {o.outcome for o in verdict.outcomes} <= KNOWN, verdict.outcomes
        self.report(verdict)
        return verdict

    def report(self, verdict: Verdict) -> None:
        held = Protection(0, "", "", "", "", False)
        result = Verdicts(
            engine="0", course=self.course.name, seed=7, protection=held, verdicts=[verdict]
        )
        for name in ("json", "terminal", "junit", "html"):
            out = io.StringIO()
            self.reporters[name](result, out)
            assert len(out.getvalue().encode("utf-8")) < 10**6
            assert "\x1b" not in out.getvalue()


@pytest.fixture(scope="module")
def bench(pool: WorkerPool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    made = Bench(pool, tmp_path_factory.mktemp("cache"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield made
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MB * 1024


words = st.sampled_from(
    "ok raised missing refused callback method too_large ready loaded unloaded lost return throw "
    "argument result ValueError SystemExit MemoryError exit a n f l t d c i s h rng x cb".split()
) | st.text(max_size=8)
scalars = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats()
    | st.binary(max_size=64) | words | st.sampled_from(["<f8", "|b1", "\x1b[2J", "0x" + "f" * 40])
)  # fmt: skip
nodes: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=5)
    | st.tuples(st.sampled_from("anfltdcish"), inner).map(list)
    | st.tuples(st.just("h"), st.integers(-2, 9) | inner, words | inner).map(list)
    | st.tuples(
        st.just("a"), st.sampled_from(sorted(protocol.DTYPES)),
        st.lists(st.integers(-2, 2**40), max_size=3), st.binary(max_size=64),
    ).map(list),
    max_leaves=12,
)  # fmt: skip
changes = st.lists(
    st.tuples(
        st.sampled_from(["argument", "result", "kept", "x"]),
        st.integers(-3, 9) | words | st.lists(st.integers(-1, 9) | words, max_size=3), nodes,
    ).map(list),
    max_size=3,
)  # fmt: skip
replies = (
    st.tuples(st.just("ok"), nodes, changes).map(list)
    | st.tuples(words, nodes, changes).map(list)
    | st.tuples(st.just("callback"), st.integers(-2, 3), st.lists(nodes, max_size=2)).map(list)
    | st.tuples(st.just("raised"), words, words, nodes, st.lists(nodes, max_size=2), changes).map(
        list
    )
    | st.lists(nodes, max_size=5)
    | nodes
)
bodies = replies.map(msgspec.msgpack.encode) | st.binary(max_size=100)
frames = (
    bodies.map(framed)
    | st.tuples(bodies, bodies).map(lambda two: framed(two[0]) + framed(two[1]))
    | st.binary(min_size=1, max_size=20).map(lambda noise: b"\0\0\0\1" + noise)
    | st.integers(0, 2**32 - 1).map(protocol.HEADER.pack).map(lambda head: head + b"\xc0" * 50)
)


@settings(BOUNDED, max_examples=40)
@given(script=st.lists(frames | st.none(), min_size=1, max_size=6), early=st.integers(1, 3))
@pytest.mark.parametrize("kata", ["softmax", "value"])
def test_any_frames_come_to_outcomes_that_can_be_reported(
    kata: str, bench: Bench, script: list[bytes | None], early: int
) -> None:
    def answer(number: int, request: Any) -> bytes | None:
        # The first frame is sent before a module is looked at.
        if isinstance(request, dict) or (number <= early and request[0] == "load"):
            return protocol.dumps(honest(request))
        return script[number % len(script)]

    bench.verdict(kata, answer)


def flipped(place: int, bits: int) -> Mutation:
    def mutate(frame: bytes) -> bytes:
        at = 4 + place % max(1, len(frame) - 4)
        return frame[:at] + bytes([frame[at] ^ bits]) + frame[at + 1 :]

    return mutate


def cut(place: int) -> Mutation:
    return lambda frame: framed(frame[4 : 4 + place % len(frame)])


def with_changes(more: list[Any]) -> Mutation:
    def mutate(frame: bytes) -> bytes:
        reply = msgspec.msgpack.decode(frame[4:])
        return protocol.dumps([*reply[:-1], more] if reply[0] == "ok" else reply)

    return mutate


def instead(node: Any) -> Mutation:
    def mutate(frame: bytes) -> bytes:
        reply = msgspec.msgpack.decode(frame[4:])
        return protocol.dumps(["ok", node, []] if reply[0] == "ok" else reply)

    return mutate


mutations = (
    st.builds(flipped, st.integers(0, 10**4), st.integers(1, 255))
    | st.builds(cut, st.integers(0, 10**4))
    | st.builds(with_changes, changes)
    | st.builds(instead, nodes)
)


@settings(BOUNDED, max_examples=80)
@given(at=st.integers(1, 40), mutate=mutations, twice=st.booleans())
def test_a_damaged_answer_costs_its_check_at_most_and_the_rest_is_judged(
    bench: Bench, at: int, mutate: Mutation, twice: bool
) -> None:
    def answer(number: int, request: Any) -> bytes:
        frame = protocol.dumps(honest(request))
        if number == at + 1:  # the first frame is sent before a module is looked at
            damaged = mutate(frame)
            return damaged + damaged if twice else damaged
        return frame

    verdict = bench.verdict("softmax", answer, 10.0)
    if verdict.load is None:
        lost = [o for o in verdict.outcomes if o.outcome != "passed"]
        assert len(lost) <= 2, lost  # a flood may spoil the answer after it too


def test_the_thread_answers_as_a_right_module_does(bench: Bench) -> None:
    assert bench.verdict("softmax", lambda _, request: protocol.dumps(honest(request)), 20.0).passed


ALWAYS: dict[str, Any] = {
    "a method": ["method", []],
    "a handle of another name": ["ok", ["h", 1, "a\nb"], []],
    "a handle without an end": ["ok", ["h", 1, "A" * 10**5], []],
    "a whole number without an end": ["ok", ["i", "0x" + "f" * 10**5], []],
    "an empty array too wide": ["ok", ["a", "<f8", [0, 2**31], b""], []],
    "lists too deep": ["ok", None, [["argument", 0, 1]], [[[[]]] * 2]],
    "a callback to nobody": ["callback", 0, []],
    "an exception that leaves": ["raised", "KeyboardInterrupt", "K", "m", [], []],
    "an exception that skips": ["raised", "Skipped", "Skipped", "m", [], []],
    "an exception of a group": ["raised", "ExceptionGroup", "G", "m", [], []],
    "a message that is a list": ["raised", "ValueError", "V", ["l", [1]], [], []],
    "changes without an end": ["ok", 1.0, [["result", n, 1] for n in range(10**4)]],
    "too large": ["too_large", 1],
    "nothing": [],
}


@pytest.mark.parametrize("name", ALWAYS)
@pytest.mark.parametrize("kata", ["softmax", "value"])
def test_what_is_forged_each_time_earns_nothing(kata: str, name: str, bench: Bench) -> None:
    def answer(number: int, request: Any) -> bytes:
        call = isinstance(request, list) and request[0] != "load"
        return protocol.dumps(ALWAYS[name] if call else honest(request))

    assert bench.verdict(kata, answer).points == 0


def test_lists_at_the_depth_where_python_gives_up_are_refused(bench: Bench) -> None:
    for depth in (protocol.MAX_NESTING, 300, 700, 900, 990, 2000):
        body = b"\x95\xa8unloaded\xa6raised\xa1m" + b"\x91" * depth + b"\xc0\x01"

        def answer(number: int, request: Any, body: bytes = body) -> bytes:
            return framed(body) if isinstance(request, list) else protocol.dumps(honest(request))

        verdict = bench.verdict("softmax", answer)
        assert verdict.points == 0


def talk(answer: Callable[[int, Any], bytes | None], seconds: float = 5.0) -> tuple[Hostile, Link]:
    hostile = Hostile(answer)
    worker = hostile.fork()
    worker.setup(
        {"result_bytes": 2**20, "output_bytes": 2**20, "memory_mb": 1024, "limited": True},
        time.monotonic() + 5,
    )
    return hostile, Link(worker, time.monotonic() + seconds)


def test_callbacks_without_an_end_are_ended_by_the_time(bench: Bench) -> None:
    def answer(number: int, request: Any) -> bytes:
        return protocol.dumps(honest(request) if number == 1 else ["callback", 0, [1.0]])

    hostile, link = talk(answer, SECONDS)
    solution = Solution(link, "m", {"k": ("m", ["f"])}, "k")
    with pytest.raises(WorkerLostError) as lost:
        solution.f(lambda x: x)
    assert lost.value.kind in ("timeout", "limit")
    hostile.close()


def test_an_answer_that_never_ends_is_ended_by_the_time(bench: Bench) -> None:
    def answer(number: int, request: Any) -> bytes:
        return protocol.dumps(honest(request)) if number == 1 else b"\0\0\1\0x"

    hostile, link = talk(answer, SECONDS)
    solution = Solution(link, "m", {"k": ("m", ["f"])}, "k")
    with pytest.raises(WorkerLostError, match="in time"):
        solution.f(1.0)
    hostile.close()


def test_a_forged_change_touches_nothing_of_the_checks_own(bench: Bench) -> None:
    """A constant of checks.py that a check hands over stays what it is, for this check and all."""
    constants = [np.arange(3.0), [1.0, 2.0], {"a": 1.0}]
    before = [str(constant) for constant in constants]
    forged = [["a", "<f8", [3], np.zeros(3).tobytes()], ["l", [9.0]], ["d", [["b", 2.0]]]]

    def answer(number: int, request: Any) -> bytes:
        told = [["argument", key, node] for key, node in enumerate(forged)]
        return protocol.dumps(honest(request) if number == 1 else ["ok", 1.0, told])

    hostile, link = talk(answer)
    Solution(link, "m", {"k": ("m", ["f"])}, "k").f(*constants)
    assert [str(constant) for constant in constants] == before
    link.worker.end()
    hostile.close()
