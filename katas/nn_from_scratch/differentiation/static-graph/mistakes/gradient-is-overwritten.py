"""A step sets the gradients of its operands instead of adding to them.

In x · x the same node is both operands, and at 3 the derivative is 3 instead of 6. A node collects what
comes back from all of its uses.
"""


class Program:
    def grad(self, feeds, wrt):
        values = self._compute(feeds)
        grads = [0.0] * len(values)
        grads[self._output] = 1.0
        result = dict.fromkeys(wrt, 0.0)
        for number in reversed(range(len(values))):
            step = self._steps[number]
            if step.op == "placeholder" and step.label in result:
                result[str(step.label)] += grads[number]
            operands = [values[i] for i in step.operands]
            slopes = _slopes(step, operands, values[number])
            for i, slope in zip(step.operands, slopes, strict=True):
                grads[i] = slope * grads[number]
        return result
