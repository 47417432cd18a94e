"""Credentials written into infrastructure code, whatever its syntax: texts with names become credentials in clear.

A format hands over its texts, each with the name it goes by and what the schema says of its position; nothing here
resolves a reference, so that a value is reported where it is written and nowhere else.
"""
