"""Render lessons, which are written in Markdown, as HTML with MathML and as text."""
