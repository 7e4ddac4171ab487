"""The decoupled weight decay is computed from p after the step, not before it.

The difference is small, lr times weight_decay times the step, but it is a different formula: with
lr 0.1, weight_decay 0.5 and a gradient of 1, a weight of 1 becomes 0.9 - 0.045 = 0.855 and not
0.85. Decay first, or add both changes before p is updated.
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
            mean = m / (1 - beta1**self._steps)
            root = np.sqrt(v / (1 - beta2**self._steps))
            p -= self._lr * mean / (root + self._eps)
            if self._decoupled:
                p *= 1 - self._lr * self._weight_decay
