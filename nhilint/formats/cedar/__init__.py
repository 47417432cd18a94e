"""Cedar policies, also those of Bedrock AgentCore and Verified Permissions."""
