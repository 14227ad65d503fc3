"""Settings, logging, command line, embedded services: the one place where everything is wired."""
