"""The layer after a ReLU gets the pre-activations instead of the outputs of the ReLU.

Negative numbers then reach the next layer, and what it computes is not what the network computes. Call
forward on every layer, including the ReLU.
"""

def dead_report(layers, X):
    h = np.asarray(X)
    if len(h) == 0:
        raise ValueError("X must contain at least one sample")
    report = {}
    for index, layer in enumerate(layers):
        if isinstance(layer, ReLU):
            report[index] = float(dead_units(h).mean())
        else:
            h = layer.forward(h)
    return report
