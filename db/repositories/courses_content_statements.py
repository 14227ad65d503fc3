"""The statements of what stands in classes: modules, items, materials."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    delete,
    func,
    insert,
    join,
    literal,
    or_,
    select,
    update,
)

from db.models import (
    Assignment,
    AssignmentOpening,
    AssignmentProblem,
    AssignmentProgress,
    Class,
    ContentItem,
    Enrollment,
    Material,
    MaterialFile,
    Module,
    PracticeSession,
    Problem,
    ProblemVersion,
    Quiz,
    QuizProblem,
    SubmissionAttempt,
    User,
)
from db.models.courses_content import CONTENT_TYPE
from db.repositories.courses_order import lock, next_place, shift
from db.repositories.people import PERSON_COLUMNS, USERS_WITH_STUDENTS
from db.repositories.submissions_work import worth
from db.statements import Statement
from domain.courses.records import AssignmentMode, ContentType, EnrollmentRole, EnrollmentStatus

_INSTANT = DateTime(timezone=True)
_CLASS_ID = bindparam("class_id", type_=Uuid())
_MODULE_ID = bindparam("module_id", type_=Uuid())
_ITEM_ID = bindparam("item_id", type_=Uuid())
_FILE_ID = bindparam("file_id", type_=Uuid())
_TITLE = bindparam("title", type_=String)
_OFFSET = bindparam("offset", type_=Integer)
_LIMIT = bindparam("limit", type_=Integer)
_OPEN_AT = bindparam("open_at", type_=_INSTANT)
_EVERYTHING = _OPEN_AT.is_(None)
_OPEN = or_(
    _EVERYTHING,
    and_(
        ContentItem.is_published,
        or_(ContentItem.release_date.is_(None), ContentItem.release_date <= _OPEN_AT),
    ),
)


def _modules() -> Select[Any]:
    items = (
        select(func.count())
        .select_from(ContentItem)
        .where(ContentItem.module_id == Module.id, _OPEN)
        .scalar_subquery()
    )
    return (
        select(Module.id, Module.title, Module.is_published, items.label("items"))
        .where(Module.class_id == _CLASS_ID, or_(_EVERYTHING, Module.is_published))
        .order_by(Module.order_index)
        .offset(_OFFSET)
        .limit(_LIMIT)
    )


MODULES = Statement(_modules())
ITEMS = Statement(
    select(
        ContentItem.id,
        ContentItem.content_type,
        ContentItem.title,
        ContentItem.is_published,
        ContentItem.release_date,
        ContentItem.due_date,
    )
    .where(ContentItem.module_id == _MODULE_ID, _OPEN)
    .order_by(ContentItem.order_index)
    .offset(_OFFSET)
    .limit(_LIMIT)
)

LOCK_CLASS = lock(Class.__table__, "class_id")
LOCK_CLASS_OF_MODULE = Statement(
    select(Class.id)
    .where(Class.id == select(Module.class_id).where(Module.id == _MODULE_ID).scalar_subquery())
    .with_for_update(key_share=True)
)
LOCK_MODULE = lock(Module.__table__, "module_id")
LOCK_MODULE_OF_ITEM = Statement(
    select(Module.id)
    .where(
        Module.id
        == select(ContentItem.module_id).where(ContentItem.id == _ITEM_ID).scalar_subquery()
    )
    .with_for_update(key_share=True)
)
# In the order of their ids, so that two moves never wait for each other.
LOCK_MODULES_OF_MOVE = Statement(
    select(Module.id)
    .where(
        or_(
            Module.id == _MODULE_ID,
            Module.id
            == select(ContentItem.module_id).where(ContentItem.id == _ITEM_ID).scalar_subquery(),
        )
    )
    .order_by(Module.id)
    .with_for_update(key_share=True)
)
LOCK_ITEM = lock(ContentItem.__table__, "item_id")

ADD_MODULE = Statement(
    insert(Module)
    .values(
        class_id=_CLASS_ID,
        title=_TITLE,
        order_index=next_place(Module.__table__.c.class_id, _CLASS_ID),
    )
    .returning(Module.id)
)
# Each may be set alone; the names are the domain's, so no text of a person's becomes SQL.
UPDATE_MODULE = {
    column.name: Statement(
        update(Module)
        .where(Module.id == _MODULE_ID)
        .values({column.name: bindparam("value", type_=column.type)})
    )
    for column in Module.__table__.columns
    if column.name in {"title", "description", "is_published"}
}
SHIFT_MODULE = {
    up: shift(Module.__table__, "class_id", Module.__table__.c.id == _MODULE_ID, up=up)
    for up in (True, False)
}
DELETE_MODULE = Statement(
    delete(Module).where(
        Module.id == _MODULE_ID,
        ~select(ContentItem.id).where(ContentItem.module_id == Module.id).exists(),
    )
)


def _add_item(content_type: ContentType) -> Statement:
    """The item and the row beside it, which announcements do not have."""
    item = (
        insert(ContentItem)
        .from_select(
            ["module_id", "content_type", "title", "created_by", "order_index"],
            select(
                Module.id,
                literal(content_type, CONTENT_TYPE),
                _TITLE,
                bindparam("created_by", type_=Uuid()),
                next_place(ContentItem.__table__.c.module_id, _MODULE_ID),
            ).where(Module.id == _MODULE_ID),
        )
        .returning(ContentItem.id)
        .cte("item")
    )
    found = select(item.c.id)
    if content_type is ContentType.ASSIGNMENT:
        mode = literal(AssignmentMode.HOMEWORK, Assignment.__table__.c.mode.type)
        beside = insert(Assignment).from_select(["id", "mode"], select(item.c.id, mode))
        return Statement(found.add_cte(beside.cte("beside")))
    kinds = {ContentType.QUIZ: Quiz, ContentType.MATERIAL: Material}
    if content_type in kinds:
        beside = insert(kinds[content_type]).from_select(["id"], found)
        return Statement(found.add_cte(beside.cte("beside")))
    return Statement(found)


ADD_ITEM = {kind: _add_item(kind) for kind in ContentType}
UPDATE_ITEM = {
    column.name: Statement(
        update(ContentItem)
        .where(ContentItem.id == _ITEM_ID)
        .values({column.name: bindparam("value", type_=column.type)})
    )
    for column in ContentItem.__table__.columns
    if column.name in {"title", "description", "is_published", "release_date", "due_date"}
}
SHIFT_ITEM = {
    up: shift(ContentItem.__table__, "module_id", ContentItem.__table__.c.id == _ITEM_ID, up=up)
    for up in (True, False)
}
MOVE_ITEM = Statement(
    update(ContentItem)
    .where(ContentItem.id == _ITEM_ID, select(Module.id).where(Module.id == _MODULE_ID).exists())
    .values(
        module_id=_MODULE_ID,
        order_index=next_place(ContentItem.__table__.alias("there").c.module_id, _MODULE_ID),
    )
)


def problem_used() -> ColumnElement[bool]:
    """Whether a student tried the assignment's problem beside it, or keeps a draft of it."""
    tried = select(SubmissionAttempt.id).where(
        SubmissionAttempt.assignment_problem_id == AssignmentProblem.id
    )
    begun = select(AssignmentProgress.id).where(
        AssignmentProgress.assignment_problem_id == AssignmentProblem.id,
        AssignmentProgress.current_code != "",
    )
    return or_(tried.exists(), begun.exists())


