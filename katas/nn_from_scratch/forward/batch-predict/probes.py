"""Functions that run in the process of the learner's module."""

from itertools import islice

import numpy as np

from . import batch as module


def activate(task: str, z: np.ndarray, factor: float) -> np.ndarray:
    """Apply the activation of a task to z times a factor."""
    return module.output_activation(task)(z * factor)


def rows_of_batches(n: int, size: int) -> list[list[int]]:
    """Return which rows each batch contains; at most 1000 batches."""
    rows = np.arange(n)
    return [rows[part].tolist() for part in islice(module.batches(n, size), 1000)]


def shares_memory(X: np.ndarray, batch_size: int) -> list:
    """Predict with a function that returns its argument; return the sum, and whether X is used."""
    result = module.predict_in_batches(lambda batch: batch, X, batch_size)
    return [float(result.sum()), bool(np.shares_memory(result, X))]


def recorded_batches(X: np.ndarray, batch_size: int) -> list[list[list[float]]]:
    """Predict with a function that records what it gets, and return that."""
    calls = []

    def record(batch):
        calls.append(np.array(batch).tolist())
        return np.asarray(batch)[:, 0]

    module.predict_in_batches(record, X, batch_size)
    return calls
