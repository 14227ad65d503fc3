"""Runs untrusted programs in a sandbox and judges what they wrote."""
