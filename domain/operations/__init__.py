"""Operations: updates in, messages out, conversations, settings, audit, costs."""
