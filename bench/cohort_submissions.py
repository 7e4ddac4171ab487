"""Generate a cohort: submissions of one kata in every state and in the layouts of all platforms.

The texts are the reference, the variants and the mistakes of the kata, the modules that people
wrote from the README alone (tests/blind), and everything in tests/attacks.
"""

# ruff: noqa: ARG001  # all functions that write a submission get the same arguments

from __future__ import annotations

import io
import os
import random
import re
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tests.attacks.archives import TRAPS, Trap
from tests.attacks.harness import Attack, attacks

from nnkata.course.mistakes import mistake_text, read_mistakes
from nnkata.gradebook.records import Student
from nnkata.model import Kata

KATA = "softmax"
REPOSITORY = Path(__file__).resolve().parents[1]
PERSON, FULL, PART, ANY = "needs a person", "every point", "not every point", "any"
UNSTABLE = ("forging_many_values", "resources_loop", "resources_output")
"""Attacks that reach a limit at another line, check or character each time; they get no points."""
SHARES = {
    "right": 0.30, "known mistake": 0.25, "written by others": 0.10,
    "changed at random": 0.10, "copied": 0.05,
}  # fmt: skip
"""Share of each kind. Every attack occurs once, and the remaining submissions are broken."""
CHANGES = [("axis=-1", "axis=0"), ("keepdims=True", "keepdims=False"), ("max", "min"), ("-", "+"),
           ("return ", "yield "), ("def ", "def  ("), ("exp", "log")]  # fmt: skip


class CohortSubmission(NamedTuple):
    """A generated submission: its name, its kind, its layout, and its expected result."""

    name: str
    kind: str
    layout: str
    expected: str
    unstable: bool = False
    """Whether the text of its verdict depends on the speed of the machine."""


class Layout(NamedTuple):
    """A layout for one module: the name of the submission, and the function that writes it."""

    name: str
    write: Callable[[Path, str, str], None]
    """Called with the path of the submission, the text, and the path of the module in mynn."""


def files(root: Path, texts: dict[str, str]) -> None:
    """Write texts into a folder; lone surrogates are written unchanged."""
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="surrogatepass")


def zipped(texts: dict[str, str]) -> bytes:
    """Return a zip archive; backslashes in names are kept, as PowerShell writes them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, text.encode("utf-8", "surrogatepass"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(texts: dict[str, str], mode: str) -> bytes:
    """Return a tar archive, compressed according to `mode`."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, text in texts.items():
            info, data = tarfile.TarInfo(name), text.encode("utf-8", "surrogatepass")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def folder(inside: str, stray: bool = False, name: str = "") -> Callable[[Path, str, str], None]:
    """Return a function that writes a folder with the package at `inside`."""

    def write(path: Path, text: str, module: str) -> None:
        files(path, {f"{inside}{name or module}": text})
        if stray:
            files(path, {"Thumbs.db": "", "desktop.ini": "", "__MACOSX/mynn/._x": ""})

    return write


def archive(inside: str, name: str = "", into: str = "", mode: str = "zip") -> Callable[..., None]:
    """Return a function that writes an archive with the package at `inside`.

    With `into`, the archive gets this name in a folder.
    """

    def write(path: Path, text: str, module: str) -> None:
        texts = {f"{inside}{name or module}": text, f"{inside}README.md": "hello"}
        if "\\" in inside:
            texts = {key.replace("/", "\\"): value for key, value in texts.items()}
        data = zipped(texts) if mode == "zip" else tarred(texts, mode)
        target = path / into if into else path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    return write


def single(into: str = "") -> Callable[[Path, str, str], None]:
    """Return a function that writes the file of the module alone, or into a folder."""

    def write(path: Path, text: str, module: str) -> None:
        target = path / into if into else path
        files(target.parent, {target.name: text})

    return write


