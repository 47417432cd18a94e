"""SQL scripts that hand out rights: roles above all rules, and grants without bounds."""
