"""PostgreSQL and Valkey from wheels, as children of this process: no account, no root."""
