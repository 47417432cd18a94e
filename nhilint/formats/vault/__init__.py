"""HashiCorp Vault and OpenBao: policies, and roles of authentication methods."""
