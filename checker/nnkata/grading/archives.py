"""Let a worker read the archive of a submission: the grader itself parses none of its bytes.

The program that reads it is `sandbox/child/archive_reader.py`. It is sent to the worker as text,
like a learner's module, so the worker is confined and limited in the same way.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import IO, Any

from msgspec import Struct

from ..errors import MachineryError
from ..files import MAX_BYTES
from ..model import Course
from ..sandbox import child
from ..sandbox.pool import WorkerPool
from ..sandbox.worker_client import Worker, WorkerLostError

MAX_ARCHIVE_BYTES = 2**25
"""The size limit of an archive."""
MAX_REFUSED = 20
"""The maximum number of refused names that are listed; the others are counted."""
READ_SECONDS = 20.0
"""Wall-clock time for one archive, on a machine that may be busy."""
PROCESSOR_SECONDS = 5
"""Processor time for one archive, so that an attack ends.

20 MB of incompressible data take one second as zip, two as xz and four as bz2.
"""
MEMORY_MB = 384
"""Resident memory of the worker that reads an archive, in MiB."""
LIMITS = {
    "entries": 20_000,
    "name_characters": 2**21,
    "tar_bytes": 2**26,
    "module_bytes": MAX_BYTES,
    "total_bytes": 2**22,
    "refused": MAX_REFUSED,
}
"""The limits of the reader: names, bytes of an unpacked tar archive, bytes of modules."""
PIECE = 2**20
START_SECONDS = 30.0
PACKAGE, MODULE = "archives", "archive_reader.py"
Wanted = tuple[str, list[str], str]
"""The package of the course, the paths of its modules, and the only module that is graded."""


class ArchiveContent(Struct):
    """The content of an archive as a worker read it, by the paths of the course's modules."""

    data: dict[str, bytes]
    failures: dict[str, str]
    """Modules that exist but cannot be used, such as links, and why."""
    refused: list[tuple[str, str]]
    """The first refused names, each with the reason."""
    refused_count: int
    problem: str = ""
    """Why the archive cannot be graded: the kind of problem, else an empty string."""
    reason: str = ""
    place: str = ""


def read_archive(
    file: IO[bytes], course: Course, pool: WorkerPool, single: str = ""
) -> ArchiveContent:
    """Return the modules of the course in an archive; raises `MachineryError`.

    `single` is the only module that is graded, whose file may be anywhere, or "".
    """
    modules = [kata.module for kata in course.katas.values()]
    wanted = course.package, modules, single
    try:
        try:
            answer = _read_with_worker(file, pool, wanted)
        except WorkerLostError as lost:
            if not lost.with_server:
                raise
            # the fork server may have been killed for a reason that is not the archive's
            answer = _read_with_worker(file, pool, wanted)
        return _check(answer, set(modules))
    except WorkerLostError as lost:
        words = {
            "timeout": f"reading it takes more than {READ_SECONDS:g} s",
            "limit": f"reading it takes more than {PROCESSOR_SECONDS} s of processor time or "
            f"{MEMORY_MB} MiB of memory",
        }
        reason = words.get(lost.kind, f"the process that read it failed: {lost}")
        return _problem("limit", reason)


def _read_with_worker(file: IO[bytes], pool: WorkerPool, wanted: Wanted) -> Any:
    """Let a worker read the archive; return its answer, which may be anything."""
    file.seek(0)
    worker = _start_reader(pool)
    try:
        return _ask(worker, file, wanted)
    finally:
        worker.end()


def _start_reader(pool: WorkerPool) -> Worker:
    """Return a worker that has loaded the reader.

    Raises `MachineryError`, and `WorkerLostError` if the fork server has ended.
    """
    worker = pool.fork()
    why: object = ""
    try:
        worker.setup(_setup(), time.monotonic() + START_SECONDS)
        reply, _ = worker.ask(["load", 0, {}], time.monotonic() + START_SECONDS)
        if reply[0] == "loaded":
            return worker
        why = reply
    except WorkerLostError as lost:
        if lost.with_server:
            raise
        why = lost
    worker.end()
    raise MachineryError(
        f"no process can read an archive: {why}", next_step="`kata doctor` shows what is missing"
    )


def _ask(worker: Worker, file: IO[bytes], wanted: Wanted) -> Any:
    """Send the archive to the worker in pieces; return its answer, which may be anything."""
    from ..sandbox.child import protocol

    deadline = time.monotonic() + READ_SECONDS
    rest = MAX_ARCHIVE_BYTES
    while rest and (piece := file.read(min(PIECE, rest))):
        rest -= len(piece)
        _call(worker, "add", [["a", "|u1", [len(piece)], piece]], deadline)
    arguments = [protocol.pack(value) for value in (*wanted, LIMITS)]
    try:
        return protocol.unpack(_call(worker, "read", arguments, deadline))
    except protocol.WireError as error:
        raise worker.refuse(str(error)) from None


def _call(worker: Worker, function: str, arguments: list[Any], deadline: float) -> Any:
    reply, _ = worker.ask(["call", 0, ["m", MODULE, function], arguments, {}], deadline)
    if reply[0] == "raised" and reply[1:2] == ["MemoryError"]:
        raise WorkerLostError("limit", "")
    if reply[0] != "ok" or len(reply) < 2:
        raise worker.refuse("no result")
    return reply[1]


def _setup() -> dict[str, Any]:
    """Return the first message to the worker: the reader's text, and the limits."""
    text = (Path(child.__file__).parent / MODULE).read_text(encoding="utf-8")
    return {
        "package": PACKAGE,
        "module": MODULE,
        "exports": {},
        "given": [],
        "texts": {MODULE: text},
        "data": {},
        "own": [],
        "probes": None,
        "result_bytes": 2 * LIMITS["total_bytes"] + 2**20,
        "output_bytes": 2**16,
        "memory_mb": MEMORY_MB,
        "cpu_seconds": PROCESSOR_SECONDS,
        "limited": True,
        "processor": None,
    }


def _problem(kind: str, reason: str, place: str = "") -> ArchiveContent:
    return ArchiveContent({}, {}, [], 0, kind, reason, place)


def _check(answer: Any, modules: set[str]) -> ArchiveContent:
    """Validate the worker's answer, which may be anything, and return it as content."""
    if type(answer) is not dict:
        return _problem("damaged", "the process that read it gave no result")
    content = _problem(*(str(answer.get(key, "")) for key in ("problem", "reason", "place")))
    if content.problem == "memory":
        content.problem = "limit"
        content.reason = f"reading it takes more than {MEMORY_MB} MiB of memory"
    if not content.problem:
        content.data = {
            module: text.encode("latin-1", "replace")
            for module, text in _texts(answer.get("texts"))
            if module in modules
        }
        content.failures = {m: w for m, w in _texts(answer.get("failures")) if m in modules}
    names = answer.get("refused")
    if type(names) is list:
        pairs = [pair for pair in names[:MAX_REFUSED] if type(pair) is list and len(pair) == 2]
        content.refused = [(str(name), str(why)) for name, why in pairs]
    count = answer.get("refused_count")
    content.refused_count = count if type(count) is int else len(content.refused)
    return content


def _texts(value: Any) -> list[tuple[str, str]]:
    """Return the pairs of texts in a dict, or an empty list if it is not a dict."""
    if type(value) is not dict:
        return []
    return [(k, v) for k, v in value.items() if type(k) is str and type(v) is str]
