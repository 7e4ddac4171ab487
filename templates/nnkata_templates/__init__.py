"""The jinja2 templates of nnkata: scaffolds, reports and CI files."""
