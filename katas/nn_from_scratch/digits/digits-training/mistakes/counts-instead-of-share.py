"""accuracy returns the number of correct samples and does not divide it by the number of samples.

Three correct of four is 0.75 and not 3. A count of the 1438 training images cannot be compared with
a count of the 359 test images; a fraction can. Divide by the number of samples.
"""

base = "variants/share-apart"


def accuracy(network, X, y):
    predictions = network.forward(X).argmax(axis=1)
    labels = np.asarray(y)
    if labels.shape != predictions.shape or len(labels) == 0:
        raise ValueError(f"{len(predictions)} samples need as many labels, got {labels.shape}")
    return float((predictions == labels).sum())
