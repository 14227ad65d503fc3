"""Objects by key: a folder, or an S3 storage such as MinIO."""
