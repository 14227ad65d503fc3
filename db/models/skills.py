"""What the skill model knows of each student."""

import uuid
from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, Double, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class Skill(Base):
    """How well a student knows a topic, as it stood at `practised_at`.

    `belief` holds the numbers of domain/practice/skills.py, one a cell.
    """

    __tablename__ = "skills"
    __table_args__ = (
        CheckConstraint("cardinality(belief) > 0", name="belief_not_empty"),
        CheckConstraint("half_life_days > 0", name="half_life_positive"),
    )

    student_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("students.user_id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(String(100), primary_key=True)
    belief: Mapped[list[float]] = mapped_column(ARRAY(Double))
    half_life_days: Mapped[float] = mapped_column(Double)
    practised_at: Mapped[datetime]
