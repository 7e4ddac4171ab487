"""Write a page with the results of `kata verify` for each kata.

    python -m bench.proofs [--output FILE] [--seeds N] [REPORT.json ...]

This script runs `kata verify --mutants --json` and prints the page. `kata verify` checks only the
katas that have changed, and reads the other results from its cache. Reports that were written
before (`kata verify KATA --mutants --json > KATA.json`) can be given instead, for example if the
katas were verified one at a time. Verifying the whole course takes about an hour of processor time.
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
from nnkata.verify.mutation import Survivor, read_survivors
from nnkata.verify.seed_checks import SEEDS
from nnkata.verify.verifier import KataReport, VerifyReport

HEAD = """# Verification results

`kata verify` verifies the katas before each release. This page is written by
`python -m bench.proofs`, last on {date} with Python {python} on {machine}, under {seeds}
random seeds. For each kata:

- **mistakes**: documented wrong modules. Each fails, and `kata check` names only this mistake;
- **variants**: right modules other than the reference. Reference and variants pass under every
  seed, also if each prerequisite is replaced by each of its variants;
- **mutants**: copies of the reference with one small change, made by cosmic-ray, and the number
  of them that the checks notice. Mutants that survive are listed below with the reason;
- **replay**: the points of a module that contains only a table of the reference's answers under
  another seed; at most a tenth if the kata has enough random inputs;
- **unused**: checks that no mistake and no mutant fails;
- **runs**: the number of runs of the checks, and the seconds on one processor while other programs
  were running.

| kata | checks | mistakes | variants | mutants noticed | replay | unused | runs | seconds |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""

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


def row(report: KataReport) -> str:
    """Return the line of the table for a kata."""
    unused = sum("no mistake and no mutant fails" in f.what for f in report.findings)
    share = 100 * (report.killed or 0) / report.mutants if report.mutants else 100
    cells = [
        report.kata,
        report.checks,
        report.mistakes,
        report.variants,
        f"{report.killed} of {report.mutants} ({share:.0f} %)",
        f"{report.replay_points} of {report.max_points}",
        unused,
        report.runs,
        f"{report.seconds:.0f}",
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


def survivors(kata: Kata) -> Iterator[str]:
    """Yield the lines that list a kata's surviving mutants by reason."""
    by_reason: dict[str, list[Survivor]] = {}
    for survivor in read_survivors(kata.folder / "mutants.toml"):
        by_reason.setdefault(survivor.reason, []).append(survivor)
    for reason, same in by_reason.items():
        names = ", ".join(dict.fromkeys(f"`{s.within}`" for s in same if s.within))
        yield f"- {names or '(module)'}, {len(same)}: {reason}"


def page(course: Course, reports: dict[str, KataReport], seeds: int) -> str:
    """Return the page; raise `SystemExit` if a kata is not verified."""
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
    )
    mutants, killed = (sum(getattr(r, n) or 0 for r in ordered) for n in ("mutants", "killed"))
    checks, mistakes, variants, runs = (
        sum(getattr(r, name) for r in ordered)
        for name in ("checks", "mistakes", "variants", "runs")
    )
    whole = (
        f"In all: {checks} checks, {mistakes} mistakes, {variants} variants, {killed} of {mutants} "
        f"mutants noticed ({100 * killed / mutants:.1f} %), {runs} runs."
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
