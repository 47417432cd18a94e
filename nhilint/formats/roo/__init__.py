"""Roo Code and Kilo Code: modes with the groups of tools that each may use."""
