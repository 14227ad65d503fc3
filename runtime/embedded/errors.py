"""What can go wrong with an embedded service; the text is meant for whoever typed the command."""


class EmbeddedServiceError(Exception):
    """An embedded service cannot be started; the sentence says why and what to do."""


class FolderInUseError(EmbeddedServiceError):
    """Another living process already uses the folder."""
