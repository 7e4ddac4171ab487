"""Lessons, which authors write in Markdown, as HTML with MathML and as text for a terminal."""
