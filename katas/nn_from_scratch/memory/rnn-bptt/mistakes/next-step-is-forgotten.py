"""Each state gets only the gradient from its own output, and none from the next step.

A state influences all later states too. In the example of the lesson, the loss is h_2 alone, and
the weight of the first input would get 0 instead of 0.1823: nothing is learned across steps.
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
        for t in reversed(range(upstream.shape[1])):
            dz = upstream[:, t] * (1.0 - after[:, t] ** 2)
            self.grads["Wx"] += self._inputs[:, t].T @ dz
            self.grads["Wh"] += before[:, t].T @ dz
            self.grads["b"] += dz.sum(axis=0)
            dx[:, t] = dz @ self.params["Wx"].T
        return dx
