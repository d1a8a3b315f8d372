"""A profile file as it is written: its fields, and where in the file a mistake is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from bot.faults import Fault
from bot.policy import PolicyEntry
from casework.giving.hours import parse_hours

Where = tuple[str | int, ...]
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Phone = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9-]{2,19}$")]


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("timezone") from None
    return name


def _readable_hours(words: str) -> str:
    if parse_hours(words) is None:
        raise PydanticCustomError("hours", "hours")
    return words


_Hours = Annotated[str, StringConstraints(max_length=100), AfterValidator(_readable_hours)]


class OrganisationEntry(BaseModel):
    """One organisation. `areas` empty means the whole community; `sample` marks invented facts."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: _Text
    category: _Text
    items: list[_Text] = []
    areas: list[_Text] = []
    capacity: int = Field(20, ge=1, le=10_000)
    fee: Literal["免费", "低偿", "有偿"] = "免费"
    phone: _Phone
    hours: _Hours = ""
    emergency: bool = False
    sample: bool = False
    intro: str = Field("", max_length=200)


class Profile(BaseModel):
    """One community. `sample` names the fields whose values are invented, `runs` what it does today."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
    name: _Text
    short_name: _Text
    scheme: _Text
    categories: list[_Text] = Field(min_length=1)
    timezone: Annotated[str, AfterValidator(_known_timezone)] = "Asia/Shanghai"
    duty_phone: _Phone
    duty_hours: _Text
    compounds: list[_Text] = Field(min_length=1)
    sample: list[Literal["duty_phone", "duty_hours", "compounds"]] = []
    runs: list[_Text] = []
    organisations: list[OrganisationEntry] = Field(min_length=1)
    policy: PolicyEntry = PolicyEntry()  # type: ignore[valid-type]


class Document:
    """A parsed YAML file that still knows its lines."""

    def __init__(self, path: Path, root: yaml.Node) -> None:
        self._path = path
        self._root = root

    def fault(self, where: Where, reason: str) -> Fault:
        """What to tell whoever started the program with this file."""
        name = " › ".join(f"第 {key + 1} 个" if isinstance(key, int) else key for key in where)
        place = f"第 {self._line(where)} 行" + (f"（{name}）" if name else "")
        return Fault(f"社区档案 {self._path} {place}：{reason}。")

    def _line(self, where: Where) -> int:
        """The line of the deepest part of `where` that the file has, counted from 1."""
        node = self._root
        line = node.start_mark.line
        for key in where:
            found = _child(node, key)
            if found is None:
                break
            line, node = found
        return line + 1


def _child(node: yaml.Node, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return name.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        child = node.value[key]
        return child.start_mark.line, child
    return None


def read_profile(path: Path) -> tuple[Profile, Document]:
    """The profile in a YAML file. Raises Fault saying where the first mistake is."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError):
        raise Fault(f"读不了社区档案 {path}：文件要能打开，并且是 UTF-8 编码。") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行" if mark else ""
        raise Fault(f"社区档案 {path} {place}：不是正确的 YAML，请检查缩进、冒号和引号。") from None
    if root is None or not isinstance(values, dict):
        raise Fault(f"社区档案 {path}：里面应是“名称: 值”的清单，却是空的或别的东西。")
    document = Document(path, root)
    try:
        return Profile.model_validate(values), document
    except ValidationError as error:
        first = error.errors()[0]
        raise document.fault(first["loc"], _reason(first)) from None


def _reason(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    known = {
        "missing": "少了这一项",
        "extra_forbidden": "没有这样的项，可能是名称写错了",
        "string_type": "应是文字，数字请加引号",
        "string_too_short": "不能空着",
        "string_too_long": f"太长了，最多 {context.get('max_length')} 个字",
        "string_pattern_mismatch": "写法不对（编号用小写英文字母和数字，电话用数字和 -）",
        "list_type": "应是一个列表，例如 [甲, 乙]",
        "too_short": "至少要有一个",
        "bool_type": "应是 true 或 false",
        "int_type": "应是整数",
        "greater_than_equal": f"不能小于 {context.get('ge')}",
        "less_than_equal": f"不能大于 {context.get('le')}",
        "literal_error": f"只能是 {context.get('expected', '').replace(' or ', '、').replace(', ', '、')}",
        "model_type": "应是“名称: 值”的清单",
        "clock_time": '应是钟点，例如 "21:30"',
        "float_type": "应是数字",
        "float_parsing": "应是数字",
        "int_from_float": "应是整数",
        "greater_than": f"要大于 {context.get('gt')}",
        "dict_type": "应是“名称: 值”的清单",
        "hours": "看不懂这个服务时间，写成“周一至周五 9:00-17:00，周六 9:00-12:00”这样",
        "value_error": "没有这个时区，一般写 Asia/Shanghai",
    }
    return known.get(kind, "写法不对")
