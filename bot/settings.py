"""All settings, read once from the environment (prefix LINYING_); nothing else reads it."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.faults import Fault

PREFIX = "LINYING_"
OFFICIAL_API = "https://api.telegram.org"


class Settings(BaseSettings):
    """What one installation is told. Every field has a default but the token, which may be absent."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    token: str = Field("", pattern=r"^(\d{3,20}:[A-Za-z0-9_-]{3,120})?$")
    api_base: str = Field("", pattern=r"^(https?://\S+)?$")
    database_url: str = Field("", pattern=r"^((sqlite|postgres|postgresql)(\+\w+)?://\S+)?$")
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    community: str = "fenghe"
    webhook_url: str = Field("", pattern=r"^(https?://\S+)?$")
    webhook_secret: str = Field("", pattern=r"^[A-Za-z0-9_-]{0,256}$")
    webhook_host: str = "127.0.0.1"
    webhook_port: int = Field(8443, ge=1, le=65535)
    secret_key: str = ""
    data_dir: Path = Path("data")
    playground_port: int = Field(8480, ge=0, le=65535)
    messages_per_second: float = Field(30.0, gt=0, le=100_000)
    updates_per_minute: int = Field(200, ge=1)
    actions_host: str = "127.0.0.1"
    actions_port: int = Field(5055, ge=0, le=65535)
    actions_key: str = Field("", pattern=r"^([A-Za-z0-9_-]{16,256})?$")
    parse_host: str = "127.0.0.1"
    parse_port: int | None = Field(None, ge=0, le=65535)
    parse_key: str = Field("", pattern=r"^([A-Za-z0-9_-]{16,256})?$")
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = Field(None, ge=0, le=65535)
    metrics_key: str = Field("", pattern=r"^([A-Za-z0-9_-]{16,256})?$")
    log_level: str = Field("", pattern=r"^(DEBUG|INFO|WARNING|ERROR)?$")
    log_format: str = Field("text", pattern=r"^(text|json)$")

    @field_validator("admins", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        """`1, 2` or `1，2` from the environment."""
        if isinstance(value, str):
            return [part.strip() for part in value.replace("，", ",").split(",") if part.strip()]
        return value

    @field_validator("api_base")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @model_validator(mode="after")
    def _webhook_has_secret(self) -> Settings:
        if self.webhook_url and not (self.webhook_secret or self.secrets):
            raise ValueError("webhook_secret")
        return self

    @property
    def api(self) -> str:
        """The Bot-API server in use."""
        return self.api_base or OFFICIAL_API

    @property
    def database(self) -> str:
        """The database, a SQLite file in the data folder unless one is named."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'linying.db'}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None for a server."""
        url = urlsplit(self.database)
        return Path(url.path[1:]) if url.scheme.startswith("sqlite") and url.path[1:] else None

    @property
    def webhook_key(self) -> str:
        """What the messenger must send with each webhook call; made from SECRET_KEY when not given."""
        return self.webhook_keys[0]

    @property
    def webhook_keys(self) -> tuple[str, ...]:
        """The same, and what older parts of SECRET_KEY give while the key is being changed."""
        if self.webhook_secret:
            return (self.webhook_secret,)
        return tuple(hmac.new(key.encode(), b"webhook", hashlib.sha256).hexdigest() for key in self.secrets)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The parts of SECRET_KEY: the first one is in use, the others are older."""
        parts = (part.strip() for part in self.secret_key.replace("，", ",").split(","))
        return tuple(part for part in parts if part)


_MEANING = {
    "token": "应是 BotFather 给的样子，例如 123456:ABC-def",
    "api_base": "应以 http:// 或 https:// 开头",
    "database_url": "应以 sqlite+aiosqlite:// 或 postgresql+asyncpg:// 开头",
    "admins": "应是用逗号分开的数字编号，例如 3001,3002",
    "webhook_url": "应以 https:// 开头",
    "webhook_secret": "用 Webhook 时必须设置，只能有字母、数字、_ 和 -",
    "webhook_port": "应是 1 到 65535 的数字",
    "playground_port": "应是 0 到 65535 的数字",
    "messages_per_second": "应是大于 0 的数字",
    "updates_per_minute": "应是 1 以上的数字",
    "actions_port": "应是 0 到 65535 的数字",
    "actions_key": "至少 16 个字，只能有字母、数字、_ 和 -",
    "parse_port": "应是 0 到 65535 的数字",
    "parse_key": "至少 16 个字，只能有字母、数字、_ 和 -",
    "metrics_port": "应是 0 到 65535 的数字",
    "metrics_key": "至少 16 个字，只能有字母、数字、_ 和 -",
    "log_format": "应是 text 或 json",
    "log_level": "应是 DEBUG、INFO、WARNING 或 ERROR",
}


def read_settings(**overrides: Any) -> Settings:
    """The settings of this process. Raises Fault naming every bad value."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        # A value may be a secret, so only names and what is expected are told.
        names = [str(e["loc"][0]) if e["loc"] else "webhook_secret" for e in error.errors()]
        lines = [f"  {PREFIX}{name.upper()}：{_MEANING.get(name, '值不对')}" for name in dict.fromkeys(names)]
        raise Fault("设置有误，请改好再启动：\n" + "\n".join(lines)) from None
