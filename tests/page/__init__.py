"""The page: its formulas, its lessons, what it says, and that nothing in it is active."""
