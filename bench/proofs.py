"""What `kata verify` proves of each kata, as a page.

    python -m bench.proofs [--output FILE] [--seeds N] [REPORT.json ...]

Runs `kata verify --mutants --json`, which proves what has changed and remembers the rest, and
prints the page. Reports that were written before (`kata verify KATA --mutants --json >
KATA.json`) can be given instead, for instance of katas that were proven one by one. A whole
proof takes about an hour of processor time.
"""

from __future__ import annotations

import argparse
import datetime
import platform
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

HEAD = """# What is proven of each kata

`kata verify` proves the katas before each release. This page is written by
`python -m bench.proofs`, last on {date} with Python {python} on {machine}, under {seeds}
drawn seeds. For each kata:

- **mistakes**: documented wrong modules. Each fails, and `kata check` names it and no other;
- **variants**: right modules other than the reference. Reference and variants pass under every
  seed, also with each variant of each prerequisite in its place;
- **mutants**: the reference with one small change each, made by cosmic-ray, and how many of them
  the checks notice. Those that survive are listed below with the reason;
- **of those that count**: the same without the mutants that are listed as equivalent to the
  reference, or as different only in what the lesson leaves open. At least {wanted:.0f} % are
  required;
- **replay**: the points that a table of the reference's answers under another seed earns; at most
  a tenth, where the kata has enough inputs to draw;
- **unused**: checks that no mistake and no mutant fails;
- **runs**: how often the checks were run to prove all this, and the seconds that it took on one
  processor with other programs at work.

| kata | checks | mistakes | variants | mutants noticed | of those that count | replay | unused | \
runs | seconds |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""

SURVIVORS = """## Mutants that no check notices

Where a mutant computes the same as the reference, or differs in what nobody relies on, no check
should notice it. Per kata: the functions, how many mutants, and why.
"""


def read_reports(paths: Iterable[Path]) -> Iterator[KataReport]:
    """Yield the reports of katas that are in files."""
    for path in paths:
        report = msgspec.json.decode(path.read_bytes(), type=VerifyReport)
        yield from report.katas


def verify_course(seeds: int) -> list[KataReport]:
    """Prove the course, or recall what was proven."""
    kata = Path(sys.executable).with_name("kata")
    command = [str(kata), "verify", "--mutants", "--seeds", str(seeds), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    return msgspec.json.decode(done.stdout, type=VerifyReport).katas


def row(report: KataReport) -> str:
    """Return one line of the table."""
    unused = sum("no mistake and no mutant fails" in f.what for f in report.findings)
    killed, mutants = report.killed or 0, report.mutants or 0
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
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


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


def page(course: Course, reports: dict[str, KataReport], seeds: int) -> str:
    """Return the page; raises `SystemExit` for a kata that is not proven."""
    if missing := [name for name in course.katas if name not in reports]:
        raise SystemExit(f"there is no report of {', '.join(missing)}")
    if short := [name for name, report in reports.items() if not report.done]:
        raise SystemExit(f"not done: {', '.join(short)}; see `kata verify {short[0]}`")
    ordered = [reports[name] for name in course.katas]
    head = HEAD.format(
        date=datetime.date.today().isoformat(),
        python=platform.python_version(),
        machine=f"{platform.system()} {platform.machine()}",
        seeds=seeds,
        wanted=100 * KILLED_WANTED,
    )
    mutants, killed, excused = (
        sum(getattr(r, n) or 0 for r in ordered) for n in ("mutants", "killed", "excused")
    )
    checks, mistakes, variants, runs = (
        sum(getattr(r, name) for r in ordered)
        for name in ("checks", "mistakes", "variants", "runs")
    )
    whole = (
        f"In all: {checks} checks, {mistakes} mistakes, {variants} variants, "
        f"{noticed(killed, mutants)} mutants noticed, "
        f"{noticed(killed, mutants - excused)} of those that count, {runs} runs."
    )
    lines = [head + "\n".join(map(row, ordered)), "", whole, "", SURVIVORS]
    for name in course.katas:
        if told := list(survivors(course.katas[name])):
            lines += [f"### {name}", "", *told, ""]
    return "\n".join(lines)


def main() -> None:
    """Print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", nargs="*", type=Path)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--output", type=Path, help="default: standard output")
    options = parser.parse_args()
    course, _ = pick_course(None)
    found = read_reports(options.reports) if options.reports else verify_course(options.seeds)
    text = page(course, {report.kata: report for report in found}, options.seeds)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
