"""People: who they are, their language, their clock, their settings."""
