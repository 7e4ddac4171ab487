"""The loss of an empty batch is nan.

There is no mean of 0 numbers. A nan goes through all later sums, and you see it far from its cause.
Raise a ValueError when there are no samples.
"""

base = "variants/plain"


class NeuralNetwork:
    def _labels(self, y, count):
        labels = np.asarray(y)
        if labels.shape != (count,) or labels.dtype.kind not in "iu":
            raise ValueError(f"{count} samples need {count} integer labels")
        if count and (labels.min() < 0 or labels.max() >= len(self.b2)):
            raise ValueError(f"labels must be from 0 to {len(self.b2) - 1}")
        return labels
