"""mae_grad returns the signs alone, without the division by the number of elements.

The loss is a mean, so each element contributes 1/n: the example gives (1, -1) instead of (0.5,
-0.5).
"""

base = "variants/separate"


def mae_grad(pred, y):
    return np.sign(_errors(pred, y))
