"""weight_decay p is added to the gradient, even with decoupled=True.

In m and v it is divided by √V like the rest: with gradients of 0, every weight then changes by lr,
large or small. With decoupled=True, subtract lr weight_decay p from p directly, and do not change
the means.
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
            d = g + self._weight_decay * p
            m *= beta1
            m += (1 - beta1) * d
            v *= beta2
            v += (1 - beta2) * d * d
            mean = m / (1 - beta1**self._steps)
            root = np.sqrt(v / (1 - beta2**self._steps))
            p -= self._lr * mean / (root + self._eps)
