"""compile treats every unknown word as "mse", "sgd" or no metric.

With loss="categorical-crossentropy", one wrong character, the model silently minimizes the
squared error. Raise a ValueError for words that are not known.
"""


class Sequential:
    def compile(self, loss, optimizer="sgd", metrics=()):
        if isinstance(optimizer, str):
            optimizer = Adam() if optimizer == "adam" else SGD(lr=0.01)
        self._loss = loss if loss in _LOSSES else "mse"
        self._optimizer = optimizer
        self._metrics = tuple(name for name in metrics if name == "accuracy")
