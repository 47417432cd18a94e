"""Rego policies of Open Policy Agent: the declarations that decide when nothing else does."""
