"""Compare the reference's training on digits with scikit-learn's MLPClassifier, in ms per epoch.

    python bench/digits.py [--rounds 7]

Both sides use the same network (64-64-10, ReLU), data, batch size (32) and optimizer (plain
gradient descent, step 0.5, no momentum, no decay), and one BLAS thread. The figures are processor
times. scikit-learn is required.
"""

from __future__ import annotations

import os
import warnings

import measure

os.environ.update(measure.ONE_THREAD)  # before numpy is imported

import time

import numpy as np
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]

from refnn.digits.data import frozen_split
from refnn.digits.training import train_digits

EPOCHS = 60


def main() -> None:
    parser = measure.parser(__doc__, 7, quiet=False)
    rounds = parser.parse_args().rounds
    split = frozen_split()
    accuracies: dict[str, list[float]] = {"refnn": [], "scikit-learn": []}

    def refnn() -> float:
        rng = np.random.default_rng(len(accuracies["refnn"]))
        start = time.process_time()
        report = train_digits(split, rng, hidden_size=64, epochs=EPOCHS)
        seconds = time.process_time() - start
        accuracies["refnn"].append(report.accuracy * 100)
        return seconds / EPOCHS * 1e3

    def scikit_learn() -> float:
        network = MLPClassifier(
            (64,), solver="sgd", learning_rate_init=0.5, momentum=0, alpha=0, batch_size=32,
            max_iter=EPOCHS, tol=0, n_iter_no_change=EPOCHS + 1,
            random_state=len(accuracies["scikit-learn"]),
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "not converged": it runs as many epochs as we do
            start = time.process_time()
            network.fit(split.X_train, split.y_train)
            seconds = time.process_time() - start
        accuracies["scikit-learn"].append(network.score(split.X_test, split.y_test) * 100)
        return seconds / int(network.n_iter_) * 1e3

    measure.machine("numpy", "scikit-learn")
    sides = {"refnn": refnn, "scikit-learn": scikit_learn}
    costs = measure.in_turn(sides, rounds, warmups=0)
    print(f"64-64-10, batch 32, gradient descent 0.5, {EPOCHS} epochs, ms per epoch")
    measure.table(costs, "ms")
    measure.ratio("refnn / scikit-learn", costs["refnn"], costs["scikit-learn"], 0.40)
    measure.accuracies(accuracies)


if __name__ == "__main__":
    main()
