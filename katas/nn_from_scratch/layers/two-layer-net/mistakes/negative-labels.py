"""A label of -1 counts as the last class.

numpy counts a negative index from the end and raises no error. In many data sets -1 means "no label",
and here such a sample trains the network to predict class C - 1. Refuse labels below 0.
"""

base = "variants/plain"


class NeuralNetwork:
    def _labels(self, y, count):
        labels = np.asarray(y)
        if labels.shape != (count,) or count == 0 or labels.dtype.kind not in "iu":
            raise ValueError(f"{count} samples need {count} integer labels")
        if labels.max() >= len(self.b2):
            raise ValueError(f"labels must be from 0 to {len(self.b2) - 1}")
        return labels
