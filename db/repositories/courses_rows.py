"""Rows of classes as the domain's records, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from domain.courses.records import AssignmentConfig, LatePolicy, LatePolicyKind


def assignment_config(kept: Mapping[str, Any]) -> AssignmentConfig:
    """What stands in `assignments.config`; what is missing there is the record's default."""
    policy = kept.get("late_policy") or {}
    return AssignmentConfig(
        allowed_languages=tuple(kept.get("allowed_languages") or ()),
        time_limit_mins=kept.get("time_limit_mins"),
        max_attempts=kept.get("max_attempts"),
        late_policy=LatePolicy(**{**policy, "kind": LatePolicyKind(policy.get("kind", "none"))}),
    )


def config_row(config: AssignmentConfig) -> dict[str, Any]:
    return {**asdict(config), "allowed_languages": list(config.allowed_languages)}
