"""The steps are in the middles of the boxes instead of at their edges.

The output then changes just where it should be f(m), and is halfway there. A step belongs to the
edge between two boxes.
"""


def bump_network(f, a, b, n, sharpness):
    if not a < b:
        raise ValueError("a must be below b")
    if not sharpness > 0:
        raise ValueError("sharpness must be positive")
    edges = np.linspace(a, b, n + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    heights = np.array([f(float(middle)) for middle in middles], dtype=np.float64)
    neurons = np.array([step_neuron(float(s), sharpness) for s in middles[1:]])
    return neurons[:, 0].reshape(1, -1), neurons[:, 1], np.diff(heights).reshape(-1, 1), heights[:1]
