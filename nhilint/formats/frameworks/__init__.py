"""Agents that frameworks and visual builders keep in files: who they are, what they may call, what starts them."""
