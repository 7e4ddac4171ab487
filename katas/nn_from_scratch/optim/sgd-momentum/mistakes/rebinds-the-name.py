"""The caller's arrays do not change: a step makes new arrays and only gives them the old names.

p = p - lr * v computes a new array. The layers hold the old one, so a weight of 1 is still 1
after a thousand steps. The same happens if the new array replaces an item of the list params,
which the layers do not hold. Write the numbers into the array that exists.
"""


class SGD:
    def step(self, params, grads):
        if [p.shape for p in params] != [g.shape for g in grads]:
            raise ValueError("each array needs a gradient of its own shape")
        if not self._velocities:
            self._velocities = [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocities, strict=True):
            direction = g + self._weight_decay * p
            v *= self._momentum
            v += direction
            p = p - self._lr * (direction + self._momentum * v if self._nesterov else v)
