"""The keys of dead_report count only the ReLU layers: 0, 1, 2 and so on.

In Dense, ReLU, Dense, ReLU the second ReLU has the index 3 in layers, and the caller looks for it there.
Count all layers.
"""

def dead_report(layers, X):
    h = np.asarray(X)
    if len(h) == 0:
        raise ValueError("X must contain at least one sample")
    report = {}
    for index, layer in enumerate(layers):
        if isinstance(layer, ReLU):
            report[len(report)] = float(dead_units(h).mean())
        h = layer.forward(h)
    return report
