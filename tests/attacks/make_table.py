"""Run every attack and write what came of it to docs/grader/attacks.md.

python -m tests.attacks.make_table --write
python -m tests.attacks.make_table --costs    writes only what the attacks cost, from costs.json
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .archives import TRAPS
from .harness import HANDED_IN, attacks

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "grader" / "attacks.md"
COSTS = Path(__file__).parent / "costs.json"
"""What `python -m bench.attack_cost --write` measured."""
KINDS = {
    "control": "Honest submissions",
    "exits": "Ending the process early",
    "forging": "Forging results and answers",
    "spying": "Looking for checks, answers and secrets",
    "lies": "Answers that lie about what they are",
    "oracle": "Right answers by unwanted means",
    "state": "State between checks",
    "resources": "Using up resources",
    "kill": "Ending the grader",
    "escape": "Escaping from the sandbox",
    "network": "Using the network",
    "messages": "Text that acts where it is shown",
    "archive": "Archives",
    "folder": "Folders",
}
HEAD = """\
# Attacks and their results

`python -m tests.attacks.make_table --write` writes this page from a run of `tests/attacks`, and
every run of the tests is compared with it. Each attack is a submission of the project against the
katas softmax, value and gradient-descent, or a folder or archive that is handed in. There are {}
in all: {} attacks, and the rest are honest modules and right answers by unwanted means.

A cell says how many of the points were earned and the outcomes of the checks, or why the module
was not loaded. `could:` names what was not refused, `shows:` names a planted secret that is in a
report, and `leaves:` names what was still there afterwards. Level 2 is the full protection. Level
1 protects files and system calls, without namespaces. Level 0 is only a separate process and the
limits. On level 0 only attacks that are safe there were run. The cells are the results of the
user who ran the table. The tests also run every attack as an ordinary user on levels 2 and 1, and
no attack may earn points, leak a secret or leave something there either.

`python -m tests.attacks.carried` carries the attacks on softmax over to every other kata of the
course: each kata meets one of each kind, in turn, as a module with the functions and methods of its
own interface. No attack may earn more there than modules that do no work.
"""
Run = dict[str, Any]
MATRIX = Path(__file__).parent / "matrix.json"
"""What `python -m bench.attack_matrix --write` counted."""
MATRIX_TITLE = "## Every attack on every kata"
MATRIX_COLUMNS = (
    "level", "user", "katas", "combinations", "marks", "hangs", "ended", "leaks", "left", "date",
)  # fmt: skip
NOT_CLOSED = "## Not closed"
COST_TITLE = "## What one submission can cost"
COST_WORDS = ("seconds of a processor", "megabytes", "wall-clock seconds")


def start(level: int, names: Iterable[str] = (), module: str = "harness") -> subprocess.Popen[str]:
    """Start a grader of its own that meets the attacks on one level."""
    command = [sys.executable, "-W", "error", "-m", f"tests.attacks.{module}", str(level), *names]
    token = {"NNKATA_ATTACK_TOKEN": f"planted-environment-{secrets.token_hex(8)}"}
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | token,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> Run:
    out, error = process.communicate(timeout=1200)
    if process.returncode:
        raise RuntimeError(error)
    return dict(json.loads(out))


def runs() -> dict[int, Run]:
    """Run every attack on each level, two levels at a time."""
    protected = {level: start(level) for level in (2, 1)}
    done = {level: finished(process) for level, process in protected.items()}
    return done | {0: finished(start(0))}


def described() -> dict[str, dict[str, str]]:
    """Return, by its key, what each attack is and what is known of it."""
    found = {
        a.key: {"kind": a.kind, "tries": a.tries, "correct": a.correct} | a.facts for a in attacks()
    }
    return found | {
        f"{HANDED_IN}/{t.name}": {"kind": t.kind, "tries": t.tries, "correct": ""} for t in TRAPS
    }


def masked(cell: str) -> str:
    """Return a cell without its numbers: how many points there are is the course's affair."""

    def words(found: re.Match[str]) -> str:
        points, most = int(found[1]), int(found[2])
        return "no marks" if not points else "all marks" if points == most else "some marks"

    return re.sub(r"^(\d+)/(\d+)", words, cell)


