"""weight_decay times p is subtracted from p directly and does not enter the velocity.

This is decoupled weight decay, as in AdamW. Without momentum there is no difference. Here the
weight decay is a part of the gradient, so the velocity remembers it too: with lr 0.1, momentum 0.9,
weight_decay 1 and gradients of 0, a weight of 1 becomes 0.9 and then 0.72, not 0.81.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            decay = self._lr * self._weight_decay * p
            v *= self._momentum
            v += g
            p -= self._lr * (g + self._momentum * v if self._nesterov else v)
            p -= decay
