"""Labels of a wrong shape are accepted.

A column of labels, (N, 1), is broadcast against the N row numbers to (N, N): each sample is compared
with every label, and for 3 samples the loss is a mean of 9 numbers. Accept only the shape (N,).
"""

base = "variants/plain"


class NeuralNetwork:
    def _labels(self, y, count):
        labels = np.asarray(y)
        if count == 0 or labels.dtype.kind not in "iu":
            raise ValueError(f"{count} samples need {count} integer labels")
        if labels.min() < 0 or labels.max() >= len(self.b2):
            raise ValueError(f"labels must be from 0 to {len(self.b2) - 1}")
        return labels
