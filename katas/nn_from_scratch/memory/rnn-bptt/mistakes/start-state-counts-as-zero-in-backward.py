"""backward takes zeros as the state before the first step, even if forward got h0.

The first step multiplied h0 by Wh, so h0 contributes to the gradient of Wh. Remember it with the states.
"""


class RNN:
    def backward(self, dhs):
        if self._inputs is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dhs, dtype=np.float64)
        before, after = self._states[:, :-1], self._states[:, 1:]
        before = np.concatenate([np.zeros_like(before[:, :1]), before[:, 1:]], axis=1)
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
