"""Draw the passes that each mode takes, counted while the learner's functions run."""

import numpy as np

from nnkata.pictures import Canvas, Chart, Frame, Picture, draw_lines

TOTAL = 12
"""The number of inputs and results together."""


def picture_passes(solution):
    """Draw the calls in forward mode and the backward passes in reverse mode, N from 1 to 11."""
    sizes = list(range(1, TOTAL))
    forward, reverse, answers = [], [], []
    for n in sizes:
        m = TOTAL - n
        weights = [[float((i * j) % 5 + 1) for j in range(n)] for i in range(m)]
        f = solution.fn(f"lambda x: [sum(w * v for w, v in zip(row, x)) for row in {weights}]")
        xs = np.linspace(0.5, 1.5, n).tolist()
        forward.append(int(solution.probe.forward_calls(f, xs)[1]))
        reverse.append(sum(solution.probe.reverse_calls(f, xs)[3]))
        answers.append(str(solution.cheaper_mode(n, m)))
    canvas = Canvas(640, 330)
    calls, passes = "calls of your jacobian_forward", "passes of your jacobian_reverse"
    draw_lines(
        canvas, {calls: forward, passes: reverse}, (60, 10, 620, 284),
        Chart(f"number of inputs N (the number of results is {TOTAL} − N)", "passes", xs=sizes),
        {calls: "yours", passes: "second dashed"},
    )  # fmt: skip
    chosen = [n for n, mode in zip(sizes, answers, strict=True) if mode == "forward"]
    choice = f"N = {min(chosen)} to {max(chosen)}" if chosen else "no N"
    return Picture(
        "How many passes each mode takes",
        f"For functions with N inputs and {TOTAL} − N results. With 1 input, your forward mode "
        f"took {forward[0]} and your reverse mode {reverse[0]} passes; with {TOTAL - 1} inputs, "
        f"{forward[-1]} and {reverse[-1]}. Your cheaper_mode answers forward for {choice}.",
        [Frame(canvas)],
        {"inputs": sizes, "forward": forward, "reverse": reverse, "cheaper": answers},
    )
