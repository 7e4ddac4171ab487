"""The last position at which a row can start is never drawn.

A text of T characters has T - C such positions, from 0 to T - C - 1, and rng.integers already
excludes its upper limit. With C + 1 characters no position is left at all.
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
            batch = windows[rng.integers(0, max(len(windows) - 1, 1), batch_size)]
            loss, gradients = self._loss_and_gradients(batch)
            optimizer.step(list(self.params.values()), list(gradients.values()))
            history.append(loss)
        return history
