"""Shell scripts and Makefiles that give rights by a cloud's own command line."""
