"""The first velocity is the gradient array itself, not a copy.

The owner of the gradients then finds them changed: a gradient of 1 has become 1.9 after the
second step with momentum 0.9. And if the next gradient is written into the same array, the
velocity is overwritten. Start with arrays of zeros, or with copies.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        first = not self._velocities
        if first:
            self._velocities = list(grads)
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            direction = g + self._weight_decay * p
            if not first:
                v *= self._momentum
                v += direction
            elif self._weight_decay:
                v += self._weight_decay * p
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
