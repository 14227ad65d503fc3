"""Students' code: drafts, attempts, and how they are judged."""
