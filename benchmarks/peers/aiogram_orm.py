"""aiogram 3 with one SQLAlchemy ORM session an update: `aiogram_orm TOKEN API_URL DATABASE_URL`.

It writes what Dars writes for an answer: the inbox row, the response, the item, the session's
counters, the next item's time and the outbox row in one transaction; then it replies, and notes
that in the outbox. The same checker decides whether the answer is right.
"""

import asyncio
import sys
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from db.models import (
    InboxUpdate,
    OutboxMessage,
    PracticeItem,
    PracticeSession,
    Problem,
    Response,
    User,
)
from domain.operations.records import InboxState
from domain.practice import answers
from domain.practice.records import ItemState, SessionStatus

POOL = 32
BUTTONS = ("Hint", "Solution", "Skip", "Stop")

turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)


async def answer(
    message: Message, event_update: Update, sessions: async_sessionmaker[AsyncSession]
) -> None:
    async with sessions() as session:
        # aiogram handles one person's updates at once; unordered, they would only hold up
        # each other's rows, and each of them a connection.
        async with turns[message.chat.id]:
            said, item, text = await record(session, message, event_update)
            await session.commit()
        sent = await message.answer(text, parse_mode=ParseMode.HTML, reply_markup=keyboard(item))
        said.sent_at, said.message_id = datetime.now(UTC), sent.message_id
        await session.commit()


async def record(
    session: AsyncSession, message: Message, update: Update
) -> tuple[OutboxMessage, PracticeItem, str]:
    """All rows of one answer, and the reply."""
    if message.from_user is None or message.bot is None:
        raise ValueError("nobody wrote this")
    who, bot_id = message.from_user.id, message.bot.id
    now = datetime.now(UTC)
    inbox = InboxUpdate(
        bot_id=bot_id,
        update_id=update.update_id,
        person=who,
        payload=update.model_dump(mode="json", exclude_none=True),
    )
    session.add(inbox)
    found = await session.execute(
        select(User, PracticeSession)
        .join(PracticeSession, PracticeSession.student_id == User.id)
        .where(User.telegram_id == who, PracticeSession.status == SessionStatus.IN_PROGRESS)
        .with_for_update(of=PracticeSession)
    )
    user, practice = found.one()
    waiting = await session.execute(
        select(PracticeItem, Problem)
        .join(Problem, Problem.id == PracticeItem.problem_id)
        .where(PracticeItem.session_id == practice.id, PracticeItem.state == ItemState.WAITING)
        .order_by(PracticeItem.position)
        .limit(2)
    )
    (item, problem), *rest = waiting.all()
    verdict = answers.check(
        message.text or "",
        problem.answer,
        problem.answer_kind,
        problem.answer_tolerance,
        problem.unit,
    )
    seconds = round((now - (item.opened_at or now)).total_seconds())
    item.tries += 1
    session.add(
        Response(
            session_id=practice.id,
            item_id=item.id,
            problem_id=problem.id,
            try_number=item.tries,
            student_answer=message.text or "",
            is_correct=verdict.correct,
            time_spent_seconds=seconds,
            hints_used=item.hints_shown,
            hints_viewed=[],
            evaluated_at=now,
        )
    )
    practice.total_time_seconds += seconds
    text = "That is not it. Try again, or take a hint."
    if verdict.correct:
        item.state = ItemState.ANSWERED
        practice.problems_correct += 1
        if rest:
            item, problem = rest[0]
            item.opened_at = now
            text = f"Right!\n\n<b>Problem {item.position} of 5</b>\n{problem.question_en}"
    said = OutboxMessage(
        bot_id=bot_id, user_id=user.id, chat_id=message.chat.id, view="reply", data={"text": text}
    )
    session.add(said)
    inbox.state, inbox.ended_at = InboxState.DONE, now
    return said, item, text


def keyboard(item: PracticeItem) -> InlineKeyboardMarkup:
    rows: list[list[Any]] = [
        [InlineKeyboardButton(text=label, callback_data=f"{label}:{item.id}")] for label in BUTTONS
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def main(token: str, api_url: str, database_url: str) -> None:
    engine = create_async_engine(database_url, pool_size=POOL, max_overflow=0)
    sessions = async_sessionmaker(engine, expire_on_commit=False)
    dispatcher = Dispatcher()
    dispatcher.message.register(answer)
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url))
    try:
        await dispatcher.start_polling(Bot(token, session=session), sessions=sessions)
    finally:
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
