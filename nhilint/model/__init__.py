"""The vocabulary of nhilint: pure values, no input or output.

`place` and `fact` say what is known and where; `vocabulary` names what checks may speak about; `resource`, `graph`
and `finding` are what the stages of a run hand to each other.
"""
