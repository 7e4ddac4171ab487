"""The course nn_from_scratch: a neural network from scratch, one module at a time."""

from collections.abc import Sequence
from pathlib import Path

from nnkata.hookspecs import hookimpl


@hookimpl
def nnkata_courses() -> Sequence[Path]:
    """Offer this folder, which holds a course.toml."""
    return [Path(__file__).parent]
