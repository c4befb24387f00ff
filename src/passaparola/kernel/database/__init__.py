"""PostgreSQL beyond the ORM: set-based writes and the private server."""
