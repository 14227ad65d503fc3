"""The gradebook: what each student got for each piece of work."""
