"""Private keys that are kept as files of their own: what a machine, a pipeline or an app proves itself with."""
