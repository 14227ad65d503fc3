"""Settings are read once, typed, and a wrong one gets a sentence that names it."""

from itertools import pairwise
from pathlib import Path

import pytest

from runtime.errors import SettingsError
from runtime.settings import ROOT, Settings, local_token

SECRET = "do-not-show-this"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DARS_HOME", str(tmp_path))


def test_each_setting_stands_in_the_example_with_its_comment_and_nothing_else_does() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    example = {
        line.partition("=")[0]: above.removeprefix("# ")
        for above, line in pairwise(lines)
        if "=" in line and not line.startswith("#")
    }
    expected = {name.upper(): field.description for name, field in Settings.model_fields.items()}
    assert example == expected


def test_an_untouched_example_means_the_defaults(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text(encoding="utf-8"))
    read = Settings.load()
    assert read == Settings(dars_home=tmp_path)
    assert (read.database_pool_size, read.database_max_overflow, read.database_echo) == (
        5,
        10,
        False,
    )


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("LOCALCHAT_PORT=9001\nLOG_LEVEL=debug\n")
    monkeypatch.setenv("LOCALCHAT_PORT", "9002")
    read = Settings.load()
    assert (read.localchat_port, read.log_level) == (9002, "debug")


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LOCALCHAT_PORT": "many"}, "LOCALCHAT_PORT"),
        ({"LOCALCHAT_PORT": "0"}, "LOCALCHAT_PORT"),
        ({"TELEGRAM_MODE": "pigeon"}, "TELEGRAM_MODE"),
        ({"ADMIN_TELEGRAM_IDS": "rahim"}, "ADMIN_TELEGRAM_IDS"),
        ({"DATABASE_URL": f"mysql://root:{SECRET}@db/dars"}, "DATABASE_URL"),
        ({"MINIO_ENDPOINT": "s3:9000"}, "MINIO_ACCESS_KEY"),
        ({"TELEGRAM_MODE": "webhook"}, "WEBHOOK_URL"),
        ({"PUBLIC_URL": f"ftp://{SECRET}.example.org"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": f"{SECRET}.example.org"}, "PUBLIC_URL"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    variables: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        Settings.load()
    assert said in str(refused.value)
    assert SECRET not in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_secrets_never_show() -> None:
    read = Settings(
        telegram_bot_token=SECRET,
        database_url=f"postgresql://dars:{SECRET}@db/dars",
        redis_url=f"redis://:{SECRET}@redis",
        minio_secret_key=SECRET,
        webhook_secret=SECRET,
    )
    assert SECRET not in repr(read)
    assert SECRET not in str(read.model_dump())
    assert SECRET not in read.model_dump_json()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_any_address_of_postgresql_gets_the_driver_that_dars_uses(scheme: str) -> None:
    read = Settings(database_url=f"{scheme}://dars@db/dars")
    assert read.database_url is not None
    assert read.database_url.get_secret_value() == "postgresql+asyncpg://dars@db/dars"


def test_admins_are_read_from_a_list_with_commas() -> None:
    assert Settings(admin_telegram_ids="7003, 7004,").admin_telegram_ids == (7003, 7004)


def test_the_local_chats_token_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = local_token(tmp_path / "home")
    assert first == local_token(tmp_path / "home")
    assert first.partition(":")[0].isdecimal()
    assert (tmp_path / "home" / "localchat-token").stat().st_mode & 0o077 == 0
