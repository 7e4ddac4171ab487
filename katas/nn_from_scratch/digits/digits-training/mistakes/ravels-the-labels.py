"""accuracy flattens the labels before it checks their shape.

A column (N, 1) then gives the right fraction, and so does any other table of N labels. But a wrong
shape shows an error made earlier, and any other comparison with the predictions gives a table of N
× N. Raise a ValueError unless the shape is (N,).
"""

base = "variants/share-apart"


def accuracy(network, X, y):
    predictions = network.forward(X).argmax(axis=1)
    labels = np.ravel(y)
    if labels.shape != predictions.shape or len(labels) == 0:
        raise ValueError(f"{len(predictions)} samples need as many labels, got {labels.shape}")
    return float((predictions == labels).mean())
