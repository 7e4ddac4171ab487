"""The course proves itself: `kata verify` finds nothing that falls short.

The suite runs solutions under one drawn seed besides that of `kata check`, which keeps it below
twenty minutes on two cores; `kata verify` alone runs right ones under twenty.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from nnkata.model import Course


def test_every_kata_of_the_course_is_done(course: Course) -> None:
    kata = Path(sys.executable).parent / "kata"
    done = subprocess.run(
        [kata, "verify", "--seeds", "1", "--json"], capture_output=True, text=True, check=False
    )
    report = json.loads(done.stdout)
    short = {k["kata"]: k["findings"] for k in report["katas"] if not k["done"]}
    assert short == {}
    assert [k["kata"] for k in report["katas"]] == list(course.katas)
    assert done.returncode == 0