MOODLE = "{full}_{moodle}_assignsubmission_file"
CANVAS = "{canvasname}_{canvas}_98765_"
CANVAS_LATE = "{canvasname}_LATE_{canvas}_98765_"
LAYOUTS = {
    "a folder": Layout("{id}", folder("mynn/")),
    "deep inside": Layout("{id}", folder("home/uni/dl/week1/mynn/")),
    "next to stray files": Layout("{id}", folder("mynn/", stray=True)),
    "a clone from GitHub": Layout("week-3-{github}", folder("mynn/")),
    "a zip from GitHub": Layout("week-3-{github}-main.zip", archive("week-3-main/mynn/")),
    "a zip in Moodle's folder": Layout(MOODLE, archive("mynn/", into="mynn.zip")),
    "a folder of Moodle's": Layout(f"{MOODLE}_", folder("mynn/")),
    "a file in Moodle's folder": Layout(MOODLE, single("softmax.py")),
    "a zip from Moodle": Layout(f"{MOODLE}_mynn.zip", archive("mynn/")),
    "a zip from Canvas": Layout(f"{CANVAS}mynn.zip", archive("mynn/")),
    "a late zip from Canvas": Layout(f"{CANVAS_LATE}mynn-1.zip", archive("mynn/")),
    "a file from Canvas": Layout(f"{CANVAS}softmax-1.py", single()),
    "a single file": Layout("{id}.py", single()),
    "a zip of one file": Layout("{id}.zip", archive("", name="softmax.py")),
    "PowerShell's backslashes": Layout("{id}.zip", archive("work\\mynn\\")),
    "capitals": Layout("{id}", folder("Mynn/", name="Forward/SoftMax.py")),
    "capitals in a zip": Layout("{id}.ZIP", archive("MYNN/", name="FORWARD/softmax.py")),
    "a second download": Layout("{id}", folder("mynn (1)/")),
    "a second download in a zip": Layout("{id} (1).zip", archive("mynn (1)/")),
    "tar.gz": Layout("{id}.tar.gz", archive("work/mynn/", mode="w:gz")),
    "tar.xz": Layout("{id}.tar.xz", archive("mynn/", mode="w:xz")),
}
"""All layouts in which the grader finds the module."""
STRAY = ("Thumbs.db", "desktop.ini", ".DS_Store", "submission_metadata.yml", "grades.csv",
         "__MACOSX/x")  # fmt: skip


def cut_off(path: Path, text: str, module: str, draw: random.Random) -> None:
    """Write a truncated archive."""
    data = zipped({f"mynn/{module}": text})
    path.write_bytes(data[: draw.randrange(len(data) - 30)])


def damaged(path: Path, text: str, module: str, draw: random.Random) -> None:
    """Write an archive with changed compressed bytes."""
    data = bytearray(zipped({f"mynn/{module}": text}))
    for place in range(60, 90):
        data[place] = draw.randrange(256)
    path.write_bytes(data)


def empty(path: Path, text: str, module: str, draw: random.Random) -> None:
    """Write an empty folder."""
    path.mkdir()


def unrelated(path: Path, text: str, module: str, draw: random.Random) -> None:
    """Write a folder with unrelated files."""
    files(path, {"essay.txt": text[: draw.randrange(50)], "src/main.c": "int main(void) {}\n"})


def doubled(path: Path, text: str, module: str, draw: random.Random) -> None:
    """Write a folder with two copies of the package, one of them deeper."""
    files(path, {f"old/mynn/{module}": text, f"new/try/mynn/{module}": f"# newer\n{text}"})


def several(path: Path, text: str, module: str, draw: random.Random) -> None:
    """Write a folder with two archives."""
    path.mkdir()
    for name in ("mynn.zip", "mynn-new.zip"):
        (path / name).write_bytes(zipped({f"mynn/{module}": f"# {name}\n{text}"}))


def document(path: Path, text: str, module: str, draw: random.Random) -> None:
    """Write a file that is not an archive."""
    path.write_bytes(b"%PDF-1.7\n" + draw.randbytes(300))


def other_module(path: Path, text: str, module: str, draw: random.Random) -> None:
    """Write only the file of another module."""
    files(path, {"step.py": text})


BROKEN = {
    "cut off.zip": cut_off, "damaged.zip": damaged, "empty": empty, "unrelated": unrelated,
    "two packages": doubled, "two archives": several, "a document": document,
    "another module": other_module,
}  # fmt: skip


def student_of(number: int) -> Student:
    """Return the student with a number, with the identifiers of all platforms."""
    return Student(
        id=f"st{number:05}", name=f"Ada {number}", email=f"st{number:05}@x.org",
        github=f"ada-{number}x", moodle=str(500_000 + number), canvas=str(800_000 + number),
    )  # fmt: skip


def name_of(pattern: str, student: Student) -> str:
    """Return the name of a student's submission according to the pattern of a layout."""
    return pattern.format(
        id=student.id, github=student.github, moodle=student.moodle, canvas=student.canvas,
        full=student.name, canvasname=student.name.lower().replace(" ", ""),
    )  # fmt: skip


