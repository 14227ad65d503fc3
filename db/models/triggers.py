"""What the tables promise beyond their columns: functions and triggers, declared as data.

The migrations hold a frozen copy of this SQL; a test compares what both make.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import MetaData

from db.models.attempt_rules import ALLOWING, NUMBERING
from db.models.base import TOUCHED
from db.models.problems import MAY_CHANGE, ProblemVersion

SERVER_WITH_UUIDV7 = 180000
"""`server_version_num` of the first PostgreSQL that has `uuidv7()` itself."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function without arguments. `missing_before`: only servers older than this need it."""

    name: str
    returns: str
    body: str
    missing_before: int | None = None

    @property
    def sql(self) -> str:
        return (
            f"create function {self.name}() returns {self.returns}"
            f" language plpgsql volatile as $${self.body}$$"
        )


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger named after its table and its rule.

    `when` is checked by the server before it calls the function, so a row that keeps the rule
    costs next to nothing. `says` is the sentence with which it refuses, or what it sees to.
    """

    table: str
    rule: str
    event: str
    each: str
    function: str
    when: str | None = None
    says: str | None = None
    moment: str = "before"

    @property
    def name(self) -> str:
        return f"tr_{self.table}_{self.rule}"

    @property
    def sql(self) -> str:
        condition = "" if self.when is None else f" when ({self.when})"
        argument = "" if self.says is None else f"'{self.says}'"
        return (
            f"create trigger {self.name} {self.moment} {self.event} on {self.table}"
            f" for each {self.each}{condition} execute function {self.function}({argument})"
        )


# RFC 9562, version 7: 48 bits of milliseconds, the version, 12 bits of what is left of the
# millisecond (so that ids made one after another sort so), the variant and 62 random bits, both
# taken from a random id.
UUIDV7 = Function(
    "uuidv7",
    "uuid",
    """
declare
    micros bigint := extract(epoch from clock_timestamp()) * 1000000;
    front bigint := micros / 1000 << 16 | 28672 | micros % 1000 * 4096 / 1000;
begin
    return encode(
        int8send(front) || substring(uuid_send(gen_random_uuid()) from 9), 'hex'
    )::uuid;
end
""",
    missing_before=SERVER_WITH_UUIDV7,
)

TOUCH = Function(
    "touch_updated_at",
    "trigger",
    """
begin
    new.updated_at = now();
    return new;
end
""",
)

# 23001 is restrict_violation: the drivers take it for an integrity error, with table and rule.
REFUSE = Function(
    "refuse_change",
    "trigger",
    """
begin
    raise exception '% of %: %', lower(tg_op), tg_table_name, tg_argv[0]
        using errcode = '23001', table = tg_table_name, constraint = tg_name;
end
""",
)

# The lock on the version keeps it from being published between the look and the change.
REFUSE_PUBLISHED = Function(
    "refuse_change_of_published",
    "trigger",
    """
begin
    perform from problem_versions
        where id in (old.problem_version_id, new.problem_version_id) for share;
    if exists (
        select from problem_versions
        where id in (old.problem_version_id, new.problem_version_id) and published_at is not null
    ) then
        raise exception '% of %: %', lower(tg_op), tg_table_name, tg_argv[0]
            using errcode = '23001', table = tg_table_name, constraint = tg_name;
    end if;
    return coalesce(new, old);
end
""",
)

NUMBER_ATTEMPT = Function("number_attempt", "trigger", NUMBERING)
ALLOW_ATTEMPT = Function("allow_attempt", "trigger", ALLOWING)

FUNCTIONS = (UUIDV7, TOUCH, REFUSE, REFUSE_PUBLISHED, NUMBER_ATTEMPT, ALLOW_ATTEMPT)

ERASING = "current_setting('dars.erasing', true) is distinct from 'on'"
"""True unless the transaction said `set local dars.erasing = 'on'`."""


def refusal(table: str, rule: str, columns: str, when: str, says: str) -> Trigger:
    """Refuse a row's update that names one of the columns and fulfils the condition."""
    return Trigger(table, rule, f"update of {columns}", "row", REFUSE.name, when, says)


PUBLISHED_STAYS = [
    one.name for one in ProblemVersion.__table__.columns if one.name not in MAY_CHANGE
]

