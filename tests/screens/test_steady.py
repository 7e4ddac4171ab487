"""What is replaced on a screen is what a machine decides, and the rest stays."""

from __future__ import annotations

import platform
from pathlib import Path

import numpy as np
import pytest

from .steady import steady, steady_doctor

HEAD = f"""\
nnkata 0.1.0 · Python {platform.python_version()} · linux
numpy {np.__version__} · pytest {pytest.__version__}
course nn_from_scratch: 13 katas, in
  «course»

Protection while a module is checked: level """
OWN = "  process: its own bare interpreter, without\n    site-packages\n"
HIGH = f"""{HEAD}2
{OWN}  files: Landlock ABI 7
  calls: seccomp, 76 calls
    allowed
Tested in a temporary process:
  read a file: refused
Nothing is missing.
"""
LOW = f"""{HEAD}0
{OWN}Tested in a temporary process:
  read a file: possible
  use the network: possible
This is enough for your own code, and not for
code that nobody has read.
  files: needs Linux 5.13
    with Landlock
"""
NAMED = """\
nnkata 0.1.0 · Python «version» · linux
numpy «version» · pytest «version»
course nn_from_scratch: 13 katas, in
  «course»

Protection while a module is checked: level «0 to 2»
  process: its own bare interpreter, without
    site-packages
  «each layer of this kernel»
Tested in a temporary process:
  «each act, and what came of it»
«what is missing»
"""


@pytest.mark.parametrize("screen", [HIGH, LOW])
def test_the_doctor_says_the_same_of_every_kernel(screen: str) -> None:
    assert steady_doctor(screen) == NAMED


def test_the_doctors_colours_stay() -> None:
    bold = HIGH.replace("Protection while", "‹bold›Protection while").replace(
        "level 2", "level 2‹/›"
    )
    bold = bold.replace("Tested in a temporary process:", "‹bold›Tested in a temporary process:‹/›")
    found = steady_doctor(bold)
    assert "‹bold›Protection while a module is checked: level «0 to 2»‹/›\n  process" in found
    assert "kernel»\n‹bold›Tested in a temporary process:‹/›\n  «each act" in found


def test_another_version_than_the_installed_one_stays() -> None:
    assert steady_doctor("numpy 0.0.1 · 0.1.0\n") == "numpy 0.0.1 · 0.1.0\n"


def test_the_longer_path_is_named_first() -> None:
    folders = {"home": Path("/tmp/a"), "workspace": Path("/tmp/a/nn")}
    assert steady("in /tmp/a/nn, /tmp/a and /tmp", folders) == "in «workspace», «home» and /tmp"
