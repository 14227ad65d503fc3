"""Every setting of Dars, read once from the environment and from `.env`."""

import os
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from runtime.errors import SettingsError

ROOT = Path(__file__).parent.parent
TELEGRAM = "https://api.telegram.org"


def default_home() -> Path:
    """The user's own data folder."""
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "dars"


class Settings(BaseSettings):
    """Typed and frozen. Each field's description stands in `.env.example` too."""

    model_config = SettingsConfigDict(
        frozen=True, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    dars_home: Path = Field(
        default_factory=default_home, description="Folder for all data of Dars."
    )
    telegram_bot_token: SecretStr | None = Field(
        None, description="The bot's token from BotFather; without it the local chat is served."
    )
    telegram_api_url: str = Field(
        TELEGRAM, description="Base address of the Bot API; another one only for a server of yours."
    )
    telegram_proxy: str | None = Field(
        None, description="HTTP proxy for Telegram, where it is blocked: http://host:port."
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        "polling", description="How updates arrive: polling, or webhook with a public address."
    )
    webhook_url: str | None = Field(
        None, description="Public https address that Telegram calls in webhook mode."
    )
    webhook_secret: SecretStr | None = Field(
        None, description="Secret by which Telegram proves itself; 1 to 256 of A-Z a-z 0-9 _ -."
    )
    webhook_host: str = Field(
        "127.0.0.1", description="Address the bot's web server listens on: webhook and calendars."
    )
    webhook_port: int = Field(
        8443, ge=1, le=65535, description="Port the bot's web server listens on."
    )
    public_url: str | None = Field(
        None, description="Public https address of that server; with it, calendars can be linked."
    )
    localchat_port: int = Field(
        8089, ge=1, le=65535, description="Port of the local chat, on this machine alone."
    )
    admin_telegram_ids: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="Telegram ids of the first admins, separated by commas."
    )
    database_url: SecretStr | None = Field(
        None, description="PostgreSQL as postgresql+asyncpg://…; without it an embedded one runs."
    )
    database_pool_size: int = Field(5, ge=1, le=500, description="Connections kept open.")
    database_max_overflow: int = Field(
        10, ge=0, le=500, description="Connections opened beyond these when all are busy."
    )
    database_echo: bool = Field(False, description="Log every SQL statement (never its values).")
    redis_url: SecretStr | None = Field(
        None, description="Redis or Valkey as redis://…; without it an embedded one runs."
    )
    minio_endpoint: str | None = Field(
        None, description="host:port of an S3 storage; without it objects lie in a folder."
    )
    minio_access_key: str | None = Field(None, description="Access key of the S3 storage.")
    minio_secret_key: SecretStr | None = Field(None, description="Secret key of the S3 storage.")
    minio_bucket: str = Field("dars", description="Bucket for Dars' objects.")
    minio_secure: bool = Field(True, description="Whether the S3 storage is reached by https.")
    judge_at_once: int | None = Field(
        None, ge=1, le=256, description="Programs that a worker judges at once; else one a core."
    )
    send_pacing: bool = Field(
        True, description="Keep Telegram's limits when sending; off only for benchmarks."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="From which level on the log speaks."
    )
    log_format: Literal["text", "json"] = Field("text", description="How log lines look.")

    @field_validator("admin_telegram_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(int(one) for one in value.replace(" ", "").split(",") if one)
        return value

    @field_validator("database_url", mode="after")
    @classmethod
    def _driver(cls, value: SecretStr | None) -> SecretStr | None:
        """Any address of PostgreSQL, with the driver that Dars uses."""
        if value is None:
            return None
        scheme, separator, rest = value.get_secret_value().partition("://")
        if not separator or scheme.partition("+")[0] not in {"postgresql", "postgres"}:
            raise ValueError("write it as postgresql+asyncpg://user:password@host:port/name")
        return SecretStr(f"postgresql+asyncpg://{rest}")

    @field_validator("public_url", mode="after")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        """Without the slash at its end, since paths begin with one."""
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query:
            raise ValueError("write it as https://host or https://host/path")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _together(self) -> "Settings":
        if self.minio_endpoint and not (self.minio_access_key and self.minio_secret_key):
            raise ValueError("MINIO_ENDPOINT needs MINIO_ACCESS_KEY and MINIO_SECRET_KEY as well")
        if self.telegram_mode == "webhook" and not (self.webhook_url and self.webhook_secret):
            raise ValueError("TELEGRAM_MODE=webhook needs WEBHOOK_URL and WEBHOOK_SECRET as well")
        return self

    def token(self) -> str:
        if self.telegram_bot_token is None:
            raise SettingsError("TELEGRAM_BOT_TOKEN is not set: write BotFather's token there")
        return self.telegram_bot_token.get_secret_value()

    def secret_of_webhook(self) -> str:
        return "" if self.webhook_secret is None else self.webhook_secret.get_secret_value()

    @classmethod
    def load(cls, **given: Any) -> "Settings":
        """From `given`, the environment and `.env` in the checkout and the home, in this order.

        Raises SettingsError with one sentence a wrong setting.
        """
        home = Path(os.environ.get("DARS_HOME") or default_home())
        try:
            return cls(_env_file=(home / ".env", ROOT / ".env"), **given)
        except ValidationError as error:
            raise SettingsError("\n".join(_sentence(one) for one in error.errors())) from None


def _sentence(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"]).upper()
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"{name}: {said}" if name else said


def local_token(home: Path) -> str:
    """The token of the local chat's own bot: made once, kept in the home."""
    file = home / "localchat-token"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(f"1000001:{secrets.token_urlsafe(26)}", encoding="ascii")
    return file.read_text(encoding="ascii").strip()
