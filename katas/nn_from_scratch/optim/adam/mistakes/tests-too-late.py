"""The shape of each gradient is tested only when its turn comes.

The arrays before it have then already been updated, and a caller who handles the ValueError has a
network that is half a step further. Test all shapes before the first array is changed.
"""

base = "variants/array-by-array"


class Adam:
    def step(self, params, grads):
        if len(params) != len(grads):
            raise ValueError("each array needs a gradient")
        if not self._means:
            self._means = [np.zeros_like(p) for p in params]
            self._squares = [np.zeros_like(p) for p in params]
        self._steps += 1
        beta1, beta2 = self._betas
        for p, g, m, v in zip(params, grads, self._means, self._squares, strict=True):
            if p.shape != g.shape:
                raise ValueError("each array needs a gradient of its own shape")
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
