"""The argument betas is not used: they are always 0.9 and 0.999.

A caller who chooses other betas then gets no error and no effect. Use the two numbers that
__init__ gets.
"""

base = "variants/array-by-array"


class Adam:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._means:
            self._means = [np.zeros_like(p) for p in params]
            self._squares = [np.zeros_like(p) for p in params]
        self._steps += 1
        beta1, beta2 = 0.9, 0.999
        for p, g, m, v in zip(params, grads, self._means, self._squares, strict=True):
            d = g if self._decoupled else g + self._weight_decay * p
            m *= beta1
            m += (1 - beta1) * d
            v *= beta2
            v += (1 - beta2) * d * d
            mean = m / (1 - beta1**self._steps)
            root = np.sqrt(v / (1 - beta2**self._steps))
            if self._decoupled:
                p *= 1 - self._lr * self._weight_decay
            p -= self._lr * mean / (root + self._eps)
