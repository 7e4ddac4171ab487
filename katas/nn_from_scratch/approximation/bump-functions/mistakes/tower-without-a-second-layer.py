"""tower is the sum of four steps, divided by 2.

The sum is 2 inside the rectangle, but also 1 in the arms of a cross, so the result there is 1/2, however far
away. A neuron in a second layer removes the arms.
"""


def tower(x, box, w):
    points = np.asarray(x, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError("x must be (N, 2)")
    low_0, high_0, low_1, high_1 = box
    if not (low_0 < high_0 and low_1 < high_1):
        raise ValueError("each range must have low below high")
    W1, b1 = np.zeros((2, 4)), np.zeros(4)
    for place, s in enumerate((low_0, high_0, low_1, high_1)):
        W1[place // 2, place], b1[place] = step_neuron(s, w)
    steps = sigmoid(affine(points, W1, b1))
    return steps @ np.array([1.0, -1.0, 1.0, -1.0]) / 2
