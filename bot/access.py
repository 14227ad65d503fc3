"""Who may do what, declared beside each handler."""

from domain.people.records import Role

EVERYONE = frozenset(Role)
TEACHERS = frozenset({Role.TEACHER, Role.ADMIN})
ADMINS = frozenset({Role.ADMIN})
