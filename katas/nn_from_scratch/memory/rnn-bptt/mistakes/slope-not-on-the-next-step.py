"""The slope of tanh is applied to the gradient of the output only, not to that of the next step.

Both gradients belong to h_t, and both go through the same tanh. Add them first, and multiply then.
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
            dz = upstream[:, t] * (1.0 - after[:, t] ** 2) + dh
            self.grads["Wx"] += self._inputs[:, t].T @ dz
            self.grads["Wh"] += before[:, t].T @ dz
            self.grads["b"] += dz.sum(axis=0)
            dx[:, t] = dz @ self.params["Wx"].T
            dh = dz @ self.params["Wh"].T
        return dx
