"""Checks of a kata that run no module: lesson, hints, points, files, stub and imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from msgspec import Struct

from ..checking.pytest_session import CheckInfo
from ..course.definitions import compare_definitions
from ..course.mistakes import Mistake, find_base, parse_course_file
from ..course.stub import stub_text
from ..errors import CourseError
from ..lessons.markdown import unreadable_formulas
from ..model import Course, Kata
from .lesson_checks import lesson_faults
from .module_ast import OutlineItem, imported_modules, is_always_allowed, outline

MISTAKES_WANTED = 4
VARIANTS_WANTED = 2
HINTS_WANTED = 3
UNFINISHED = "TODO"
FILES = {
    "kata.toml", "README.md", "stub.py", "checks.py", "pictures.py", "probes.py", "mutants.toml",
}  # fmt: skip


class Finding(Struct, frozen=True):
    """A problem of a kata: what is missing or wrong, where, and the next step."""

    what: str
    where: str
    next_step: str


def at(path: Path, line: int = 0) -> str:
    """Return a path as text, with the number of a line if it is not 0."""
    return f"{path}:{line}" if line else str(path)


def unusable_files(kata: Kata, course: Course) -> Iterator[Finding]:
    """Yield findings about files of a kata and of its prerequisites that cannot be parsed."""
    beside = [kata.stub, kata.probes, kata.folder / "pictures.py"]
    needed = [course.katas[name].reference for name in course.all_needs(kata.name)]
    given = [path for path in course.given.values() if path.suffix == ".py"]
    for path in (
        kata.reference, *beside, *kata.mistakes(), *kata.variants(), *needed, *given,
    ):  # fmt: skip
        if path.is_file():
            try:
                parse_course_file(path)
            except CourseError as error:
                yield Finding(error.message, at(path), "fix the file")


class StaticChecks:
    """The parts of the definition of done that run no module; each is a generator of findings."""

    def __init__(
        self,
        kata: Kata,
        course: Course,
        reference: str,
        mistakes: Mapping[str, Mistake],
        infos: Sequence[CheckInfo],
    ) -> None:
        """Set the kata, its reference's text and mistakes, and the facts about all its checks."""
        self.kata = kata
        self.course = course
        self.reference = reference
        self.mistakes = mistakes
        self.infos = infos

    def files(self) -> Iterator[Finding]:
        """Check that all parts of the kata are complete, and no file is unknown or unfinished."""
        kata, toml = self.kata, at(self.kata.folder / "kata.toml")
        if not kata.lesson.is_file():
            yield Finding("there is no lesson", at(kata.lesson), "write README.md")
        else:
            lesson = kata.lesson.read_text(encoding="utf-8")
            for line, error in unreadable_formulas(lesson):
                yield Finding(
                    f"a formula cannot be read: {error}",
                    at(kata.lesson, line),
                    "write it as docs/instructor/authoring.md says, or fence it as code",
                )
            for line, problem, next_step in lesson_faults(lesson):
                yield Finding(problem, at(kata.lesson, line), next_step)
        hints = kata.file.hints
        if len(hints) < HINTS_WANTED:
            yield Finding(
                f"{len(hints)} hints", toml, f"write at least {HINTS_WANTED}, each saying more"
            )
        elif len(set(hints)) < len(hints) or len(hints[0]) > len(hints[-1]):
            yield Finding(
                "the hints do not become more specific",
                toml,
                "end with nearly the answer",
            )
        total = sum(info.points for info in self.infos)
        if total != kata.file.points:
            yield Finding(
                f"points = {kata.file.points}, but the checks add up to {total}",
                toml,
                f"write points = {total}",
            )
        for fault in kata.file.faults:
            if fault not in self.mistakes:
                yield Finding(
                    f"the fault {fault} is not a mistake of this kata", toml, "correct `faults`"
                )
        if kata.file.repair and not kata.file.faults:
            yield Finding(
                "a repair kata without faults", toml, "list in `faults` the mistakes the stub makes"
            )
        for name, level in kata.file.hint_for.items():
            if name not in self.mistakes or level > len(hints):
                yield Finding(
                    f"hint_for {name} = {level} does not name a mistake and a hint of this kata",
                    toml,
                    "write a mistake's name and the number of a hint",
                )
        checks = {info.name for info in self.infos}
        for name, level in kata.file.hint_for_check.items():
            if name not in checks or level > len(hints):
                yield Finding(
                    f"hint_for_check {name} = {level} does not name a check and a hint of this "
                    "kata",
                    toml,
                    "write a check's name and the number of a hint",
                )
        yield from self._replacements()
        if not kata.file.draft or not self.mistakes:
            wanted = 1 if kata.file.draft else MISTAKES_WANTED
            yield from self._too_few("mistakes", len(self.mistakes), wanted)
            if not kata.file.draft:
                yield from self._too_few("variants", len(kata.variants()), VARIANTS_WANTED)
        for path in sorted(kata.folder.iterdir()):
            if path.is_file() and path.name not in FILES:
                yield Finding("a file that is not part of a kata", at(path), "remove it")
        yield from self.unfinished_files()

    def _replacements(self) -> Iterator[Finding]:
        """Check that each mistake has a docstring, and only definitions that differ."""
        for mistake in self.mistakes.values():
            path = mistake.path
            if not mistake.text:
                yield Finding(
                    "a mistake without a docstring",
                    at(path),
                    "write it: it is the diagnosis that a learner reads",
                )
            base = find_base(self.kata, path).read_text(encoding="utf-8")
            count = 0
            for line, name, equal in compare_definitions(base, path.read_text(encoding="utf-8")):
                count += 1
                if equal is None and not _is_special(name):
                    yield Finding(
                        f"`{name}` replaces nothing",
                        at(path, line),
                        "write the code in a definition that the right solution has too",
                    )
                elif equal:
                    yield Finding(
                        f"`{name}` is the same as in the right solution",
                        at(path, line),
                        "remove it",
                    )
            if not count:
                yield Finding(
                    "the mistake replaces nothing", at(path), "write the definition that is wrong"
                )

    def unfinished_files(self) -> Iterator[Finding]:
        """Check that neither the files of the kata nor the reference contain a TODO."""
        kata = self.kata
        files = [kata.folder / name for name in sorted(FILES)]
        for path in (*files, *kata.mistakes(), *kata.variants(), kata.reference):
            lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
            line = next((i for i, text in enumerate(lines, 1) if UNFINISHED in text), None)
            if line is not None:
                yield Finding(
                    f"there is still a {UNFINISHED}",
                    at(path, line),
                    "finish it and remove the mark",
                )

    def _too_few(self, folder: str, count: int, wanted: int) -> Iterator[Finding]:
        if count < wanted:
            yield Finding(
                f"{count} {folder}, but {wanted} are required",
                at(self.kata.folder / folder),
                f"write {wanted - count} more",
            )

    def agreement(self) -> Iterator[Finding]:
        """Check that stub and reference agree in names, signatures and docstrings."""
        try:
            text = self.kata.stub.read_text(encoding="utf-8")
            stub = outline(text)
        except FileNotFoundError:
            yield Finding("there is no stub", at(self.kata.stub), "write stub.py")
            return
        findings = list(self._outlines(stub))
        yield from findings
        if findings or self.kata.file.repair:
            return
        expected = stub_text(self.reference, self.kata.name, self.kata.file.gives).splitlines()
        pairs = zip_longest(expected, text.splitlines())
        line = next((n for n, (one, other) in enumerate(pairs, 1) if one != other), None)
        if line is not None:
            yield Finding(
                "the stub does not match the reference",
                at(self.kata.stub, line),
                f"run: kata stub {self.kata.name}",
            )

    def _outlines(self, stub: Mapping[str, OutlineItem]) -> Iterator[Finding]:
        reference = outline(self.reference)
        for name in self.kata.file.exports:
            if name not in reference:
                yield Finding(
                    f"the reference does not define `{name}`, which kata.toml exports",
                    at(self.kata.reference),
                    "define it, or correct `exports`",
                )
        for name in sorted(reference.keys() | stub.keys()):
            if name not in stub:
                yield Finding(
                    f"the stub lacks `{name}`", at(self.kata.stub), "add it with its body"
                )
            elif name not in reference:
                yield Finding(
                    f"the stub has `{name}`, but the reference does not",
                    at(self.kata.stub),
                    "remove it, or make it private in the stub",
                )
            elif stub[name] != reference[name]:
                part = (
                    "signature"
                    if stub[name].signature != reference[name].signature
                    else "docstring"
                )
                yield Finding(
                    f"the {part} of `{name}` differs between stub and reference",
                    at(self.kata.stub),
                    "copy it from the reference",
                )

    def imports(self) -> Iterator[Finding]:
        """Check that modules import only `needs`, given files, numpy and the standard library."""
        course, kata = self.course, self.kata
        allowed = {course.katas[n].module for n in course.all_needs(kata.name)}
        allowed |= {path for path in course.given if path.endswith(".py")} | {kata.module}
        given = {g.rpartition(".")[2] for g in kata.file.gives}
        for path in (kata.reference, kata.stub, *kata.variants(), *kata.mistakes()):
            if not path.is_file():
                continue
            for line, name in imported_modules(
                path.read_text(encoding="utf-8"), kata.module, course.package
            ):
                package = f"{name.removesuffix('.py')}/__init__.py"
                if name in allowed or package in allowed or is_always_allowed(name):
                    continue
                if Path(name).stem in given or self._is_given_import(name):
                    continue
                owner = next((k.name for k in course.katas.values() if k.module == name), None)
                yield Finding(
                    f"it imports `{name}`, which is not in `needs`",
                    at(path, line),
                    f'add "{owner}" to `needs`' if owner else "use numpy and the standard library",
                )

    def _is_given_import(self, name: str) -> bool:
        """Return whether `name` is a later kata's module, which a method in `gives` may import."""
        return bool(self.kata.file.gives) and any(
            k.module == name and self.kata.name in self.course.all_needs(k.name)
            for k in self.course.katas.values()
        )


def _is_special(name: str) -> bool:
    """Return whether Python itself calls a method, so that adding it changes a class."""
    short = name.rpartition(".")[2]
    return short.startswith("__") and short.endswith("__")
