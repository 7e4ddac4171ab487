"""The learning rate is 0.01 by default.

The lesson says 0.001. Code that calls Adam() then trains with steps that are ten times as long.
"""

base = "variants/array-by-array"


class Adam:
    def __init__(
        self, lr=1e-2, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True
    ):
        if not lr >= 0:
            raise ValueError("lr must not be below 0")
        if not all(0 <= beta < 1 for beta in betas):
            raise ValueError("betas must be from 0 to below 1")
        if not eps > 0:
            raise ValueError("eps must be above 0")
        if not weight_decay >= 0:
            raise ValueError("weight_decay must not be below 0")
        self._lr = lr
        self._betas = betas
        self._eps = eps
        self._weight_decay = weight_decay
        self._decoupled = decoupled
        self._steps = 0
        self._means = []
        self._squares = []
