"""backward does not test whether forward was called with training=True.

Python then fails with a message that says nothing about the order of the calls. Raise a RuntimeError that names
what is missing.
"""


class RNN:
    def backward(self, dhs):
        upstream = np.asarray(dhs, dtype=np.float64)
        before, after = self._states[:, :-1], self._states[:, 1:]
        if upstream.shape != after.shape:
            raise ValueError("dhs must be (N, T, H)")
        dx = np.empty_like(self._inputs)
        dh = np.zeros_like(after[:, 0])
        for t in reversed(range(upstream.shape[1])):
            dz = (upstream[:, t] + dh) * (1.0 - after[:, t] ** 2)
            self.grads["Wx"] += self._inputs[:, t].T @ dz
            self.grads["Wh"] += before[:, t].T @ dz
            self.grads["b"] += dz.sum(axis=0)
            dx[:, t] = dz @ self.params["Wx"].T
            dh = dz @ self.params["Wh"].T
        return dx
