"""optimize turns 0 · x into the constant 0.

If x is infinite when the program runs, 0 · x is nan. An optimized program gives exactly the same results, and
whether x is finite is not known yet.
"""


def _fold(step, steps):
    operands = [steps[i] for i in step.operands]
    if step.op == "*" and any(o.op == "constant" and o.label == 0 for o in operands):
        return _Step("constant", (), 0.0)
    if not operands or any(operand.op != "constant" for operand in operands):
        return step
    try:
        return _Step("constant", (), _apply(step, [float(operand.label) for operand in operands]))
    except ArithmeticError:
        return step
