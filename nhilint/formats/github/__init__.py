"""GitHub Actions: workflows, composite actions, and the agents that their steps run."""
