"""The network that the module builds: the inputs and the output of each neuron."""

import numpy as np

from nnkata.pictures import Canvas, Frame, NetworkState, Picture, draw_network

N_IN, SIZES = 3, [4, 4, 1]
X = [1.0, -0.5, 0.25]
PARAMETERS = 41


def picture_network(solution):
    """Draw MLP(3, [4, 4, 1]) with its weights, and the outputs that these weights give."""
    net = solution.probe.network(N_IN, SIZES, solution.py_rng(1))
    built = NetworkState(net, X)
    try:
        answer = solution.probe.outputs(net, X)
    except ValueError as error:  # as a neuron raises that is given too many inputs, or too few
        answer = f"ValueError ({error})"
    listed = solution.probe.listed(net)["count"]
    expected = built.outputs[-1][0] if len(built.outputs[-1]) == 1 else built.outputs[-1]
    sentences = _sentences(built, answer, expected, listed)
    canvas = Canvas(640, 452)
    draw_network(canvas, built)
    for number, (words, fine) in enumerate(sentences):
        canvas.text(30, 378 + 18 * number, words, "strong small" if fine else "strong small wrong")
    return Picture(
        "The network that MLP(3, [4, 4, 1]) builds",
        f"{built.sizes[0]} inputs, then layers of {', '.join(map(str, built.sizes[1:]))} neurons. "
        + " ".join(words for words, _ in sentences),
        [Frame(canvas)],
        numbers={
            "sizes": built.sizes, "weights": built.weights, "biases": built.biases,
            "answers": built.outputs, "answer": answer, "listed": listed,
            "parameters": built.parameters,
        },
    )  # fmt: skip


def _sentences(built, answer, expected, listed):
    """Return (sentence, whether it is right) for the shape, the result and the parameters."""
    shape = built.sizes == [N_IN, *SIZES] and not built.misfits() and built.parameters == PARAMETERS
    if shape:
        first = "The layers are right: 3 inputs, then 4, 4 and 1 neurons."
    elif built.misfits():
        first = f"Layer {built.misfits()[0]} does not fit: a neuron needs a weight for each input."
    else:
        first = f"The layers should have 4, 4 and 1 neurons, not {built.sizes[1:]}."
    if built.objects < sum(built.sizes[1:]):
        shape = False
        first = f"All these circles are only {built.objects} different neurons."
    raised = isinstance(answer, str)
    same = not raised and np.shape(answer) == np.shape(expected)
    same = same and bool(np.allclose(answer, expected, atol=1e-9))
    second = (
        f"It raises {answer}."
        if raised
        else f"It returns {_shown(answer)}, which is right for these weights."
        if same
        else f"It returns {_shown(answer)}; these weights give {_shown(expected)}."
    )
    third = f"parameters() lists {listed}; the picture has {built.parameters} weights and biases."
    return [(first, shape), (second, same), (third, listed == built.parameters)]


def _shown(answer):
    """Write a number, or a list of them, with three digits after the decimal point."""
    if isinstance(answer, list | tuple):
        return f"[{', '.join(map(_shown, answer))}]"
    return f"{answer:.3f}".replace("-", "−") if isinstance(answer, float) else str(answer)
