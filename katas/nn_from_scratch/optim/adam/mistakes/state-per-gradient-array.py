"""m and v are stored by the identity of the gradient array, not of the array that is updated.

If the gradients are new arrays in each step, the means start at zero every time, while t goes on:
the second step of the example is made with M = -0.26 and not with -0.026. The array that is updated
is the same in each step, so the state belongs to it.
"""

base = "variants/array-by-array"


class Adam:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._means:
            self._means, self._squares = {}, {}
        self._steps += 1
        beta1, beta2 = self._betas
        for p, g in zip(params, grads, strict=True):
            m = self._means.setdefault(id(g), np.zeros_like(p))
            v = self._squares.setdefault(id(g), np.zeros_like(p))
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
