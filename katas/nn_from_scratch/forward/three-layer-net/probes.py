"""Functions that run in the process of the learner's network."""

import numpy as np

from . import three_layer as module


def change_one_network(amount: float) -> dict:
    """Change every array of a network in place, and return the next network."""
    network = module.init_network()
    for array in network.values():
        array += amount
    network["more"] = np.zeros(1)
    return module.init_network()


def change_a_copy(x: np.ndarray, amount: float) -> np.ndarray:
    """Change what identity_function returns, and return x and the changed array."""
    copy = module.identity_function(x)
    copy += amount
    return np.array([x, copy])
