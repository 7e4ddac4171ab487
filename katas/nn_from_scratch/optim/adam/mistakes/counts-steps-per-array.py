"""t is increased for each array, not for each step.

In the first step, the second array then has t = 2: its m is divided by 0.19 instead of 0.1, and its
step is 0.74 lr. With one array there is no difference. Increase t once, before the loop.
"""

base = "variants/array-by-array"


class Adam:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._means:
            self._means = [np.zeros_like(p) for p in params]
            self._squares = [np.zeros_like(p) for p in params]
        beta1, beta2 = self._betas
        for p, g, m, v in zip(params, grads, self._means, self._squares, strict=True):
            self._steps += 1
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
