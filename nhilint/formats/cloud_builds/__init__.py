"""Triggers by which the build services of clouds start: AWS CodeBuild and Google Cloud Build."""
