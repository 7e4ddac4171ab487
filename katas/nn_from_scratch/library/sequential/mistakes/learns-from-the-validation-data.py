"""fit takes steps with the validation data as well.

Validation measures how the model does on samples that it was not trained on. After a step with
them, val_loss is too good, and cannot warn of overfitting. Only evaluate them.
"""


class Sequential:
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
            for x, rows in iterate_minibatches(samples, np.arange(len(samples)), batch_size, rng):
                scores.append(self._learn(x, targets[rows]))
                order.append(rows)
            values = self._measure(np.concatenate(scores), targets[np.concatenate(order)])
            if validation_data is not None:
                for x, y in zip(*map(np.asarray, validation_data), strict=True):
                    self._learn(x[np.newaxis], y[np.newaxis])
                values += self.evaluate(*validation_data, batch_size)
            for name, value in zip(names, values, strict=True):
                history[name].append(value)
            if on_epoch is not None:
                on_epoch(epoch + 1, dict(zip(names, values, strict=True)))
        return history
