"""zero_grad of the block resets four of its five parts, and not attention.

The gradients of its eight arrays then grow with every step of the training.
"""


class TransformerBlock:
    def zero_grad(self):
        for name in ("norm1", "norm2", "expand", "contract"):
            self._parts[name].zero_grad()
