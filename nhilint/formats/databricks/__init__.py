"""Databricks: bundles and who their jobs, apps and secrets belong to."""
