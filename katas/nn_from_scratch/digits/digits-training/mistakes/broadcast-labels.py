"""accuracy compares the predictions with labels of any shape.

numpy compares each label of a column (N, 1) with every prediction. The result is a table of N × N,
and its mean is not the accuracy: for three correct samples 0, 1, 2 it is 0.333. Check the shape
first and raise a ValueError.
"""

base = "variants/share-apart"


def accuracy(network, X, y):
    predictions = network.forward(X).argmax(axis=1)
    labels = np.asarray(y)
    if len(predictions) == 0:
        raise ValueError(f"{len(predictions)} samples need as many labels, got {labels.shape}")
    return float((predictions == labels).mean())
