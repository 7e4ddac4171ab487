"""`kata new`: katas and courses from templates."""
