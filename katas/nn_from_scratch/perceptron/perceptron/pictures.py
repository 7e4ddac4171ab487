"""What a perceptron with the weights of AND decides on the plane, for five biases."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture, draw_plane, draw_zero, grid

WEIGHTS = [0.6, 0.6]
BIASES = [-1.4, -1.0, -0.3, 0.2]
CORNERS_SAY = {
    -1.4: "All corners are 0.",
    -1.0: "This is AND.",
    -0.3: "This is OR.",
    0.2: "All corners are 1.",
}
PLANE = (-0.5, 1.5)
COUNT = 31  # so that no point is exactly on a line
BOX = (60, 12, 440, 392)
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def picture_and_on_a_plane(solution):
    """Draw where the perceptron says 1 and where 0, while its bias moves the line."""
    points = grid(PLANE, PLANE, COUNT)
    asked = np.concatenate([points.reshape(-1, 2), CORNERS])
    frames, wrongs, decisions = [], [], []
    for bias in BIASES:
        got = np.asarray(solution.probe.answers(WEIGHTS, bias, asked), float)
        got = got if got.shape == (len(asked),) else np.full(len(asked), np.nan)
        z = asked @ np.array(WEIGHTS) + bias
        wrong = int((got != (z >= 0)).sum())
        wrongs.append(wrong)
        decisions.append(got)
        plane, right = got[:-4].reshape(COUNT, COUNT), z[:-4].reshape(COUNT, COUNT)
        canvas = Canvas(640, 440)
        axes = Axes(canvas, PLANE, PLANE, BOX)
        draw_plane(
            axes, 2 * plane - 1, "first input x₁", "second input x₂", "yours thin",
            avoid=CORNERS.tolist(),
        )  # fmt: skip
        draw_zero(axes, right, "right thick dashed")
        for (a, b), answer in zip(CORNERS, got[-4:], strict=True):
            across, up = axes.x(a), axes.y(b)
            canvas.circle(across, up, 14, "paper filled")
            canvas.circle(across, up, 14, "ink")
            said = f"{answer:g}" if np.isfinite(answer) else "?"
            canvas.text(across, up + 6, said, "large strong", "middle")
        _key(canvas, bias, wrong)
        caption = f"The bias is {bias:g}. ".replace("-", "−") + CORNERS_SAY[bias]
        frames.append(Frame(canvas, f"{caption} {_said(wrong)}" if wrong else caption))
    return Picture(
        "A perceptron on the plane of its two inputs",
        "The weights are 0.6 and 0.6. A straight line separates the inputs where the perceptron "
        "says 1 from those where it says 0. With the bias −1 only the corner (1, 1) is on the side "
        "of 1: this is AND. With the bias −0.3 only (0, 0) is on the side of 0: this is OR. "
        f"{_said(max(wrongs))}",
        frames,
        numbers={"decisions": np.array(decisions)},
        shown=1,
    )


def _said(wrong):
    if not wrong:
        return "All decisions are right."
    return f"{wrong} of {COUNT * COUNT + 4} decisions are wrong."


def _key(canvas, bias, wrong):
    left = 464
    canvas.text(left, 36, f"b = {bias:g}".replace("-", "−"), "large strong")
    canvas.text(left, 58, "w = (0.6, 0.6)", "small")
    for number, (kind, sign, words) in enumerate(
        (("plus-5", "+", "says 1"), ("minus-5", "−", "says 0"))
    ):
        top = 80 + 26 * number
        canvas.rectangle((left, top), (22, 18), kind)
        canvas.text(left + 11, top + 15, sign, "large strong", "middle")
        canvas.text(left + 32, top + 14, words, "small")
    canvas.line(left, 146, left + 22, 146, "right thick dashed")
    canvas.text(left + 32, 150, "net input 0", "small")
    if wrong:
        canvas.text(left, 190, "wrong", "strong wrong")
        canvas.text(left, 210, f"at {wrong} points", "small wrong")
    else:
        canvas.text(left, 190, "all right", "strong")
