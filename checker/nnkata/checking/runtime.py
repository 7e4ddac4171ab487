"""Whose modules are run: what a worker gets for one kata of one submission."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from ..model import Course, Kata, LoadFailure
from ..sandbox.child import protocol
from ..sandbox.fork_server import START_SECONDS
from ..sandbox.pool import WorkerPool
from ..sandbox.worker_client import Worker, WorkerLostError
from .proxy import MESSAGE_CAP, Link, Solution, readable


class Submission(Struct, frozen=True):
    """Whose modules are checked: their texts, and which prerequisites count as solved."""

    name: str
    read: Callable[[str], str | LoadFailure]
    """The text of the module at a path inside the package, or why there is none."""
    solved: frozenset[str] = frozenset()
    """Katas whose modules are used as prerequisites; the reference stands in for the others."""


class BundleBuilder:
    """Collects texts for workers: the submission's where they are its own, else what is lent."""

    def __init__(self, course: Course) -> None:
        """Read what the course gives."""
        self.course = course
        self.given = {path: file.read_bytes() for path, file in course.given.items()}
        self.references: dict[str, str] = {}

    def reference(self, kata: str) -> str:
        """Return the reference solution's text."""
        if kata not in self.references:
            text = self.course.katas[kata].reference.read_text(encoding="utf-8")
            self.references[kata] = text
        return self.references[kata]

    def build(self, kata: Kata, text: str, submission: Submission) -> Bundle:
        """Collect what a worker gets for a kata whose module has this text."""
        texts = {p: data.decode() for p, data in self.given.items() if p.endswith(".py")}
        data = {p: data for p, data in self.given.items() if not p.endswith(".py")}
        own_modules, borrowed = [kata.module], []
        for name in self.course.all_needs(kata.name):
            module = self.course.katas[name].module
            text_of_own = submission.read(module) if name in submission.solved else None
            if isinstance(text_of_own, str):
                texts[module] = text_of_own
                own_modules.append(module)
            else:
                texts[module] = self.reference(name)
                borrowed.append(name)
        texts[kata.module] = text
        return Bundle(texts, data, own_modules, borrowed)


LIMIT_MARGIN = 5
"""Seconds of processor time that a worker gets beyond the kata's whole budget."""


class Bundle(Struct, frozen=True):
    """The texts that a worker gets: the module under test, what it needs, what is given."""

    texts: dict[str, str]
    data: dict[str, bytes]
    own: list[str]
    borrowed: list[str] = []


class NotLoadedError(Exception):
    """A module could not be loaded; `load` says why."""

    def __init__(self, load: LoadFailure) -> None:
        super().__init__(load.message)
        self.load = load


class WorkerSlot:
    """A kata's worker: taken afresh after each loss, loaded afresh for each check.

    A learner's module has a worker to itself; runs that no mark rests on may share one.
    """

    def __init__(self, pool: WorkerPool, kata: Kata, course: Course, bundle: Bundle) -> None:
        """Take where workers come from, and what they load."""
        self.pool = pool
        self.kata = kata
        self.course = course
        self.bundle = bundle
        self.worker: Worker | None = None
        self.taken = 0.0
        self.changed_texts: dict[str, str] = {}
        self.limits: dict[str, str] = {}
        """The limits that the worker could take, in words."""
        katas = [kata.name, *course.all_needs(kata.name)]
        self.exports = {
            name: (course.katas[name].module, course.katas[name].file.exports) for name in katas
        }

    def accepts(self, kata: Kata, bundle: Bundle) -> bool:
        """Whether this place can be had for a bundle: all but the texts is as it was."""
        now = self.bundle
        return (
            kata is self.kata
            and (bundle.own, bundle.borrowed) == (now.own, now.borrowed)
            and bundle.texts.keys() == now.texts.keys()
        )

    def replace_texts(self, bundle: Bundle) -> None:
        """Load this from now on; it differs from what was there in its texts only."""
        before, self.bundle = self.bundle.texts, bundle
        self.changed_texts |= {
            path: text for path, text in bundle.texts.items() if text != before[path]
        }
        if time.monotonic() - self.taken > LIMIT_MARGIN / 2:  # its processor time is limited
            self.close()

    def load(self, seed: int, deadline: float) -> None:
        """Have a worker with the modules loaded; raises `NotLoadedError`.

        A worker that is lost before it has loaded again, or that still answers something older,
        suffers from an earlier check: a new one takes this.
        """
        while True:
            used = self.worker is not None
            try:
                reply = self._load_modules(seed, deadline)
            except WorkerLostError as lost:
                self.close()
                if used and lost.kind != "timeout":
                    continue
                kind: Any = lost.kind
                words = "while the module was being loaded, " + str(lost)
                raise NotLoadedError(LoadFailure(kind, words, self.kata.module)) from None
            if reply[0] == "unloaded":
                raise NotLoadedError(_read_load(reply, self.course.package))
            if reply[0] == "loaded" or not used:
                return
            self.close()

    def start_ahead(self) -> None:
        """Have a worker that knows everything but a late change; raises `WorkerLostError`."""
        self._start()
        self.taken = math.inf

    def _start(self) -> Worker:
        worker = self.worker = self.pool.fork()
        self.taken, self.changed_texts = time.monotonic(), {}
        self.limits = worker.setup(self._setup(), time.monotonic() + START_SECONDS)
        return worker

    def _load_modules(self, seed: int, deadline: float) -> list[Any]:
        worker = self.worker or self._start()
        if self.taken == math.inf:
            self.taken = time.monotonic()
        changed, self.changed_texts = self.changed_texts, {}
        reply, _ = worker.ask(["load", seed, changed], deadline)
        return list(reply)

    def solution(self, link: Link) -> Solution:
        """Return what the check gets."""
        return Solution(link, self.kata.module, self.exports, self.kata.name)

    def close(self) -> None:
        """End the worker."""
        if self.worker is not None:
            self.worker.end()
            self.worker = None

    def _setup(self) -> dict[str, Any]:
        limits = self.kata.file.limits
        probes = self.kata.probes
        return {
            "package": self.course.package,
            "module": self.kata.module,
            "exports": dict(self.exports.values()),
            "given": [path for path in self.course.given if path.endswith(".py")],
            "texts": self.bundle.texts,
            "data": self.bundle.data,
            "own": self.bundle.own,
            "probes": probes.read_text(encoding="utf-8") if probes.is_file() else None,
            "result_bytes": limits.result_mb * 2**20,
            "output_bytes": limits.output_kb * 1024,
            "memory_mb": limits.memory_mb,
            "cpu_seconds": int(limits.total_seconds) + LIMIT_MARGIN,
            "limited": self.pool.limited,
            "processor": self.pool.processor,
        }


def _read_load(reply: list[Any], package: str) -> LoadFailure:
    """Read the worker's account of a module that could not be loaded."""
    try:
        _, kind, message, file, line = reply
        if kind not in ("syntax", "refused_import", "raised"):
            kind = "raised"
        inside = readable(str(file)[:MESSAGE_CAP]).removeprefix(package + "/")
        words = readable(str(protocol.unpack(message))[:MESSAGE_CAP])
        number = line if type(line) is int and line > 0 else None
        return LoadFailure(kind, words, inside or None, number)
    except (protocol.WireError, ValueError, TypeError):
        return LoadFailure("raised", "the module could not be loaded")
