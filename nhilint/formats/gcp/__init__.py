"""Google Cloud's policies, custom roles, identity pools and keys, in the syntaxes that repositories keep them in."""
