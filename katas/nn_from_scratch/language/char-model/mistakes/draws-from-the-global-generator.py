"""train and sample draw from np.random, and not from the rng that they get.

The same seed then gives a different text each time, so that no result can be repeated. Draw from
rng only.
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
            batch = windows[np.random.randint(0, len(windows), batch_size)]
            loss, gradients = self._loss_and_gradients(batch)
            optimizer.step(list(self.params.values()), list(gradients.values()))
            history.append(loss)
        return history

    def sample(self, prompt, n, rng, temperature=1.0):
        if not prompt or temperature < 0:
            raise ValueError("a prompt, and a temperature of at least 0, are needed")
        ids = self.encode(prompt).tolist()
        for _ in range(n):
            seen = np.array([ids[-self._context :]])
            logits = self._forward(seen)[0, -1]
            if temperature == 0:
                ids.append(int(logits.argmax()))
            else:
                probabilities = softmax(logits / temperature)
                ids.append(int(np.random.choice(len(probabilities), p=probabilities)))
        return "".join((self._vocab[number] for number in ids[len(prompt) :]))
