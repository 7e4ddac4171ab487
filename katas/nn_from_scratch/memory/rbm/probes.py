"""Functions that run in the process of the learner's network."""

import numpy as np


def learned(machine: object, data: np.ndarray, updates: int, lr: float, seed: int) -> list:
    """Let a machine learn from the same batch again and again; return its W, b and c."""
    rng = np.random.default_rng(seed)
    for _ in range(updates):
        machine.cd1(data, lr, rng)
    return [machine.W, machine.b, machine.c]


def progress(machine: object, data: np.ndarray, updates: int, lr: float, every: int) -> list:
    """Let a machine learn; return the log-likelihood at the beginning and after every so many."""
    rng = np.random.default_rng(11)
    reached = [float(machine.log_likelihood(data))]
    for update in range(1, updates + 1):
        machine.cd1(data, lr, rng)
        if update % every == 0:
            reached.append(float(machine.log_likelihood(data)))
    return reached


def dreamed(machine: object, v: np.ndarray, steps: int, seed: int) -> np.ndarray:
    """Return the visible states after so many steps of a walk."""
    rng = np.random.default_rng(seed)
    for _ in range(steps):
        _, v = machine.gibbs_step(v, rng)
    return v
