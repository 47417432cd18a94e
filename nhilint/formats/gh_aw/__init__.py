"""GitHub Agentic Workflows (gh-aw): Markdown with front matter, compiled into workflows of GitHub Actions."""