def item_used() -> ColumnElement[bool]:
    """Whether a student worked on one of its problems, opened it as an exam, or began the quiz."""
    opened = select(AssignmentOpening.id).where(AssignmentOpening.assignment_id == ContentItem.id)
    worked = select(AssignmentProblem.id).where(
        AssignmentProblem.assignment_id == ContentItem.id, problem_used()
    )
    answered = select(PracticeSession.id).where(PracticeSession.content_item_id == ContentItem.id)
    return or_(worked.exists(), opened.exists(), answered.exists())


# Attempts refer to these rows: while they are held, no attempt comes in.
LOCK_PROBLEMS = Statement(
    select(AssignmentProblem.id)
    .where(AssignmentProblem.assignment_id == _ITEM_ID)
    .order_by(AssignmentProblem.id)
    .with_for_update()
)
DELETE_ITEM = Statement(delete(ContentItem).where(ContentItem.id == _ITEM_ID, ~item_used()))


def _facts() -> Select[Any]:
    def count(table: Any, parent: Any) -> Any:
        return select(func.count()).select_from(table).where(parent == ContentItem.id)

    source = join(ContentItem, Assignment, Assignment.id == ContentItem.id, isouter=True)
    source = join(source, Material, Material.id == ContentItem.id, isouter=True)
    set_here = join(
        AssignmentProblem, ProblemVersion, ProblemVersion.id == AssignmentProblem.problem_id
    )
    total = (
        select(func.coalesce(func.sum(worth()), 0))
        .select_from(set_here)
        .where(AssignmentProblem.assignment_id == ContentItem.id)
    )
    problems = count(AssignmentProblem, AssignmentProblem.assignment_id).scalar_subquery()
    asked = join(QuizProblem, Problem, Problem.id == QuizProblem.problem_id)
    questions = (
        count(asked, QuizProblem.quiz_id).where(Problem.withdrawn_at.is_(None)).scalar_subquery()
    )
    return (
        select(
            Material.body,
            count(MaterialFile, MaterialFile.material_id).scalar_subquery().label("files"),
            Assignment.id.label("assignment_id"),
            Assignment.mode,
            Assignment.points_total,
            Assignment.difficulty,
            Assignment.config,
            (problems + questions).label("problems"),
            total.scalar_subquery().label("worth"),
            item_used().label("used"),
        )
        .select_from(source)
        .where(ContentItem.id == _ITEM_ID)
    )


