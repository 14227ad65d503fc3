"""The calendar: class meetings, what one plans oneself, and when work is due."""
