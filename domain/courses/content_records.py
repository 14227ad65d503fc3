"""What stands in a class's modules, as lists and cards show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.courses.cards import ClassCard, ItemCard, ModuleCard
from domain.courses.records import Assignment, ContentType, MaterialFile


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module in a class's list."""

    id: UUID
    title: str
    is_published: bool
    items: int
    """As many as whoever looks may see."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item in a module's list."""

    id: UUID
    content_type: ContentType
    title: str
    is_published: bool
    release_date: datetime | None
    due_date: datetime | None


@dataclass(frozen=True, slots=True)
class ModulesSeen:
    """A page of a class's modules."""

    card: ClassCard
    staff: bool
    """Whether they are as those who teach see them."""
    lines: Sequence[ModuleLine]
    number: int
    """From zero."""
    more: bool


@dataclass(frozen=True, slots=True)
class ItemsSeen:
    """A module with a page of its items."""

    card: ModuleCard
    lines: Sequence[ItemLine]
    number: int
    """From zero."""
    more: bool


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What an item holds besides its title: what its card tells, and what publishing asks for."""

    body: str | None
    """Of a material."""
    files: int
    assignment: Assignment | None
    problems: int
    """Of an assignment or a quiz."""
    worth: Decimal
    """What the assignment's problems are worth together."""
    used: bool
    """Whether a student worked on one of its problems, opened it as an exam, or began the quiz."""


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """An item as its teacher has it before them."""

    card: ItemCard
    facts: ItemFacts


@dataclass(frozen=True, slots=True)
class ItemRead:
    """An item as a student reads it."""

    card: ItemCard
    facts: ItemFacts
    files: Sequence[MaterialFile]

    @property
    def text(self) -> str:
        """Markdown; "" where there is none."""
        if self.card.item.content_type is ContentType.MATERIAL:
            return self.facts.body or ""
        return self.card.item.description or ""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How many students an announcement has reached, and why not the others."""

    sent: int
    waiting: int
    quiet: int
    """Of those that wait, how many are in their quiet hours."""
    muted: int
    blocked: int
    """They have blocked the bot."""
    failed: int
    """Telegram did not take it, or not in time."""

    @property
    def told(self) -> int:
        return self.sent + self.waiting + self.muted + self.blocked + self.failed
