"""Bytes become positioned plain values; nothing in here knows what a file means."""
