"""`kata watch`: notice a save and check the module again."""
