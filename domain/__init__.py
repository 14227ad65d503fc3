"""What Dars does, without Telegram, HTTP or SQL: records, rules, use cases, protocols."""
