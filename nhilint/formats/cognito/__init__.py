"""The cognito family of formats."""
