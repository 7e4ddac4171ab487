"""Without h0, forward continues from the last states of the previous call.

The states of one sequence then leak into another one, and the same image is read differently the
second time. Begin with zeros; a caller who wants to continue passes h0.
"""


class RNN:
    def forward(self, x, training=False, h0=None):
        inputs = np.asarray(x, dtype=np.float64)
        n_in, n_hidden = self.params["Wx"].shape
        if inputs.ndim != 3 or inputs.shape[2] != n_in:
            raise ValueError("x must be (N, T, I)")
        n, steps, _ = inputs.shape
        h = np.zeros((n, n_hidden)) if h0 is None else np.asarray(h0, dtype=np.float64)
        if h0 is None and getattr(self, "_kept", np.empty(0)).shape == h.shape:
            h = self._kept
        if h.shape != (n, n_hidden):
            raise ValueError("h0 must be (N, H)")
        states = [h]
        for t in range(steps):
            h = np.tanh(inputs[:, t] @ self.params["Wx"] + h @ self.params["Wh"] + self.params["b"])
            states.append(h)
        self._kept = h
        if training:
            self._inputs = inputs
            self._states = np.stack(states, axis=1)
        return np.stack(states[1:], axis=1)
