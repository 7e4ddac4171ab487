"""optimize turns (x + 1) + 2 into x + 3.

Each sum is rounded. At x = 1e16 the first is 1e16 + 2 and the second 1e16 + 4. The results must be the
same in every digit.
"""


def _fold(step, steps):
    operands = [steps[i] for i in step.operands]
    if step.op == "+" and operands[0].op == "+" and operands[1].op == "constant":
        first, second = operands[0].operands
        if steps[second].op == "constant":
            steps.append(_Step("constant", (), steps[second].label + operands[1].label))
            return _Step("+", (first, len(steps) - 1), "")
    if not operands or any(operand.op != "constant" for operand in operands):
        return step
    try:
        return _Step("constant", (), _apply(step, [float(operand.label) for operand in operands]))
    except ArithmeticError:
        return step
