"""Compare the reference's layers and Adam with scikit-learn and PyTorch, in ms per epoch.

    python bench/digits_mlp.py [--rounds 5]

All sides use the same network (64-128-64-10, ReLU), data, batch size (32), optimizer (Adam, 0.001,
no decay) and 60 epochs, with one thread each. The figures are processor times and the accuracy on
the frozen split, with one seed per round. All sides are measured in float32 and in float64.
PyTorch is measured if it is installed (`pip install torch --index-url
https://download.pytorch.org/whl/cpu`).
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


def train_refnn(seed: int, dtype: str) -> Trained:
    rng = np.random.default_rng(seed)
    sizes = (64, 128, 64, 10)
    layers: list[object] = []
    for fan_in, fan_out in itertools.pairwise(sizes):
        layers += [Dense(fan_in, fan_out, rng), ReLU()]
    model = Sequential([*layers[:-1], Softmax()])
    for layer in model.layers:
        layer.params = {name: array.astype(dtype) for name, array in layer.params.items()}
        layer.grads = {name: array.astype(dtype) for name, array in layer.grads.items()}
    model.compile("categorical_crossentropy", Adam(lr=1e-3))
    X = SPLIT.X_train.astype(dtype)
    start = time.process_time()
    model.fit(X, SPLIT.y_train, EPOCHS, BATCH, rng=rng)
    seconds = time.process_time() - start
    scores = model.predict(SPLIT.X_test.astype(dtype))
    assert scores.dtype == dtype
    return seconds, float(np.mean(scores.argmax(axis=1) == SPLIT.y_test))


def train_scikit_learn(seed: int, dtype: str) -> Trained:
    network = MLPClassifier(
        (128, 64), solver="adam", learning_rate_init=1e-3, alpha=0, batch_size=BATCH,
        max_iter=EPOCHS, tol=0, n_iter_no_change=EPOCHS + 1, random_state=seed,
    )  # fmt: skip
    X = SPLIT.X_train.astype(dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "not converged": it runs as many epochs as we do
        start = time.process_time()
        network.fit(X, SPLIT.y_train)
        seconds = time.process_time() - start
    assert network.coefs_[0].dtype == dtype  # scikit-learn computes in the dtype of the data
    return seconds, float(network.score(SPLIT.X_test.astype(dtype), SPLIT.y_test))


def train_torch(seed: int, dtype: str) -> Trained:
    import torch  # type: ignore[import-not-found]
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(seed)
    model = nn.Sequential(
        nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)
    ).to(getattr(torch, dtype))
    loss, optimizer = nn.CrossEntropyLoss(), torch.optim.Adam(model.parameters(), lr=1e-3)
    X = torch.tensor(SPLIT.X_train.astype(dtype))
    y = torch.tensor(SPLIT.y_train, dtype=torch.int64)
    start = time.process_time()
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(X)).split(BATCH):
            optimizer.zero_grad()
            loss(model(X[rows]), y[rows]).backward()
            optimizer.step()
    seconds = time.process_time() - start
    with torch.no_grad():
        read = model(torch.tensor(SPLIT.X_test.astype(dtype))).argmax(1).numpy()
    return seconds, float(np.mean(read == SPLIT.y_test))


def main() -> None:
    rounds = measure.parser(__doc__, 5, quiet=False).parse_args().rounds
    programs: dict[str, Callable[[int, str], Trained]] = {
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
    measure.machine(*versions)
    for dtype in ("float32", "float64"):
        accuracies: dict[str, list[float]] = {name: [] for name in programs}
        sides = {name: _side(programs[name], dtype, accuracies[name]) for name in programs}
        costs = measure.in_turn(sides, rounds, warmups=0)
        print(f"64-128-64-10, batch {BATCH}, Adam, {EPOCHS} epochs, {dtype}, ms per epoch")
        measure.table(costs, "ms")
        measure.ratio("refnn / scikit-learn", costs["refnn"], costs["scikit-learn"], 0.40)
        if "PyTorch" in costs:
            measure.ratio("refnn / PyTorch", costs["refnn"], costs["PyTorch"], 0.35)
        measure.accuracies(accuracies)
    if why_not:
        print(f"PyTorch is not measured: {why_not}")


def _side(
    train: Callable[[int, str], Trained], dtype: str, accuracies: list[float]
) -> Callable[[], float]:
    """Return a side that trains with a new seed each time and collects the accuracies."""

    def once() -> float:
        seconds, accuracy = train(len(accuracies), dtype)
        accuracies.append(accuracy * 100)
        return seconds / EPOCHS * 1e3

    return once


if __name__ == "__main__":
    main()