FACTS = Statement(_facts())

SET_BODY = Statement(
    update(Material).where(Material.id == _ITEM_ID).values(body=bindparam("body", type_=String))
)
_FILE_COLUMNS = [one for one in MaterialFile.__table__.columns if one.name != "created_at"]
FILES = Statement(
    select(*_FILE_COLUMNS)
    .where(MaterialFile.material_id == _ITEM_ID)
    .order_by(MaterialFile.order_index)
)
FILE = Statement(select(*_FILE_COLUMNS).where(MaterialFile.id == _FILE_ID))


def _add_file() -> Statement:
    files = MaterialFile.__table__.alias("there")
    there = select(func.count()).select_from(files).where(files.c.material_id == _ITEM_ID)
    return Statement(
        insert(MaterialFile)
        .from_select(
            ["material_id", "storage_key", "name", "size", "media_type", "order_index"],
            select(
                Material.id,
                bindparam("storage_key", type_=String),
                bindparam("name", type_=String),
                bindparam("size", type_=BigInteger),
                bindparam("media_type", type_=String),
                next_place(files.c.material_id, _ITEM_ID),
            ).where(
                Material.id == _ITEM_ID, there.scalar_subquery() < bindparam("most", type_=Integer)
            ),
        )
        .returning(MaterialFile.id)
    )


ADD_FILE = _add_file()
REMOVE_FILE = Statement(delete(MaterialFile).where(MaterialFile.id == _FILE_ID))


def _students_to_tell() -> Select[Any]:
    chosen: Any = select(*PERSON_COLUMNS)
    told: Select[Any] = (
        chosen.select_from(USERS_WITH_STUDENTS.join(Enrollment, Enrollment.user_id == User.id))
        .where(
            Enrollment.class_id == _CLASS_ID,
            Enrollment.role == EnrollmentRole.STUDENT,
            Enrollment.status == EnrollmentStatus.ACTIVE,
            User.is_active,
            User.telegram_id.is_not(None),
        )
        .order_by(User.id)
    )
    return told


STUDENTS_TO_TELL = Statement(_students_to_tell())
