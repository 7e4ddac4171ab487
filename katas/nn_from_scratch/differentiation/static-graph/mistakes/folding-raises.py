"""If an operation on constants raises an error, optimize raises it too.

constant(1) / constant(0) is a valid graph, whose error belongs to run. Leave the operation as it is.
"""


def _fold(step, steps):
    operands = [steps[i] for i in step.operands]
    if not operands or any(operand.op != "constant" for operand in operands):
        return step
    return _Step("constant", (), _apply(step, [float(operand.label) for operand in operands]))
