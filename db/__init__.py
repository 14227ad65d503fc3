"""The database: models declare the schema, repositories speak SQL, one unit of work a turn."""
