"""The Bot API's methods, one file a subject; the name of a method is not case-sensitive."""

from localchat.methods import edits, media, messages, profile, updates
from localchat.methods.call import Method

METHODS: dict[str, Method] = {
    method.name.lower(): method
    for subject in (updates, messages, edits, media, profile)
    for method in subject.METHODS
}
