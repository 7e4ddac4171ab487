"""accuracy of no samples returns nan instead of raising an error.

The mean of nothing is 0/0: numpy only warns and returns nan. Every comparison with nan is False, so
the question "is it below 0.9?" is answered with *no*. Raise a ValueError.
"""

base = "variants/share-apart"


def accuracy(network, X, y):
    predictions = network.forward(X).argmax(axis=1)
    labels = np.asarray(y)
    if labels.shape != predictions.shape:
        raise ValueError(f"{len(predictions)} samples need as many labels, got {labels.shape}")
    return float((predictions == labels).mean())
