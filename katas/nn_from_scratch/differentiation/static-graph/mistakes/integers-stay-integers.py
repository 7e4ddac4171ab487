"""A number from feeds is used as it is.

With x = 3, x · x is then the integer 9 and not the float 9.0, and the type of a result depends on how the number
was written. run returns a float.
"""


class Program:
    def _compute(self, feeds):
        values = []
        for step in self._steps:
            if step.op == "placeholder":
                values.append(feeds[str(step.label)])
            else:
                values.append(_apply(step, [values[i] for i in step.operands]))
        return values
