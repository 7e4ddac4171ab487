"""predict calls the layers with training=True.

Dropout is then active at inference, and the same image gets different probabilities in every call.
Only the steps of fit are training.
"""


class Sequential:
    def predict(self, X, batch_size=32):
        return predict_in_batches(lambda x: self.forward(x, training=True), X, batch_size)
