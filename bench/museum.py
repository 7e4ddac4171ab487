"""Write docs/learner/museum.md: networks that are wrong and still recognize digits.

    python bench/museum.py [--write] [--only KATA/MISTAKE ...]

Each documented mistake of a kata that computes gradients replaces its module in a copy of the
reference network. That network is trained on the frozen split with three seeds, and its gradients
before the first step are compared with central differences of its own loss. A mistake is an
exhibit if the network classifies at least 90 % of the test images correctly although its gradients
are wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistakes
from nnkata.model import Course

PAGE = Path(__file__).parents[1] / "docs" / "learner" / "museum.md"
KATAS = (
    "dense-layer", "activation-layers", "batchnorm", "residual", "softmax-cross-entropy",
    "sequential",
)  # fmt: skip
"""The katas whose modules compute the gradients of the network."""
READS, WRONG = 0.90, 1e-3
"""The minimum accuracy on the test images and the minimum gradient error of an exhibit."""

MEASURE = '''
import json, statistics, warnings
import numpy as np
warnings.simplefilter("ignore")
np.seterr(all="ignore")
from refnn.digits.data import frozen_split
from refnn.digits.sequential import Sequential
from refnn.forward.batch import accuracy, predict_classes
from refnn.layers.activation import ReLU, Sigmoid, Softmax, Tanh
from refnn.layers.batchnorm import BatchNorm
from refnn.layers.dense import Dense
from refnn.layers.residual import Residual
from refnn.optim.sgd import SGD

def build(rng, optimizer):
    """Build a network with 64 inputs, three hidden layers of 32 units, and ten classes."""
    model = Sequential([
        Dense(64, 32, rng), BatchNorm(32), Tanh(),
        Residual([Dense(32, 32, rng), Sigmoid()]),
        Dense(32, 32, rng), ReLU(),
        Dense(32, 10, rng), Softmax(),
    ])
    model.compile("categorical_crossentropy", optimizer)
    return model

class Recorder:
    """An optimizer that changes nothing and keeps the first gradients."""
    grads = None
    def step(self, params, grads):
        self.grads = self.grads or [np.array(g, dtype=float) for g in grads]

split = frozen_split()
rng, recorder = np.random.default_rng(0), Recorder()
model = build(rng, recorder)
x, y = split.X_train[:8], split.y_train[:8]

def loss():
    """Return the training loss; the optimizer changes nothing."""
    return model.fit(x, y, epochs=1, batch_size=8)["loss"][0]

loss()
errors = []
for p, g in zip(model.params.values(), recorder.grads, strict=True):
    flat, slopes = p.reshape(-1), np.broadcast_to(g, p.shape).reshape(-1)
    places = rng.choice(flat.size, min(40, flat.size), replace=False)
    measured = []
    for place in places:
        original, losses = flat[place], []
        for step in (1e-6, -1e-6):
            flat[place] = original + step
            losses.append(loss())
        flat[place] = original
        measured.append((losses[0] - losses[1]) / 2e-6)
    size = np.linalg.norm(slopes[places]) + np.linalg.norm(measured)
    if size > 1e-6:  # a bias before a batch normalization has no slope
        errors.append(np.linalg.norm(slopes[places] - measured) / size)
accuracies = []
for seed in range(3):
    rng = np.random.default_rng(seed)
    model = build(rng, SGD(lr=0.1, momentum=0.9))
    model.fit(split.X_train, split.y_train, epochs=20, rng=rng)
    predicted = predict_classes(model.predict(split.X_test))
    accuracies.append(accuracy(predicted, split.y_test))
print(json.dumps([statistics.median(accuracies), float(max(errors))]))
'''


class Exhibit(msgspec.Struct, frozen=True):
    """A network with one mistake: its accuracy and the error of its gradients."""

    kata: str
    mistake: str
    sentence: str
    accuracy: float
    """The median of three seeds on the test part of the frozen split, from 0 to 1."""
    error: float
    """The maximum over all parameters of |got - measured| / (|got| + |measured|), with norms."""


def measure(reference: Path) -> tuple[float, float] | None:
    """Return the accuracy and gradient error of a network, or None if it does not run."""
    env = os.environ | {"PYTHONPATH": str(reference), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], capture_output=True, text=True, env=env, timeout=300,
        check=False,
    )  # fmt: skip
    if done.returncode:
        return None
    accuracy, error = json.loads(done.stdout)
    return accuracy, error


def exhibits(course: Course, only: set[str]) -> Iterator[Exhibit]:
    """Yield the figures of the right network, and of each mistake that runs."""
    root = course.katas[KATAS[0]].reference_root
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / root.name
        shutil.copytree(root, package, ignore=shutil.ignore_patterns("__pycache__"))
        if not only and (right := measure(Path(folder))):
            yield Exhibit("", "", "The reference network", *right)
        for name in KATAS:
            kata = course.katas[name]
            module = package / kata.module
            original = module.read_text(encoding="utf-8")
            for mistake in read_mistakes(kata):
                if only and f"{name}/{mistake.name}" not in only:
                    continue
                module.write_text(mistake.module, encoding="utf-8")
                if measured := measure(Path(folder)):
                    yield Exhibit(name, mistake.name, mistake.text.split("\n")[0], *measured)
            module.write_text(original, encoding="utf-8")


def page(found: list[Exhibit]) -> str:
    """Return the page as Markdown."""
    right, *wrong = found
    shown = sorted(
        (e for e in wrong if e.accuracy >= READS and e.error >= WRONG),
        key=lambda e: (-e.error, e.kata, e.mistake),
    )
    rows = "\n".join(
        f"| {e.accuracy:.1%} | {e.error:.2g} | {e.sentence} (`{e.kata}`) |" for e in shown
    )
    return f"""# A museum of wrong networks

High accuracy does not prove that the gradients are right. The networks on this page are the
reference network with one documented mistake of a kata in it: three hidden layers of 32 units with
batch normalization, tanh, a residual block with a sigmoid, ReLU, and softmax, trained for 20
epochs. Each of them classifies at least {READS:.0%} of the test images correctly, although its
gradients are not those of its loss.

The gradients are compared before the first step, on eight images, with central differences of the
network's own loss. The error is the largest, over all weights and biases, of
|got − measured| / (|got| + |measured|), with the norms of the arrays: 0 is right, and 1 is no
better than zeros or a gradient in the opposite direction. Accuracy is the median of three seeds.

| accuracy | gradient error | what is wrong |
|---|---|---|
| {right.accuracy:.1%} | {right.error:.2g} | nothing: the reference network |
{rows}

{len(wrong)} mistakes ran without an error, and {len(shown)} of them are shown. The checks of the
katas find every one of them: they compare numbers and gradients, not accuracies.

This page is written by `python bench/museum.py --write`.
"""


def main() -> None:
    """Measure all exhibits and print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/learner/museum.md")
    parser.add_argument("--only", nargs="*", default=[], help="measure these mistakes only")
    arguments = parser.parse_args()
    found = []
    for exhibit in exhibits(pick_course()[0], set(arguments.only)):
        print(f"{exhibit.accuracy:6.1%} {exhibit.error:8.2g}  {exhibit.kata}/{exhibit.mistake}")
        found.append(exhibit)
    if arguments.write:
        PAGE.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main()
