"""Draw how a formula and its derivative grow, round by round."""

from nnkata.pictures import Canvas, Chart, Frame, Picture, draw_lines

ROUNDS = 7


def picture_swell(solution):
    """Draw the sizes of l ← 4 l (1 − l), of its derivative, and the number of shared parts."""
    names = [
        "derivative by your diff, written out",
        "the same after your simplify",
        "the formula itself, written out",
        "derivative, each tuple counted once",
    ]
    lines = {name: [] for name in names}
    for rounds in range(1, ROUNDS + 1):
        sizes = solution.probe.sizes(rounds)
        for name, size in zip(names, sizes, strict=True):
            lines[name].append(float(size))
    canvas = Canvas(640, 380)
    xs = list(range(1, ROUNDS + 1))
    kinds = dict(zip(names, ["yours", "first dashed", "second", "third dotted"], strict=True))
    chart = Chart("rounds of l ← 4 l (1 − l)", "parts", xs=xs, log=True)
    draw_lines(canvas, lines, (60, 10, 620, 334), chart, kinds)
    last = [f"{int(lines[name][-1])}" for name in names]
    return Picture(
        "A formula swells when it is differentiated",
        f"After {ROUNDS} rounds of l ← 4 l (1 − l) the formula has {last[2]} parts, its derivative "
        f"{last[0]}, and {last[1]} when it is simplified. In memory it has {last[3]}, because "
        "equal parts are the same tuple.",
        [Frame(canvas)],
        {"rounds": xs, **lines},
    )
