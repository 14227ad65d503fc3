"""What ends a command with a sentence. Apart, since the settings' own module loads 14 MB."""


class SettingsError(Exception):
    """A setting is wrong; the sentence names it and says what to write, never what was written."""
