"""Where objects are kept: a folder, or a server that speaks S3."""
