"""The program in the guide of the library is the one it describes, and learns what it says."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from tests.test_readme import loaded

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "refnn.md"
BLOCKS: ModuleType = loaded()


@pytest.fixture(scope="module")
def program() -> str:
    first: str = BLOCKS.commands(BLOCKS.lines_of(PAGE))[0].text
    return first.partition("\n")[2].removesuffix("\nEND")


def test_it_is_a_network_100_64_40_in_5_epochs_of_batches_of_32(
    program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    scope: dict[str, Any] = {}
    exec(compile(program, str(PAGE), "exec"), scope)
    model = scope["model"]
    assert [type(layer).__name__ for layer in model.layers] == [
        "Dense", "ReLU", "Dense", "Softmax",
    ]  # fmt: skip
    shapes = {name: array.shape for name, array in model.params.items()}
    assert shapes == {"0.W": (100, 64), "0.b": (64,), "2.W": (64, 40), "2.b": (40,)}
    assert "epochs=5, batch_size=32" in program
    printed = capsys.readouterr().out
    losses = [float(x) for x in re.findall(r"epoch \d  loss (\d\.\d+)", printed)]
    assert len(losses) == 5
    assert losses == sorted(losses, reverse=True)
    found = re.search(r"accuracy on 1000 new samples: (\d+\.\d)%", printed)
    assert found is not None
    assert float(found[1]) == pytest.approx(93.5, abs=1.5)
    distances = np.linalg.norm(scope["X_new"][:, np.newaxis] - scope["centres"], axis=2)
    assert (distances.argmin(axis=1) == scope["y_new"]).mean() == pytest.approx(0.992, abs=5e-4)
    assert "is right for 99.2 % of them" in PAGE.read_text(encoding="utf-8")
