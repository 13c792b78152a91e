"""Tables and statements: the only package that speaks SQL, the same on SQLite and on PostgreSQL."""
