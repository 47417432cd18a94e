"""Azure and Microsoft Entra ID: roles, assignments, managed identities and app registrations in several syntaxes."""
