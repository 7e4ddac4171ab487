"""Draw how many operations programs have before and after the learner's optimize."""

from nnkata.pictures import Canvas, Frame, Picture

GRAPHS = {
    "(x + y) · (x + y) + 2 · 3": "lambda c, x, y: (x + y) * (x + y) + c(2) * c(3)",
    "2 · 3 · x": "lambda c, x, y: c(2) * c(3) * x",
    "tanh(x y) − tanh(x y)²": "lambda c, x, y: (x * y).tanh() - (x * y).tanh() ** 2",
    "(x − y) · (y − x)": "lambda c, x, y: (x - y) * (y - x)",
    "0 · x + y": "lambda c, x, y: 0 * x + y",
}
UNIT = 52.0


def picture_operations(solution):
    """Draw a bar for the operations of each program, and one for those that remain."""
    canvas = Canvas(640, 34 + 62 * len(GRAPHS))
    canvas.text(12, 20, "operations: above as built, below after your optimize", "ink")
    words, numbers = [], {}
    for place, (name, text) in enumerate(GRAPHS.items()):
        program = solution.probe.program(solution.fn(text), ["x", "y"])
        before = int(program.n_ops)
        after = int(solution.optimize(program).n_ops)
        top = 36 + 62 * place
        canvas.text(12, top + 27, name, "ink strong")
        for count, kind, shift in ((before, "first outlined", 4), (after, "yours filled", 26)):
            wide = UNIT * min(max(count, 0), 6)
            canvas.rectangle((250, top + shift), (wide, 16), kind)
            canvas.text(258 + wide, top + shift + 13, str(count), "ink small")
        words.append(f"{name}: {before} and {after}")
        numbers[name] = [before, after]
    return Picture(
        "Operations before and after optimizing",
        "The number of operations as built, and after your optimize: " + "; ".join(words) + ".",
        [Frame(canvas)],
        numbers,
    )
