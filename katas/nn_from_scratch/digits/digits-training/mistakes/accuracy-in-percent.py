"""accuracy returns a number from 0 to 100 instead of a fraction from 0 to 1.

Three correct of four is 0.75 and not 75. A program that asks whether accuracy is at least 0.965
would accept a network with an accuracy of 1 %. Return the fraction; f"{fraction:.1%}" prints it as
a percentage.
"""

base = "variants/share-apart"


def accuracy(network, X, y):
    predictions = network.forward(X).argmax(axis=1)
    labels = np.asarray(y)
    if labels.shape != predictions.shape or len(labels) == 0:
        raise ValueError(f"{len(predictions)} samples need as many labels, got {labels.shape}")
    return float((predictions == labels).mean() * 100)