class CohortMaker:
    """Generates the submissions of a cohort; the same seed gives the same submissions."""

    def __init__(self, kata: Kata, root: Path, seed: int) -> None:
        """Read the texts of the kata; `root` is the folder for the submissions."""
        self.kata = kata
        self.root = root
        self.draw = random.Random(seed)
        self.made: list[CohortSubmission] = []
        self.students: list[Student] = []
        blind = REPOSITORY / "tests" / "blind" / kata.name
        variants = sorted((kata.folder / "variants").glob("*.py"))
        rights = [kata.reference, *variants, *sorted(blind.glob("right_*.py"))]
        self.right = [path.read_text(encoding="utf-8") for path in rights]
        self.known = [mistake_text(kata, one.name) for one in read_mistakes(kata)]
        self.others = [p.read_text(encoding="utf-8") for p in sorted(blind.glob("wrong_*.py"))]
        self.others.append(kata.stub.read_text(encoding="utf-8"))

    def make(self, size: int, hostile: bool = True, alike: int = 1) -> list[CohortSubmission]:
        """Write `size` submissions, with or without the attacks of tests/attacks.

        Groups of `alike` learners hand in the same text in different layouts.
        """
        self.root.mkdir(parents=True)
        for name in STRAY:
            files(self.root, {name: "no submission"})
        if hostile:
            for attack in attacks():
                if attack.kata == self.kata.name and "varies" not in attack.facts and attack.text:
                    text, unstable = self._text_of(attack), attack.name in UNSTABLE
                    self._add_text("hostile", text, ANY, unstable)
            for trap in TRAPS:
                self._add_trap(trap)
        sources: dict[str, tuple[list[str], str]] = {
            "right": (self.right, FULL), "known mistake": (self.known, PART),
            "written by others": (self.others, PART),
            "changed at random": (self.right, ANY), "copied": (self.right[:1], FULL),
        }  # fmt: skip
        for kind, share in SHARES.items():
            texts, expected = sources[kind]
            before = ""
            for number in range(min(round(share * size), size - len(self.made))):
                text = texts[number % len(texts)]
                if kind == "changed at random":
                    text = self._change(text) if number % alike == 0 else before
                elif kind != "copied":
                    text = f"{texts[number // alike % len(texts)]}\n# by {number // alike}\n"
                before = text
                self._add_text(kind, text, expected)
        while len(self.made) < size:
            self._add_broken()
        return self.made

    def _next(self) -> Student:
        self.students.append(student_of(len(self.students)))
        return self.students[-1]

    def _add_text(self, kind: str, text: str, expected: str, unstable: bool = False) -> None:
        title = list(LAYOUTS)[len(self.made) % len(LAYOUTS)]
        layout = LAYOUTS[title]
        name = name_of(layout.name, self._next())
        layout.write(self.root / name, text, self.kata.module)
        self.made.append(CohortSubmission(name, kind, title, expected, unstable))

    def _add_trap(self, trap: Trap) -> None:
        name = self._next().id
        trap.build(self.root / name, self.right[0], self.kata.reference)
        expected = {"person": PERSON, "all": FULL}.get(trap.marks, ANY)
        self.made.append(CohortSubmission(name, "hostile archive or folder", trap.name, expected))

    def _add_broken(self) -> None:
        title = list(BROKEN)[len(self.made) % len(BROKEN)]
        name = self._next().id + Path(title).suffix
        BROKEN[title](self.root / name, self.right[0], self.kata.module, self.draw)
        self.made.append(CohortSubmission(name, "broken", title, PERSON))

    def _change(self, text: str) -> str:
        """Return the text with one small change, which may still be right."""
        old, new = self.draw.choice([pair for pair in CHANGES if pair[0] in text])
        place = self.draw.choice([found.start() for found in re.finditer(re.escape(old), text)])
        return text[:place] + new + text[place + len(old) :]

    def _text_of(self, attack: Attack) -> str:
        places = {
            "checks": self.kata.checks, "reference": self.kata.reference, "temp": self.root,
            "beside": self.root / "beside.txt", "grader": os.getpid(), "port": 9,
            "site": Path(np.__file__).parents[1],
        }  # fmt: skip
        text = attack.text
        for name, value in places.items():
            text = text.replace(f"@{name}@", str(value))
        return text
