"""The power rule is used for the exponent 0 too.

x ** 0 is 1 for every x, so its derivative is 0. The rule k · x ** (k − 1) gives 0 · x ** −1, and at x = 0 that is a
division by 0.
"""


def _slopes(step, operands, y):
    match step.op, operands:
        case "+", _:
            return (1.0, 1.0)
        case "-", _:
            return (1.0, -1.0)
        case "*", [a, b]:
            return (b, a)
        case "/", [a, b]:
            return (1.0 / b, -y / b)
        case "**", [a]:
            k = float(step.label)
            return (k * a ** (k - 1.0),)
        case "neg", _:
            return (-1.0,)
        case "tanh", _:
            return (1.0 - y * y,)
        case _:
            return ()
