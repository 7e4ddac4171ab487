"""dead_report gives the number of dead units instead of the fraction.

16 dead units of 64 are a fraction of 0.25. Layers of different sizes can be compared only by
fractions.
"""

def dead_report(layers, X):
    h = np.asarray(X)
    if len(h) == 0:
        raise ValueError("X must contain at least one sample")
    report = {}
    for index, layer in enumerate(layers):
        if isinstance(layer, ReLU):
            report[index] = float(dead_units(h).sum())
        h = layer.forward(h)
    return report
