"""Arrays of the same shape share one velocity.

A network with two layers of 64 units has two weight matrices (64, 64) and two biases (64,), and
each pair then uses one velocity: the second array is also updated with the gradient of the first. A
shape does not tell which array it is; the position in the list does.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = {p.shape: np.zeros_like(p) for p in params}
        for p, g in zip(params, grads, strict=True):
            v = self._velocities[p.shape]
            direction = g + self._weight_decay * p
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
