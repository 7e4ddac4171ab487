"""Run the console blocks of the README and of docs/, and compare what they print.

    python tests/readme_blocks.py [PAGE ...]            show what differs
    python tests/readme_blocks.py --write [PAGE ...]    write what was printed into the pages

A block marked `console` has commands after `$ ` (lines of a here-document after `> `) and below
each command what it prints. A line `…` alone matches any lines. `--write` keeps such lines: of what
was printed it takes the lines that are most like those between them, so read what it wrote.

A comment that begins with the line `<!-- console` has commands that a reader does not see, which
prepare what the page shows. What they print is not compared.

All blocks of a page run one after the other in one shell, in an empty folder, at 80 columns and
without colour.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
ANY = "…"
MARK = "\x01"
ELSEWHERE = {
    "docs/instructor/plugins.md": "tests/test_packs.py runs it, in an environment of its own"
}


class Command(NamedTuple):
    """A command of a page: its lines, and where and what it is said to print."""

    text: str
    start: int
    printed: list[str]
    compared: bool = True


def pages() -> list[Path]:
    """Return the README and all pages of docs/ that have console blocks, the README first."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [p for p in found if name(p) not in ELSEWHERE and commands(lines_of(p))]


def name(page: Path) -> str:
    """Return a page's path in the repository."""
    return page.resolve().relative_to(ROOT).as_posix()


def lines_of(page: Path) -> list[str]:
    """Return the lines of a page."""
    return page.read_text(encoding="utf-8").splitlines()


def commands(lines: list[str]) -> list[Command]:
    """Return the commands of all console blocks, in order."""
    found: list[Command] = []
    for compared, start, end in blocks(lines):
        begins = [n for n in range(start, end) if lines[n].startswith("$ ")]
        for begin, following in zip(begins, [*begins[1:], end], strict=True):
            text, place = [lines[begin][2:]], begin + 1
            while place < following and re.match(r">( |$)", lines[place]):
                text.append(lines[place][2:])
                place += 1
            found.append(Command("\n".join(text), place, lines[place:following], compared))
    return found


def blocks(lines: list[str]) -> Iterator[tuple[bool, int, int]]:
    """Yield for each block whether it is shown, its first line and the line after its last."""
    ends = {"```console": "```", "<!-- console": "-->"}
    number = 0
    while number < len(lines):
        end = ends.get(lines[number])
        number += 1
        if end:
            start = number
            number = lines.index(end, start)
            yield end == "```", start, number


def run(wanted: list[Command]) -> list[list[str]]:
    """Run the commands in one shell and return what each printed."""
    script = "\n".join(f"printf '\\001\\n'\n{{ {c.text}\n}} 2>&1" for c in wanted)
    kept = ("LD_LIBRARY_PATH", "OPENBLAS_CORETYPE", "SSL_CERT_FILE")
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": folder,
            "COLUMNS": "80",
            "LANG": "C.UTF-8",
        }
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=300,
        )
    parts = done.stdout.split(MARK + "\n")[1:]
    return [[line.rstrip() for line in part.splitlines()] for part in parts]


def same(said: list[str], printed: list[str]) -> bool:
    """Whether what a command printed is what a page says, with `…` for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == ANY else re.escape(_steady(line)) + r"\n" for line in said
    )
    return re.fullmatch(pattern, "".join(_steady(line) + "\n" for line in printed)) is not None


def _steady(line: str) -> str:
    """Mask what differs from run to run, times, and from processor to processor, training."""
    if re.match(r"\s+(step|epoch|loss|accuracy|trained|mean|worst|[01] xor)|\d+ gradients", line):
        line = re.sub(r"\d+\.\d+(e-\d+)?", "#", line)
    line = re.sub(r"protection level .*", "protection level #", line)  # the machine's
    return re.sub(r"\d+\.\d+ s\b", "# s", line.rstrip())


def differences(page: Path) -> list[str]:
    """Return a sentence for every command that prints something else than the page says."""
    wanted = commands(lines_of(page))
    found = []
    for command, printed in zip(wanted, run(wanted), strict=True):
        said = command.printed[:-1] if command.printed[-1:] == [""] else command.printed
        if command.compared and not same(said, printed):
            shown = "\n".join(printed)
            found.append(f"{name(page)}:{command.start}: `{command.text}` prints\n{shown}")
    return found


def write(page: Path) -> None:
    """Put what was printed into the page, as much of it as the page shows."""
    lines = lines_of(page)
    wanted = commands(lines)
    for command, printed in reversed(list(zip(wanted, run(wanted), strict=True))):
        if not command.compared:
            continue
        end = command.start + len(command.printed)
        gap = [""] if command.printed[-1:] == [""] else []
        said = command.printed[: len(command.printed) - len(gap)]
        if not same(said, printed):
            lines[command.start : end] = excerpt(said, printed) + gap
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def excerpt(said: list[str], printed: list[str]) -> list[str]:
    """Return what was printed, shortened by `…` where the page shortens it."""
    if ANY not in map(str.strip, said):
        return printed
    parts = [list(part) for is_any, part in groupby(said, lambda s: s.strip() == ANY) if not is_any]
    made: list[str] = [] if said[:1] != [ANY] else [ANY]
    place = 0
    for number, part in enumerate(parts):
        last = number == len(parts) - 1 and said[-1].strip() != ANY
        starts = range(place, max(place, len(printed) - len(part)) + 1)
        if number == 0 and said[0].strip() != ANY:
            start = 0
        elif last:
            start = starts[-1]
        else:
            start = max(starts, key=lambda n: _alike(part, printed[n : n + len(part)]))
        place = start + len(part)
        made += [*printed[start:place], *([] if last else [ANY])]
    return made or [ANY]


def _alike(one: list[str], other: list[str]) -> float:
    return SequenceMatcher(None, "\n".join(one), "\n".join(other)).ratio()


def main() -> None:
    """Show what differs, after writing what can be written if that is asked for."""
    chosen = [Path(word) for word in sys.argv[1:] if word != "--write"] or pages()
    for page in chosen:
        if why := ELSEWHERE.get(page.as_posix()):
            raise SystemExit(f"{page} is not run here: {why}")
        if "--write" in sys.argv:
            write(page)
        for difference in differences(page):
            print(difference, end="\n\n")


if __name__ == "__main__":
    main()
