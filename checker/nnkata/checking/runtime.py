"""The modules that a worker loads for one kata of one submission, and the slot of the worker."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from ..course.hashes import worker_seed
from ..files import read_course_file
from ..model import Course, Kata, LoadFailure
from ..sandbox.child import protocol
from ..sandbox.fork_server import START_SECONDS
from ..sandbox.pool import WorkerPool
from ..sandbox.worker_client import Worker, WorkerLostError
from .budget import Budget
from .proxy import MESSAGE_CAP, Link, Solution, readable


class Submission(Struct, frozen=True):
    """The modules of one learner: their texts, and which katas count as solved."""

    name: str
    read: Callable[[str], str | LoadFailure]
    """Returns the text of the module at a path inside the package, or why there is none."""
    solved: frozenset[str] = frozenset()
    """Katas whose modules are used as prerequisites; for the others, the reference is used."""


class BundleBuilder:
    """Builds bundles: the submission's modules if they are solved, else the reference's."""

    def __init__(self, course: Course) -> None:
        """Read the files that the course gives to learners."""
        self.course = course
        self.given_texts: dict[str, str] = {}
        self.given_data: dict[str, bytes] = {}
        for path, file in course.given.items():
            if path.endswith(".py"):
                self.given_texts[path] = read_course_file(file)
            else:
                self.given_data[path] = file.read_bytes()
        self.references: dict[str, str] = {}

    def reference(self, kata: str) -> str:
        """Return the reference solution's text."""
        if kata not in self.references:
            self.references[kata] = read_course_file(self.course.katas[kata].reference)
        return self.references[kata]

    def build(self, kata: Kata, text: str, submission: Submission) -> Bundle:
        """Return the bundle for a kata whose module has this text."""
        texts = dict(self.given_texts)
        own_modules, borrowed = [kata.module], []
        for name in self.course.all_needs(kata.name):
            module = self.course.katas[name].module
            own_text = submission.read(module) if name in submission.solved else None
            if isinstance(own_text, str):
                texts[module] = own_text
                own_modules.append(module)
            else:
                texts[module] = self.reference(name)
                borrowed.append(name)
        texts[kata.module] = text
        return Bundle(texts, self.given_data, own_modules, borrowed)


LIMIT_MARGIN = 5
"""Seconds of processor time that a worker may use beyond the kata's total limit."""
CHARGE_SECONDS = 0.05
"""How often the processor time of a worker is read while checks run."""


class Bundle(Struct, frozen=True):
    """The files that a worker loads: the module under test, its prerequisites, the given files."""

    texts: dict[str, str]
    data: dict[str, bytes]
    own: list[str]
    borrowed: list[str] = []


class NotLoadedError(Exception):
    """Raised if a module cannot be loaded; `load` says why."""

    def __init__(self, load: LoadFailure) -> None:
        super().__init__(load.message)
        self.load = load


