"""A plugin that cannot be imported."""

raise RuntimeError("the pack of Ada needs a licence")
