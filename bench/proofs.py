"""Write a page with the results of `kata verify` for each kata.

    python -m bench.proofs [--seeds N] [--write] [REPORT.json ...]

This script runs `kata verify --mutants --json` and prints the page, or writes it into
docs/reference/proofs.md. `kata verify` checks only the katas that have changed, and reads the other
results from its cache. Reports that were written before can be given instead (`kata verify KATA
--mutants --json > KATA.json`): then the rows of other katas on the page are not changed. Verifying
the whole course takes more than an hour of processor time.
"""

from __future__ import annotations

import argparse
import datetime
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from nnkata.cli.context import pick_course
from nnkata.model import Course, Kata
from nnkata.verify.mutation import KILLED_WANTED, Survivor, read_survivors
from nnkata.verify.seed_checks import SEEDS
from nnkata.verify.verifier import KataReport, VerifyReport

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "proofs.md"
HEAD = """# Verification results

`kata verify` verifies the katas before each release. This page is written by
`python -m bench.proofs`. For each kata:

- **mistakes**: documented wrong modules. Each fails, and `kata check` names only this mistake;
- **variants**: correct modules other than the reference. Reference and variants pass under every
  random seed, even if each prerequisite is replaced by each of its variants;
- **mutants**: copies of the reference with one small change, made by cosmic-ray, and the number
  of them that the checks notice. Mutants that survive are listed below with the reason;
- **of those that count**: the same without the mutants that are listed as equivalent to the
  reference, or as different only in a detail that the lesson leaves open. At least {wanted:.0f} %
  are required;
- **replay**: the points of a module that contains only a table of the reference's answers under
  another seed; at most a tenth if the kata has enough random inputs;
- **unused**: checks that no mistake and no mutant fails;
- **runs**: the number of runs of the checks, without those on mutants, and the seconds of the whole
  verification on one processor;
- **proven**: the date, the version of Python, and the number of random seeds.

"""
COLUMNS = (
    "kata", "checks", "mistakes", "variants", "mutants noticed", "of those that count", "replay",
    "unused", "runs", "seconds", "proven",
)  # fmt: skip

SURVIVORS = """## Mutants that no check notices

If a mutant computes the same as the reference, or differs only in a detail that nobody relies on,
no check should notice it. For each kata: the functions, the number of mutants, and the reason.
"""


def read_reports(paths: Iterable[Path]) -> Iterator[KataReport]:
    """Yield the reports of katas in the files."""
    for path in paths:
        report = msgspec.json.decode(path.read_bytes(), type=VerifyReport)
        yield from report.katas


def verify_course(seeds: int) -> list[KataReport]:
    """Run `kata verify` for the course and return the reports."""
    kata = Path(sys.executable).with_name("kata")
    command = [str(kata), "verify", "--mutants", "--seeds", str(seeds), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return msgspec.json.decode(done.stdout, type=VerifyReport).katas


def row(report: KataReport, seeds: int) -> list[str]:
    """Return the cells of the line for a kata; raise `SystemExit` if it is not verified."""
    if not report.done or report.mutants is None:
        raise SystemExit(f"not proven: {report.kata}; see `kata verify {report.kata} --mutants`")
    unused = sum("no mistake and no mutant fails" in f.what for f in report.findings)
    killed, mutants = report.killed or 0, report.mutants
    cells = [
        report.kata,
        report.checks,
        report.mistakes,
        report.variants,
        noticed(killed, mutants),
        noticed(killed, mutants - (report.excused or 0)),
        f"{report.replay_points} of {report.max_points}",
        unused,
        report.runs,
        f"{report.seconds:.0f}",
        f"{datetime.date.today()}, {platform.python_version()}, {seeds} seeds",
    ]
    return list(map(str, cells))


def read_rows(page: Path) -> dict[str, list[str]]:
    """Return the cells of each line of the table on a page, by kata."""
    lines = page.read_text(encoding="utf-8").splitlines() if page.is_file() else []
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return {cells[0]: cells for cells in rows if len(cells) == len(COLUMNS)}


def noticed(killed: int, mutants: int) -> str:
    """Return how many mutants of how many were noticed, and the share."""
    return f"{killed} of {mutants} ({100 * killed / mutants if mutants else 100:.1f} %)"


def survivors(kata: Kata) -> Iterator[str]:
    """Yield the lines that list a kata's surviving mutants by kind and reason."""
    by_reason: dict[tuple[str, str], list[Survivor]] = {}
    for survivor in read_survivors(kata.folder / "mutants.toml"):
        key = f" {survivor.kind}" if survivor.kind else "", survivor.reason
        by_reason.setdefault(key, []).append(survivor)
    for (kind, reason), same in by_reason.items():
        names = ", ".join(dict.fromkeys(f"`{s.within}`" for s in same if s.within))
        yield f"- {names or '(module)'}, {len(same)}{kind}: {reason}"


def page(course: Course, rows: dict[str, list[str]]) -> str:
    """Return the page; raise `SystemExit` for a kata without a row."""
    if missing := [name for name in course.katas if name not in rows]:
        raise SystemExit(f"there is no report of {', '.join(missing)}")
    ordered = [rows[name] for name in course.katas]
    checks, mistakes, variants, runs = (
        sum(int(cells[COLUMNS.index(name)]) for cells in ordered)
        for name in ("checks", "mistakes", "variants", "runs")
    )
    shares = [re.findall(r"(\d+) of (\d+)", " ".join(cells[4:6])) for cells in ordered]
    killed, mutants = (sum(int(share[0][n]) for share in shares) for n in (0, 1))
    counting = sum(int(share[1][1]) for share in shares)
    whole = (
        f"In all: {checks} checks, {mistakes} mistakes, {variants} variants, "
        f"{noticed(killed, mutants)} mutants noticed, "
        f"{noticed(killed, counting)} of those that count, {runs} runs."
    )
    table = [COLUMNS, ["---", *["---:"] * (len(COLUMNS) - 2), "---"], *ordered]
    head = HEAD.format(wanted=100 * KILLED_WANTED)
    lines = [head + "\n".join(f"| {' | '.join(cells)} |" for cells in table), "", whole, ""]
    lines.append(SURVIVORS)
    for name in course.katas:
        if told := list(survivors(course.katas[name])):
            lines += [f"### {name}", "", *told, ""]
    return "\n".join(lines)


def main() -> None:
    """Print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    course, _ = pick_course(None)
    found = read_reports(options.reports) if options.reports else verify_course(options.seeds)
    rows = read_rows(PAGE) if options.reports else {}
    rows |= {report.kata: row(report, options.seeds) for report in found}
    text = page(course, rows)
    if options.write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
