"""All optimizers share their state.

A list in the class body, or as the default of a parameter, exists only once, so a second optimizer
starts with the means of the first. Make it in __init__.
"""

base = "variants/array-by-array"


class Adam:
    def __init__(
        self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=True,
        means=[], squares=[],
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
        self._means = means
        self._squares = squares

    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        for p in params[len(self._means):]:
            self._means.append(0.0)
            self._squares.append(0.0)
        self._steps += 1
        beta1, beta2 = self._betas
        for i, (p, g) in enumerate(zip(params, grads, strict=True)):
            m, v = self._means[i], self._squares[i]
            d = g if self._decoupled else g + self._weight_decay * p
            m = beta1 * m + (1 - beta1) * d
            v = beta2 * v + (1 - beta2) * d * d
            self._means[i], self._squares[i] = m, v
            mean = m / (1 - beta1**self._steps)
            root = np.sqrt(v / (1 - beta2**self._steps))
            if self._decoupled:
                p *= 1 - self._lr * self._weight_decay
            p -= self._lr * mean / (root + self._eps)
