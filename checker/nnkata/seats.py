"""Where a kata's modules sit while they are checked: a worker, and what it is given to load."""

from __future__ import annotations

import math
import time
from typing import Any

from msgspec import Struct

from .bell import Bell
from .errors import MachineryError
from .jail import wire
from .jail.parent import START_SECONDS, LostError, Worker, Zygote, ZygoteError, start
from .model import Course, Kata, Load
from .solution import MESSAGE_CAP, Link, Solution, readable

LIMIT_MARGIN = 5
"""Seconds of processor time that a worker gets beyond the kata's whole budget."""


class Bundle(Struct, frozen=True):
    """The texts that a worker gets: the module under test, what it needs, what is given."""

    texts: dict[str, str]
    data: dict[str, bytes]
    mine: list[str]
    borrowed: list[str] = []


class Jail:
    """Hands out workers; starts the zygote again if a submission managed to kill it."""

    def __init__(self, zygote: Zygote | None = None, limited: bool = True) -> None:
        """Use a zygote that has been started early, or start one."""
        self.zygote = zygote or start()
        self.limited = limited
        self.processor: int | None = None
        """Where workers are to run: the processor that this process keeps to, if it does."""
        self.bell = -1
        """A descriptor; what can be read there makes everybody give up waiting for a worker."""
        self._bell: Bell | None = None

    def hang_bell(self) -> None:
        """Let `ring` make everybody give up waiting for a worker: they get `AbandonedError`."""
        self._bell = Bell()
        self.bell = self._bell.fileno()

    def ring(self) -> None:
        """Ring until somebody silences the bell."""
        if self._bell is not None:
            self._bell.ring()

    def silence(self) -> None:
        """Let the bell ring no more: it rang for what is over."""
        if self._bell is not None:
            self._bell.silence()

    def take_bell_down(self) -> None:
        """Have no bell any more."""
        if self._bell is not None:
            self._bell.close()
        self.bell, self._bell = -1, None

    def fork(self) -> Worker:
        """Return a new worker; raises `MachineryError`."""
        try:
            return self.zygote.fork()
        except ZygoteError:
            self.zygote.close()
            self.zygote = start(self.zygote.level)
        try:
            return self.zygote.fork()
        except ZygoteError as error:
            raise MachineryError(
                f"no process for the learner's module: {error}",
                next_step="`kata doctor` shows what is missing",
            ) from None

    def protection(self) -> dict[str, dict[str, str]]:
        """Return what holds for workers; raises `MachineryError`."""
        try:
            return self.zygote.protection()
        except ZygoteError as error:
            raise MachineryError(f"no process for the learner's module: {error}") from None

    def close(self) -> None:
        """End everything."""
        self.zygote.close()

    def __enter__(self) -> Jail:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class NotLoadedError(Exception):
    """A module could not be loaded; `load` says why."""

    def __init__(self, load: Load) -> None:
        super().__init__(load.message)
        self.load = load


class Seat:
    """A kata's worker: taken afresh after each loss, loaded afresh for each check.

    A learner's module has a worker to itself; runs that no mark rests on may share one.
    """

    def __init__(self, jail: Jail, kata: Kata, course: Course, bundle: Bundle) -> None:
        """Take where workers come from, and what they load."""
        self.jail = jail
        self.kata = kata
        self.course = course
        self.bundle = bundle
        self.worker: Worker | None = None
        self.taken = 0.0
        self.news: dict[str, str] = {}
        self.held: dict[str, str] = {}
        katas = [kata.name, *course.needed(kata.name)]
        self.exports = {
            name: (course.katas[name].module, course.katas[name].file.exports) for name in katas
        }

    def fits(self, kata: Kata, bundle: Bundle) -> bool:
        """Whether this place can be had for a bundle: all but the texts is as it was."""
        now = self.bundle
        return (
            kata is self.kata
            and (bundle.mine, bundle.borrowed) == (now.mine, now.borrowed)
            and bundle.texts.keys() == now.texts.keys()
        )

    def change(self, bundle: Bundle) -> None:
        """Load this from now on; it differs from what was there in its texts only."""
        before, self.bundle = self.bundle.texts, bundle
        self.news |= {path: text for path, text in bundle.texts.items() if text != before[path]}
        if time.monotonic() - self.taken > LIMIT_MARGIN / 2:  # its processor time is limited
            self.close()

    def take(self, seed: int, deadline: float) -> None:
        """Have a worker with the modules loaded; raises `NotLoadedError`.

        A worker that is lost before it has loaded again, or that still answers something older,
        suffers from an earlier check: a new one takes this.
        """
        while True:
            used = self.worker is not None
            try:
                reply = self._loaded(seed, deadline)
            except LostError as lost:
                self.close()
                if used and lost.kind != "timeout":
                    continue
                kind: Any = lost.kind
                words = "while the module was being loaded, " + str(lost)
                raise NotLoadedError(Load(kind, words, self.kata.module)) from None
            if reply[0] == "unloaded":
                raise NotLoadedError(_load(reply, self.course.package))
            if reply[0] == "loaded" or not used:
                return
            self.close()

    def start_ahead(self) -> None:
        """Have a worker that knows everything but a late change; raises `LostError`."""
        self._start()
        self.taken = math.inf

    def _start(self) -> Worker:
        worker = self.worker = self.jail.fork()
        if self.jail.bell >= 0:
            worker.heed(self.jail.bell)
        self.taken, self.news = time.monotonic(), {}
        self.held = worker.setup(self._setup(), time.monotonic() + START_SECONDS)
        return worker

    def _loaded(self, seed: int, deadline: float) -> list[Any]:
        worker = self.worker or self._start()
        if self.taken == math.inf:
            self.taken = time.monotonic()
        news, self.news = self.news, {}
        reply, _ = worker.ask(["load", seed, news], deadline)
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
            "mine": self.bundle.mine,
            "probes": probes.read_text(encoding="utf-8") if probes.is_file() else None,
            "result_bytes": limits.result_mb * 2**20,
            "output_bytes": limits.output_kb * 1024,
            "memory_mb": limits.memory_mb,
            "cpu_seconds": int(limits.total_seconds) + LIMIT_MARGIN,
            "limited": self.jail.limited,
            "processor": self.jail.processor,
        }


def _load(reply: list[Any], package: str) -> Load:
    """Read the worker's account of a module that could not be loaded."""
    try:
        _, kind, message, file, line = reply
        if kind not in ("syntax", "refused_import", "raised"):
            kind = "raised"
        inside = readable(str(file)[:MESSAGE_CAP]).removeprefix(package + "/")
        words = readable(str(wire.unpack(message))[:MESSAGE_CAP])
        number = line if type(line) is int and line > 0 else None
        return Load(kind, words, inside or None, number)
    except (wire.WireError, ValueError, TypeError):
        return Load("raised", "the module could not be loaded")
