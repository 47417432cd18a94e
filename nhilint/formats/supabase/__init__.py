"""The supabase family of formats."""
