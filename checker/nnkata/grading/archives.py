"""Let a worker read the archive of a submission: the grader itself parses none of its bytes.

The program that reads it is `sandbox/child/archive_reader.py`. It is sent to the worker as text,
like a learner's module, so the worker is confined and limited in the same way.
"""

from __future__ import annotations

import time
from typing import IO, Any

from msgspec import Struct

from ..files import MAX_BYTES
from ..model import Course
from ..sandbox.pool import WorkerPool
from ..sandbox.program import Program, ProgramLimits, engine_texts
from ..sandbox.worker_client import WorkerLostError

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
MODULE = "sandbox/child/archive_reader.py"
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
    wanted, limits = (course.package, modules, single), _limits()
    try:
        try:
            answer = _read_with_program(file, pool, limits, wanted)
        except WorkerLostError as lost:
            if not lost.with_server:
                raise
            # the fork server may have been killed for a reason that is not the archive's
            answer = _read_with_program(file, pool, limits, wanted)
        return _check(answer, set(modules))
    except WorkerLostError as lost:
        return _problem("limit", limits.describe("reading it", lost))


def _read_with_program(
    file: IO[bytes], pool: WorkerPool, limits: ProgramLimits, wanted: Wanted
) -> Any:
    """Let a worker read the archive; return its answer, which may be anything."""
    file.seek(0)
    program = Program(pool, limits, _texts_of_program(), MODULE)
    try:
        return _ask(program, file, wanted)
    finally:
        program.end()


def _limits() -> ProgramLimits:
    return ProgramLimits(
        seconds=READ_SECONDS,
        processor_seconds=PROCESSOR_SECONDS,
        memory_mb=MEMORY_MB,
        result_bytes=2 * LIMITS["total_bytes"] + 2**20,
    )


def _texts_of_program() -> dict[str, str]:
    return engine_texts(MODULE)


def _ask(program: Program, file: IO[bytes], wanted: Wanted) -> Any:
    """Send the archive to the worker in pieces; return its answer, which may be anything."""
    from ..sandbox.child import protocol

    deadline = time.monotonic() + READ_SECONDS
    rest = MAX_ARCHIVE_BYTES
    while rest and (piece := file.read(min(PIECE, rest))):
        rest -= len(piece)
        program.call_packed("add", [["a", "|u1", [len(piece)], piece]], deadline)
    arguments = [protocol.pack(value) for value in (*wanted, LIMITS)]
    return program.call_packed("read", arguments, deadline)


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
