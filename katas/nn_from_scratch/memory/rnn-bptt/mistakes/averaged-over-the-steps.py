"""The gradients of the weights are divided by the number of steps.

The loss contains each step as often as dhs says, and nothing in it divides by T. For 8 rows of a digit, the
gradients would be 8 times too small.
"""


class RNN:
    def backward(self, dhs):
        if self._inputs is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dhs, dtype=np.float64)
        before, after = self._states[:, :-1], self._states[:, 1:]
        if upstream.shape != after.shape:
            raise ValueError("dhs must be (N, T, H)")
        dx = np.empty_like(self._inputs)
        dh = np.zeros_like(after[:, 0])
        for t in reversed(range(upstream.shape[1])):
            dz = (upstream[:, t] + dh) * (1.0 - after[:, t] ** 2)
            self.grads["Wx"] += self._inputs[:, t].T @ dz / upstream.shape[1]
            self.grads["Wh"] += before[:, t].T @ dz / upstream.shape[1]
            self.grads["b"] += dz.sum(axis=0) / upstream.shape[1]
            dx[:, t] = dz @ self.params["Wx"].T
            dh = dz @ self.params["Wh"].T
        return dx
