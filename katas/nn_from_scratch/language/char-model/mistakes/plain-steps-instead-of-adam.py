"""SGD is used instead of Adam: the step is the learning rate times the gradient.

Gradients of 0.01 then change a weight by 0.0001 at a learning rate of 0.01, while Adam changes it
by 0.01. The model hardly learns in the same number of steps. The lesson asks for Adam.
"""


class CharModel:
    def train(self, text, steps, rng, batch_size=32, learning_rate=0.003):
        ids = self.encode(text)
        if len(ids) <= self._context:
            raise ValueError(f"the text needs at least {self._context + 1} characters")
        windows = np.lib.stride_tricks.sliding_window_view(ids, self._context + 1)
        optimizer = Adam(learning_rate)
        history = []
        for _ in range(steps):
            batch = windows[rng.integers(len(windows), size=batch_size)]
            loss, gradients = self._loss_and_gradients(batch)
            for array, gradient in zip(self.params.values(), gradients.values(), strict=True):
                array -= learning_rate * gradient
            history.append(loss)
        return history
