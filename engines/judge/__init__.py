"""Runs untrusted programs in a sandbox and judges what they wrote."""

from engines.judge.judge import SandboxJudge

__all__ = ["SandboxJudge"]
