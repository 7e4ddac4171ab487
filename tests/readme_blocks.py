"""Run the README's console blocks as they stand, and compare what they print.

    python tests/readme_blocks.py            show what differs
    python tests/readme_blocks.py --write    write what was printed into the README

A block marked `console` holds commands behind `$ ` (lines of a here-document behind `> `) and
below each what it prints. A line `…` alone stands for any lines. All blocks run one after the
other in one shell, in an empty folder, at 80 columns and without colour.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).parents[1] / "README.md"
ANY = "…"
MARK = "\x01"


class Command(NamedTuple):
    """A command of the README: its lines, and where and what it is said to print."""

    text: str
    start: int
    printed: list[str]


def commands(lines: list[str]) -> list[Command]:
    """Return the commands of all console blocks, in order."""
    found: list[Command] = []
    inside = False
    text: list[str] = []
    printed: list[str] = []
    start = 0
    for number, line in enumerate(lines):
        if line.startswith("```"):
            if inside and text:
                found.append(Command("\n".join(text), start, printed))
            inside, text, printed = line == "```console", [], []
        elif inside and line.startswith("$ "):
            if text:
                found.append(Command("\n".join(text), start, printed))
            text, printed, start = [line[2:]], [], number + 1
        elif inside and line.startswith("> ") and not printed:
            text.append(line[2:])
            start = number + 1
        elif inside and line == ">" and not printed:
            text.append("")
            start = number + 1
        elif inside:
            printed.append(line)
    return found


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
    """Whether what a command printed is what the README says, with `…` for any lines."""
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


def differences() -> list[str]:
    """Return a sentence for every command that prints something else than the README says."""
    wanted = commands(README.read_text(encoding="utf-8").splitlines())
    told = []
    for command, printed in zip(wanted, run(wanted), strict=True):
        said = command.printed[:-1] if command.printed[-1:] == [""] else command.printed
        if not same(said, printed):
            shown = "\n".join(printed)
            told.append(f"README.md:{command.start}: `{command.text}` prints\n{shown}")
    return told


def write() -> None:
    """Put what was printed into the README, where no `…` stands."""
    lines = README.read_text(encoding="utf-8").splitlines()
    wanted = commands(lines)
    for command, printed in reversed(list(zip(wanted, run(wanted), strict=True))):
        if any(line.strip() == ANY for line in command.printed):
            continue
        end = command.start + len(command.printed)
        gap = [""] if command.printed[-1:] == [""] else []
        lines[command.start : end] = printed + gap
    README.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    for difference in differences():
        print(difference, end="\n\n")
