"""AWS IAM: policy documents wherever JSON holds them, turned into grants, ways in, and what they allow together."""