def page(runs: dict[int, Run]) -> str:
    cells = {level: {r["attack"]: r["came"] for r in run["results"]} for level, run in runs.items()}
    known = described()
    protected = [k for k, d in known.items() if d["kind"] not in ("control", "oracle")]
    lines = [HEAD.format(len(known), len(protected)), cost_section(), matrix_section()]
    lines += [NOT_CLOSED, ""]
    for key, facts in known.items():
        if "open" in facts:
            came = cells[2].get(key, "")
            lines.append(f"- `{key}` ({came}): {facts['open']}.")
    lines += [
        "- Some checks give points for little, such as leaving the argument unchanged: that is a",
        "  question of how the kata is written.",
        "- On level 1 a submission can see that a path exists. It cannot read it (`spying_paths`).",
        "- A submission can read the modules that it borrows (`spying_borrowed`).",
        "- Right answers by unwanted means (`oracle_…`) earn marks.",
        "",
    ]
    for kind, title in KINDS.items():
        lines += [f"## {title}", "", "| attack | what it tries | level 2 | level 1 | level 0 |",
                  "|---|---|---|---|---|"]  # fmt: skip
        for key, facts in known.items():
            if facts["kind"] == kind:
                row = [_cell(cells, level, key, facts) for level in (2, 1, 0)]
                lines.append(f"| {key} | {_plain(facts['tries'])} | {' | '.join(row)} |")
        lines.append("")
    return "\n".join(lines)


def cost_section() -> str:
    """Say what the attacks that were measured cost at most."""
    kept: dict[str, Run] = json.loads(COSTS.read_text(encoding="utf-8"))
    worst = {
        name: max(kept.items(), key=lambda item: item[1][name])
        for name in ("processor", "megabytes", "seconds")
    }
    rows = [
        f"| {words} | {cost[name]} | `{key}` | {cost['load']} | {cost['date']} |"
        for (name, (key, cost)), words in zip(worst.items(), COST_WORDS, strict=True)
    ]
    return "\n".join([
        COST_TITLE, "",
        f"`python -m bench.attack_cost --write` graded {len(kept)} submissions at the default",
        "limits, each with `kata grade` in a process of its own; the start of Python and of the",
        "grader is included. The targets are 60 s for a kata and 512 MB for the grader and its",
        "workers together. *Load* is the number of other processes that waited for each processor:",
        "with a load of 10, wall-clock seconds say little and processor seconds say what was used.",
        "A short peak of memory can then fall between two readings: megabytes are a lower bound.",
        "", "| most | measured | attack | load | date |", "|---|---|---|---|---|", *rows, "",
    ])  # fmt: skip


def matrix_section() -> str:
    """Say what came of the attacks that were carried over to every kata."""
    counted: list[Run] = json.loads(MATRIX.read_text(encoding="utf-8"))
    rows = [" | ".join(str(row[name]) for name in MATRIX_COLUMNS) for row in counted]
    return "\n".join([
        MATRIX_TITLE, "",
        "`python -m bench.attack_matrix --write` grades the attacks on softmax on every other kata",
        "as well. A combination is one attack on one kata. *marks* counts the combinations that",
        "earned more points than modules that do no work, *ended* the graders that an attack",
        "ended, *leaks* the planted secrets in a report, and *left* what was still there",
        "afterwards. Without protection, at level 0, a submission can read files of the grader,",
        "and attacks that could do harm there are not run.",
        "", f"| {' | '.join(MATRIX_COLUMNS)} |", f"|{'---|' * len(MATRIX_COLUMNS)}",
        *(f"| {row} |" for row in rows), "",
    ])  # fmt: skip


def update_section(title: str, section: str) -> None:
    """Write one section of the page; a new one comes before the first that is not measured."""
    text = TABLE.read_text(encoding="utf-8")
    if f"{title}\n" in text:
        before, _, rest = text.partition(f"{title}\n")
        rest = rest[rest.index("## ") :]
    else:
        before, found, rest = text.partition(NOT_CLOSED)
        rest = found + rest
    TABLE.write_text(f"{before}{section}\n{rest}", encoding="utf-8")


def _cell(cells: dict[int, dict[str, str]], level: int, key: str, facts: dict[str, str]) -> str:
    return cells[level].get(key) or facts.get("level 0", "not run")


def _plain(text: str) -> str:
    return re.sub(r"([|<>*_`\\\[])", r"\\\1", text)


def rows(text: str) -> dict[str, list[str]]:
    """Return the rows of the table: the cells of an attack by its key, numbers left out."""
    found = {}
    for line in text.splitlines():
        parts = [part.strip() for part in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(parts) == 5 and "/" in parts[0]:
            found[parts[0]] = [masked(cell) for cell in parts[2:]]
    return found


def main() -> None:
    if sys.argv[1:] == ["--costs"]:
        update_section(COST_TITLE, cost_section())
        return
    text = page(runs())
    if sys.argv[1:] == ["--write"]:
        TABLE.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
