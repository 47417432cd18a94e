"""SPIRE, the issuer of SPIFFE identities: its configuration, and the entries that say which workload is whom."""
