"""What nhilint recognises: one folder for each family of formats.

A family has `claims.py` (plain data: which files are whose) and one module for each format that reads a document.
"""