class WorkerSlot:
    """Holds the worker of a kata; the modules are loaded again for each check.

    A new worker is started after each loss. The runs that give a learner points never share a
    worker with another module.
    """

    def __init__(self, pool: WorkerPool, kata: Kata, course: Course, bundle: Bundle) -> None:
        """Set the pool that workers are taken from, and the bundle that they load."""
        self.pool = pool
        self.kata = kata
        self.course = course
        self.bundle = bundle
        self.worker: Worker | None = None
        self.budget: Budget | None = None
        """The budget to which the workers' processor time is charged."""
        self.charged_seconds = 0.0
        self.next_charge = 0.0
        """When the worker's processor time is read again, in seconds of the monotonic clock."""
        self.worker_seeds: dict[int, int] = {}
        """For each seed of the checks, the seed of the worker's global generators."""
        self.started_at = 0.0
        self.changed_texts: dict[str, str] = {}
        self.loading_seed: int | None = None
        """The seed with which the worker is loading the modules ahead, or None."""
        self.limits: dict[str, str] = {}
        """The limits that the worker could set, as texts."""
        katas = [kata.name, *course.all_needs(kata.name)]
        self.exports = {
            name: (course.katas[name].module, course.katas[name].file.exports) for name in katas
        }

    def accepts(self, kata: Kata, bundle: Bundle) -> bool:
        """Return whether the slot can be reused for a bundle: only texts may differ."""
        present = self.bundle
        return (
            kata is self.kata
            and (bundle.own, bundle.borrowed) == (present.own, present.borrowed)
            and bundle.texts.keys() == present.texts.keys()
        )

    def replace_texts(self, bundle: Bundle) -> None:
        """Load this bundle from now on; only its texts may differ from the current one."""
        before, self.bundle = self.bundle.texts, bundle
        self.changed_texts |= {
            path: text for path, text in bundle.texts.items() if text != before[path]
        }
        if time.monotonic() - self.started_at > LIMIT_MARGIN / 2:  # its processor time is limited
            self.close()

    def load(self, seed: int, deadline: float) -> float:
        """Load the modules in the worker, or in a new one; raises `NotLoadedError`.

        Return the deadline, later by the time that it took to start a worker: how long that takes
        depends on the machine, not on the module.

        The worker is not told the seed of the checks, but one that is derived from it.
        If a used worker is lost, or sends an answer to an older request, an earlier check is the
        cause: then a new worker loads the modules. This also happens, once, if the fork server has
        ended: it may have been killed for another reason.
        """
        seconds = deadline - time.monotonic()
        lost_servers = 0
        while True:
            used = self.worker is not None
            try:
                if not used:
                    self._start()
                    deadline = time.monotonic() + seconds
                reply = self._load_modules(seed, deadline)
            except WorkerLostError as lost:
                self.close()
                lost_servers += lost.with_server
                if (used and lost.kind != "timeout") or (lost.with_server and lost_servers == 1):
                    continue
                kind: Any = lost.kind
                words = f"while the module was being loaded, {lost}"
                raise NotLoadedError(LoadFailure(kind, words, self.kata.module)) from None
            if reply[0] == "unloaded":
                raise NotLoadedError(_read_load(reply, self.course.package))
            if reply[0] == "loaded" or not used:
                return deadline
            self.close()

    def _worker_seed(self, seed: int) -> int:
        if seed not in self.worker_seeds:
            self.worker_seeds[seed] = worker_seed(self.kata, seed)
        return self.worker_seeds[seed]

    def load_ahead(self, seed: int) -> None:
        """Let the worker load the modules for the next check now; `load` waits for its answer.

        The worker must be usable, and everything that the last check printed must have been read.
        """
        assert self.worker is not None
        try:
            message = ["load", self._worker_seed(seed), {}]
            self.worker.send(message, time.monotonic() + START_SECONDS)
            self.loading_seed = seed
        except WorkerLostError:
            self.close()  # `load` starts a new worker

    def start_ahead(self) -> None:
        """Start a worker now, so that a later `load` is quick; raises `WorkerLostError`."""
        self._start()
        self.started_at = math.inf

    def _start(self) -> None:
        worker = self.worker = self.pool.fork()
        self.started_at, self.changed_texts = time.monotonic(), {}
        self.charged_seconds = 0.0
        if self.budget is not None:
            worker.grader_memory = self.budget.memory_at_start
        self.limits = worker.setup(self._setup(), time.monotonic() + START_SECONDS)

    def _load_modules(self, seed: int, deadline: float) -> list[Any]:
        assert self.worker is not None
        if self.started_at == math.inf:
            self.started_at = time.monotonic()
        loading_seed, self.loading_seed = self.loading_seed, None
        changed, self.changed_texts = self.changed_texts, {}
        if loading_seed is not None:
            reply, _ = self.worker.read_answer(deadline)
            if loading_seed == seed and not changed:
                return list(reply)
        reply, _ = self.worker.ask(["load", self._worker_seed(seed), changed], deadline)
        return list(reply)

    def solution(self, link: Link) -> Solution:
        """Return the proxy of the module that a check gets."""
        return Solution(link, self.kata.module, self.exports, self.kata.name)

    def charge_budget(self) -> None:
        """Charge the budget with the processor time that the worker used since the last charge.

        Reading it takes as long as a request, so it is read again only after `CHARGE_SECONDS`.
        """
        now = time.monotonic()
        if self.worker is not None and self.budget is not None and now >= self.next_charge:
            self.next_charge = now + CHARGE_SECONDS
            used = self.worker.read_processor_time()
            self.budget.charge_processor(used - self.charged_seconds)
            self.charged_seconds = used

    def close(self) -> None:
        """End the worker."""
        if self.worker is not None:
            self.worker.end()
            self.next_charge = 0.0
            self.charge_budget()
            self.worker = self.loading_seed = None

    def _setup(self) -> dict[str, Any]:
        limits = self.kata.file.limits
        probes = self.kata.probes
        processor = limits.total_seconds + LIMIT_MARGIN
        if self.budget is not None:
            processor = min(processor, max(1.0, self.budget.processor_left + 1.0))
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
            "cpu_seconds": int(processor),
            "limited": self.pool.limited,
            "processor": self.pool.processor,
        }


def _read_load(reply: list[Any], package: str) -> LoadFailure:
    """Return why a module cannot be loaded, from the worker's reply."""
    try:
        _, kind, message, file, line, *more = reply
        if kind not in ("syntax", "refused_import", "raised"):
            kind = "raised"
        inside = readable(str(file)[:MESSAGE_CAP]).removeprefix(package + "/")
        words = readable(str(protocol.unpack(message))[:MESSAGE_CAP])
        number = line if type(line) is int and line > 0 else None
        column = more[0] if more and type(more[0]) is int and more[0] > 0 else None
        return LoadFailure(kind, words, inside or None, number, column=column)
    except (protocol.WireError, ValueError, TypeError):
        return LoadFailure("raised", "the module cannot be loaded")
