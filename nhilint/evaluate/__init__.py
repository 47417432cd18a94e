"""Checks judge the graph: conditions in, findings and undecided out."""
