"""train returns the losses of the batches after their steps.

The first number should say what the model knew before it learned anything, about ln V: this shows
whether the start is right. Store the loss from before the step.
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
            optimizer.step(list(self.params.values()), list(gradients.values()))
            history.append(self.loss(batch))
        return history
