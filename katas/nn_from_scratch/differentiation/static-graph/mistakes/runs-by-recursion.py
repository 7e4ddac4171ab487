"""run computes a step by calling itself for its operands.

Python allows about 1000 nested calls, and a graph of a deep network or a long loop has more steps.
The steps are already in order: a loop is enough.
"""


class Program:
    def _compute(self, feeds):
        values = {}

        def value(number):
            if number not in values:
                step = self._steps[number]
                if step.op == "placeholder":
                    values[number] = float(feeds[str(step.label)])
                else:
                    values[number] = _apply(step, [value(i) for i in step.operands])
            return values[number]

        value(self._output)
        return [value(number) for number in range(len(self._steps))]
