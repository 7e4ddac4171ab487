"""Functions that run in the process of the learner's network."""

import random

import numpy as np

from . import hopfield as module


def ends_early(W: np.ndarray, s: np.ndarray, seed: int) -> bool:
    """Return whether recall draws equally much for at most 20 and for at most 40 sweeps."""
    states = []
    for sweeps in (20, 40):
        rng = np.random.default_rng(seed)
        module.recall(W, s.copy(), rng, sweeps)
        states.append(rng.bit_generator.state)
    return states[0] == states[1]


def generator_use(W: np.ndarray, s: np.ndarray, seed: int) -> str:
    """Return in words where recall takes its random numbers from."""
    before = _global_states()
    rng = np.random.default_rng(seed)
    first = module.recall(W, s.copy(), rng, 3)
    if _global_states() != before:
        return "a global generator is used"
    if not np.array_equal(first, module.recall(W, s.copy(), np.random.default_rng(seed), 3)):
        return "the same seed gives another state"
    return "the generator that is passed, and no other"


def shares_memory(W: np.ndarray, s: np.ndarray, sweeps: int) -> bool:
    """Return whether the result of recall uses the memory of its arguments."""
    result = module.recall(W, s, np.random.default_rng(0), sweeps)
    return bool(np.shares_memory(result, s) or np.shares_memory(result, W))


def recalled_shares(n: int, counts: list, trials: int, wrong: int, seed: int) -> list:
    """Return for each number of stored patterns the right neurons after recall, trial by trial."""
    rng = np.random.default_rng(seed)
    shares = []
    for count in counts:
        found = []
        for _ in range(trials):
            X = rng.choice([-1, 1], (count, n))
            s = X[0].copy()
            s[rng.permutation(n)[:wrong]] *= -1
            found.append(float(np.mean(module.recall(module.hebbian(X), s, rng, 6) == X[0])))
        shares.append(found)
    return shares


def _global_states() -> tuple:
    name, keys, *others = np.random.get_state()
    return random.getstate(), name, keys.tobytes(), others
