"""predict returns the number of the largest output instead of the outputs.

A model for regression then always predicts 0, and nobody can see how sure a model was: 0.51 and
0.99 look the same. Return the outputs of the last layer.
"""


class Sequential:
    def predict(self, X, batch_size=32):
        return predict_classes(predict_in_batches(self.forward, X, batch_size))
