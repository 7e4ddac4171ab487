"""The gradients are set to zero at the start of each epoch, and not before each step.

With 45 batches per epoch, the last step follows the sum of 45 gradients. Set them to zero
before each step.
"""


class Sequential:
    def _learn(self, x, y):
        layers = self._layers_of_the_loss()
        scores = _forward(layers, x, True)
        _backward(layers, _LOSSES[self._loss][1](scores, y))
        self._optimizer.step(list(self.params.values()), list(self.grads.values()))
        return scores

    def fit(
        self,
        X,
        Y,
        epochs=1,
        batch_size=32,
        validation_data=None,
        rng=None,
        on_epoch=None,
    ):
        if self._optimizer is None:
            raise RuntimeError("fit needs a compile before it")
        samples, targets = _pair(X, Y)
        names = ["loss", *self._metrics]
        if validation_data is not None:
            names += [f"val_{name}" for name in names]
        history = {name: [] for name in names}
        for epoch in range(epochs):
            scores, order = [], []
            self.zero_grad()
            for x, rows in iterate_minibatches(samples, np.arange(len(samples)), batch_size, rng):
                scores.append(self._learn(x, targets[rows]))
                order.append(rows)
            values = self._measure(np.concatenate(scores), targets[np.concatenate(order)])
            if validation_data is not None:
                values += self.evaluate(*validation_data, batch_size)
            for name, value in zip(names, values, strict=True):
                history[name].append(value)
            if on_epoch is not None:
                on_epoch(epoch + 1, dict(zip(names, values, strict=True)))
        return history
