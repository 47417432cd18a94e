"""Factory Droid: settings with an autonomy level, lists of commands and hooks."""
