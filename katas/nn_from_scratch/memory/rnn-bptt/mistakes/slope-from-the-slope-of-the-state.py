"""tanh is applied once more before the slope is computed.

The slope is 1 − tanh²(z), and h is already tanh(z): so it is 1 − h². With 1 − tanh²(h), h = 0.9 gives 0.49
instead of 0.19.
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
            dz = (upstream[:, t] + dh) * (1.0 - np.tanh(after[:, t]) ** 2)
            self.grads["Wx"] += self._inputs[:, t].T @ dz
            self.grads["Wh"] += before[:, t].T @ dz
            self.grads["b"] += dz.sum(axis=0)
            dx[:, t] = dz @ self.params["Wx"].T
            dh = dz @ self.params["Wh"].T
        return dx
