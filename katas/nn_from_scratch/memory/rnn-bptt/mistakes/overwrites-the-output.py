"""backward computes in the array that forward returned as the output.

The caller may still hold this array: after backward, it contains gradients instead of outputs. Compute with
new arrays.
"""


class RNN:
    def forward(self, x, training=False, h0=None):
        inputs = np.asarray(x, dtype=np.float64)
        n_in, n_hidden = self.params["Wx"].shape
        if inputs.shape[2:] != (n_in,):
            raise ValueError("x must be (N, T, I)")
        n, steps, _ = inputs.shape
        h = np.zeros((n, n_hidden)) if h0 is None else np.asarray(h0, dtype=np.float64)
        if h.shape != (n, n_hidden):
            raise ValueError("h0 must be (N, H)")
        states = [h]
        for t in range(steps):
            h = np.tanh(inputs[:, t] @ self.params["Wx"] + h @ self.params["Wh"] + self.params["b"])
            states.append(h)
        hs = np.stack(states[1:], axis=1)
        if training:
            self._inputs, self._hs = inputs, hs
            self._states = np.stack(states, axis=1)
        return hs

    def backward(self, dhs):
        if self._inputs is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dhs, dtype=np.float64)
        before, after = self._states[:, :-1], self._states[:, 1:]
        if upstream.shape != after.shape:
            raise ValueError("dhs must be (N, T, H)")
        dx = np.empty_like(self._inputs)
        dz = self._hs
        dh = np.zeros_like(self.params["b"])
        for t in reversed(range(upstream.shape[1])):
            dz[:, t] = (upstream[:, t] + dh) * (1.0 - after[:, t] ** 2)
            self.grads["Wx"] += self._inputs[:, t].T @ dz[:, t]
            self.grads["Wh"] += before[:, t].T @ dz[:, t]
            self.grads["b"] += dz[:, t].sum(axis=0)
            dx[:, t] = dz[:, t] @ self.params["Wx"].T
            dh = dz[:, t] @ self.params["Wh"].T
        return dx
