"""All entries, and the names that every kata exports."""

from __future__ import annotations

import tomllib
from pathlib import Path

from .entry import Track
from .tracks import (
    activations,
    attention,
    autograd,
    convolution,
    differentiation,
    digits,
    forward,
    health,
    init,
    layers,
    library,
    losses,
    memory,
    optim,
    perceptron,
    scalar,
)

ROOT = Path(__file__).parents[3]
TRACKS: tuple[Track, ...] = (
    perceptron.TRACK,
    autograd.TRACK,
    scalar.TRACK,
    activations.TRACK,
    forward.TRACK,
    losses.TRACK,
    layers.TRACK,
    init.TRACK,
    optim.TRACK,
    health.TRACK,
    convolution.TRACK,
    attention.TRACK,
    digits.TRACK,
    library.TRACK,
    memory.TRACK,
    differentiation.TRACK,
)


def exported_names() -> dict[str, Path]:
    """Return `module.name` of everything that the katas export, with the folder of its kata."""
    names: dict[str, Path] = {}
    for file in sorted((ROOT / "katas").glob("*/*/*/kata.toml")):
        kata = tomllib.loads(file.read_text(encoding="utf-8"))
        if "module" in kata:
            module = kata["module"].removesuffix(".py").replace("/", ".")
            names |= {f"{module}.{name}": file.parent for name in kata["exports"]}
    return names


def export_of(name: str) -> str:
    """Return the export that an entry belongs to: that of a method is its class."""
    exports = exported_names()
    return name if name in exports else name.rpartition(".")[0]
