"""Access by relation, after Zanzibar: models of OpenFGA and schemas of SpiceDB."""
