"""dead_report has an entry for each layer, whatever its class.

What goes into a dense layer is not its pre-activation, and a tanh unit with a negative input is not dead.
Report only layers of the class ReLU.
"""


def dead_report(layers, X):
    h = np.asarray(X)
    if len(h) == 0:
        raise ValueError("X must contain at least one sample")
    report = {}
    for index, layer in enumerate(layers):
        report[index] = float(dead_units(h).mean())
        h = layer.forward(h)
    return report
