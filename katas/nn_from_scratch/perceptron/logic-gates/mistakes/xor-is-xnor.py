"""xor says 1 where both inputs are equal, which is XNOR.

All 4 answers are the opposite of the correct ones: xor of (0, 1) should be 1. Here the last gate is
NAND; "at least one" and "not both" are joined by AND.
"""

import numpy as np


def xor(x):
    hidden = [gate(name).forward(x) for name in ("OR", "NAND")]
    return gate("NAND").forward(np.stack(hidden, axis=-1))
