"""Compare the reference's layers and Adam with scikit-learn and PyTorch, in ms per epoch.

    python bench/digits_mlp.py [--rounds 5]

All sides use the same network (64-128-64-10, ReLU), data, batch size (32), optimizer (Adam, 0.001,
no decay) and 60 epochs, with one thread each. The figures are processor times and the accuracy on
the frozen split, with one seed per round.
PyTorch is measured if it is installed (`pip install torch --index-url
https://download.pytorch.org/whl/cpu`). It computes in float32, its default; the others compute in
float64.
"""

from __future__ import annotations

import os
import warnings

import measure

os.environ.update(measure.ONE_THREAD)  # before numpy is imported

import importlib
import itertools
import time
from collections.abc import Callable

import numpy as np
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]

from refnn.digits.data import frozen_split
from refnn.digits.sequential import Sequential
from refnn.layers.activation import ReLU, Softmax
from refnn.layers.dense import Dense
from refnn.optim.adam import Adam

EPOCHS, BATCH = 60, 32
SPLIT = frozen_split()
Trained = tuple[float, float]
"""Processor seconds, and the share of the test images that are classified correctly."""


def train_refnn(seed: int) -> Trained:
    rng = np.random.default_rng(seed)
    sizes = (64, 128, 64, 10)
    layers: list[object] = []
    for fan_in, fan_out in itertools.pairwise(sizes):
        layers += [Dense(fan_in, fan_out, rng), ReLU()]
    model = Sequential([*layers[:-1], Softmax()])
    model.compile("categorical_crossentropy", Adam(lr=1e-3))
    start = time.process_time()
    model.fit(SPLIT.X_train, SPLIT.y_train, EPOCHS, BATCH, rng=rng)
    seconds = time.process_time() - start
    return seconds, float(np.mean(model.predict(SPLIT.X_test).argmax(axis=1) == SPLIT.y_test))


def train_scikit_learn(seed: int) -> Trained:
    network = MLPClassifier(
        (128, 64), solver="adam", learning_rate_init=1e-3, alpha=0, batch_size=BATCH,
        max_iter=EPOCHS, tol=0, n_iter_no_change=EPOCHS + 1, random_state=seed,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "not converged": it runs as many epochs as we do
        start = time.process_time()
        network.fit(SPLIT.X_train, SPLIT.y_train)
        seconds = time.process_time() - start
    return seconds, float(network.score(SPLIT.X_test, SPLIT.y_test))


def train_torch(seed: int) -> Trained:
    import torch  # type: ignore[import-not-found]
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)
    )
    loss, optimizer = nn.CrossEntropyLoss(), torch.optim.Adam(model.parameters(), lr=1e-3)
    X = torch.tensor(SPLIT.X_train, dtype=torch.float32)
    y = torch.tensor(SPLIT.y_train, dtype=torch.int64)
    start = time.process_time()
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(X)).split(BATCH):
            optimizer.zero_grad()
            loss(model(X[rows]), y[rows]).backward()
            optimizer.step()
    seconds = time.process_time() - start
    with torch.no_grad():
        read = model(torch.tensor(SPLIT.X_test, dtype=torch.float32)).argmax(1).numpy()
    return seconds, float(np.mean(read == SPLIT.y_test))


def main() -> None:
    rounds = measure.parser(__doc__, 5, quiet=False).parse_args().rounds
    programs: dict[str, Callable[[int], Trained]] = {
        "refnn": train_refnn,
        "scikit-learn": train_scikit_learn,
    }
    versions = ["numpy", "scikit-learn"]
    why_not = ""
    try:
        importlib.import_module("torch")
        programs["PyTorch"] = train_torch
        versions.append("torch")
    except (ImportError, OSError) as error:  # OSError: its shared libraries are missing
        why_not = str(error)
    accuracies: dict[str, list[float]] = {name: [] for name in programs}

    def side(name: str) -> Callable[[], float]:
        def once() -> float:
            seconds, accuracy = programs[name](len(accuracies[name]))
            accuracies[name].append(accuracy * 100)
            return seconds / EPOCHS * 1e3

        return once

    measure.machine(*versions)
    costs = measure.in_turn({name: side(name) for name in programs}, rounds, warmups=0)
    print(f"64-128-64-10, batch {BATCH}, Adam, {EPOCHS} epochs, ms per epoch")
    measure.table(costs, "ms")
    measure.ratio("refnn / scikit-learn", costs["refnn"], costs["scikit-learn"], 0.40)
    if "PyTorch" in costs:
        measure.ratio("refnn / PyTorch", costs["refnn"], costs["PyTorch"], 0.35)
    else:
        print(f"PyTorch is not measured: {why_not}")
    measure.accuracies(accuracies)


if __name__ == "__main__":
    main()
