"""The command line: one file a command, each imported only when it is called."""

from __future__ import annotations

import importlib
import os
import sys

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
EARLY = frozenset({"check", "verify", "grade"})
"""Commands that run modules: their zygote starts before anything else is imported."""


def main() -> None:
    """Run the command line."""
    for name in ONE_THREAD:  # small matrices; more threads only cost start-up time
        os.environ.setdefault(name, "1")
    if len(sys.argv) > 1 and sys.argv[1] in EARLY and "--help" not in sys.argv:
        from . import early

        early.start()
    from .group import kata

    kata.main(prog_name="kata")


def load(command: str) -> object:
    """Import the module of one command."""
    return importlib.import_module(f".{command}", __package__)
