"""weight_decay times p is added to the gradient arrays themselves, as in g += weight_decay * p.

The gradients belong to the caller. Layers add to them in the next backward pass, so every weight
decay is counted again if they are not zeroed. Compute the sum as a new array.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            g += self._weight_decay * p
            direction = g
            v *= self._momentum
            v += direction
            p -= self._lr * (direction + self._momentum * v if self._nesterov else v)
