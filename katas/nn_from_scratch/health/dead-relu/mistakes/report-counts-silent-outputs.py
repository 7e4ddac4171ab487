"""dead_report gives the fraction of all outputs that are 0, not the fraction of dead units.

In a healthy layer with symmetric z half of the outputs are 0 and no unit is dead: the report says 0.5
instead of 0. Reduce over the samples first, to one answer per unit.
"""

def dead_report(layers, X):
    h = np.asarray(X)
    if len(h) == 0:
        raise ValueError("X must contain at least one sample")
    report = {}
    for index, layer in enumerate(layers):
        if isinstance(layer, ReLU):
            report[index] = float((h <= 0).mean())
        h = layer.forward(h)
    return report