REFUSALS = (
    # Updates are refused by the statement: also one that meets no row, and `on conflict do update`.
    Trigger(
        "responses", "never_updated", "update", "statement", REFUSE.name,
        says="a try is recorded once and never changed",
    ),
    # By the row: cascades run over this table even where they find nothing to delete.
    Trigger(
        "responses", "deleted_by_erasure_only", "delete", "row", REFUSE.name, ERASING,
        "a try is deleted only when its account is erased",
    ),
    Trigger(
        "responses", "never_truncated", "truncate", "statement", REFUSE.name,
        says="a try is deleted only when its account is erased",
    ),
    Trigger(
        "audit_logs", "append_only", "update or delete or truncate", "statement", REFUSE.name,
        says="what was logged is never changed and never deleted",
    ),
    refusal(
        "practice_sessions", "ends_once", "status",
        "old.status <> 'in_progress' and new.status <> old.status",
        "a session that has ended keeps its status",
    ),
    refusal(
        "practice_items", "never_waits_again", "state",
        "old.state <> 'waiting' and new.state = 'waiting'",
        "an item that was answered, skipped or shown never waits again",
    ),
    refusal(
        "practice_items", "counts_only_grow", "tries, hints_shown",
        "new.tries < old.tries or new.hints_shown < old.hints_shown",
        "tries and hints are only ever added",
    ),
    refusal(
        "inbox", "ends_once", "state",
        "old.state <> 'waiting' and new.state <> old.state",
        "an update that was done or set aside keeps its state",
    ),
    refusal(
        "outbox", "stays_sent", "sent_at",
        "old.sent_at is not null and new.sent_at is null",
        "a message that was sent stays sent",
    ),
    refusal(
        "conversations", "version_grows", "version",
        "new.version <= old.version",
        "every write takes the next version",
    ),
    refusal(
        "problem_versions", "published_stays", ", ".join(PUBLISHED_STAYS),
        "old.published_at is not null",
        "what was published never changes: an edit makes the next version",
    ),
    Trigger(
        "test_cases", "published_stay", "insert or update or delete", "row",
        REFUSE_PUBLISHED.name,
        says="the tests of a published version never change",
    ),
    Trigger(
        "submission_attempts", "never_updated", "update", "statement", REFUSE.name,
        says="an attempt is recorded once and never changed",
    ),
    Trigger(
        "submission_attempts", "deleted_by_erasure_only", "delete", "row", REFUSE.name, ERASING,
        "an attempt is deleted only when its account is erased",
    ),
    Trigger(
        "submission_attempts", "never_truncated", "truncate", "statement", REFUSE.name,
        says="an attempt is deleted only when its account is erased",
    ),
    refusal(
        "judgings", "only_forward", "status",
        "new.status < old.status or (old.status = 'completed' and new.status <> 'completed')",
        "a judging only moves forward and ends once",
    ),
    refusal(
        "judgings", "ended_stays", "verdict, score, points, ended_at",
        "old.ended_at is not null and (new.verdict, new.score, new.points, new.ended_at)"
        " is distinct from (old.verdict, old.score, old.points, old.ended_at)",
        "a judging that has ended keeps what it found",
    ),
    refusal(
        "problem_uploads", "only_forward", "status",
        "new.status < old.status or (old.ended_at is not null and new.status <> old.status)",
        "an upload only moves forward and ends once",
    ),
)  # fmt: skip

ATTEMPTS = (
    Trigger(
        "submission_attempts", "numbered", "insert", "row", NUMBER_ATTEMPT.name,
        says="attempts of one student at one problem are numbered from one, without gaps",
    ),
    # After, so that a row without its student or problem is refused by its foreign key.
    Trigger(
        "submission_attempts", "allowed", "insert", "row", ALLOW_ATTEMPT.name,
        says="an attempt keeps the rules of its class", moment="after",
    ),
)  # fmt: skip


def touches(metadata: MetaData) -> Iterator[Trigger]:
    """Keep `updated_at` true on the tables that say so; an update that changes nothing is none."""
    for table in metadata.sorted_tables:
        if table.info.get(TOUCHED):
            yield Trigger(
                table.name, "touch", "update", "row", TOUCH.name, "old.* is distinct from new.*"
            )


def triggers(metadata: MetaData) -> list[Trigger]:
    """Every trigger of the schema."""
    return [*touches(metadata), *REFUSALS, *ATTEMPTS]


def functions(server_version: int) -> list[Function]:
    """The functions that a server of this `server_version_num` lacks."""
    return [
        one
        for one in FUNCTIONS
        if one.missing_before is None or server_version < one.missing_before
    ]
