"""CloudFormation and SAM templates: identities, policies and keys as a template declares them."""
