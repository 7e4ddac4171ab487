"""The corrected means are stored and used as the old means of the next step.

The running means should go on from the uncorrected numbers. From the second step on, each is then
corrected again and again: with gradients of 1, v is 1 after the first step, and the corrected one
after the second is 500. Keep m and v, and compute the corrected ones under other names.
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
        beta1, beta2 = self._betas
        for p, g, m, v in zip(params, grads, self._means, self._squares, strict=True):
            d = g if self._decoupled else g + self._weight_decay * p
            m *= beta1
            m += (1 - beta1) * d
            v *= beta2
            v += (1 - beta2) * d * d
            m /= 1 - beta1**self._steps
            mean = m
            v /= 1 - beta2**self._steps
            root = np.sqrt(v)
            if self._decoupled:
                p *= 1 - self._lr * self._weight_decay
            p -= self._lr * mean / (root + self._eps)
