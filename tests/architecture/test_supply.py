"""Nothing that is loaded can run: no pickles, no objects in arrays or YAML; pictures are never opened."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, name, python_files, tree

#: Modules whose loading runs, or may run, what was stored.
RUNS_WHAT_IT_LOADS = {
    "pickle",
    "_pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "joblib",
    "shelve",
    "marshal",
    "jsonpickle",
}
#: Who may: the child that reads tables gets its community from its own parent, through a pipe.
MAY = {"bot/sheets.py": {"pickle"}}
#: Parsers of pictures. Photos are passed on by their id, so that no byte of one is ever looked at.
OPENS_PICTURES = {"PIL", "cv2", "imageio", "skimage", "wand"}
_SAFE_LOADERS = {"SafeLoader", "CSafeLoader"}


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {module.split(".", 1)[0] for module in found} | found


@pytest.mark.parametrize("forbidden", [RUNS_WHAT_IT_LOADS, OPENS_PICTURES], ids=["pickles", "pictures"])
def test_what_runs_or_parses_is_not_imported(forbidden: set[str]) -> None:
    found = {name(path): _imported(path) & forbidden for path in python_files(*PACKAGES)}
    expected = MAY if forbidden is RUNS_WHAT_IT_LOADS else {}
    assert {path: names for path, names in found.items() if names} == expected


def _calls(path: Path, attribute: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == attribute
    ]


def _of(call: ast.Call, *owners: str) -> bool:
    assert isinstance(call.func, ast.Attribute)
    return isinstance(call.func.value, ast.Name) and call.func.value.id in owners


def _keyword(call: ast.Call, wanted: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == wanted), None)


def test_arrays_are_loaded_without_objects() -> None:
    loads = [
        (path, call)
        for path in python_files(*PACKAGES)
        for call in _calls(path, "load")
        if _of(call, "np", "numpy")
    ]
    assert loads
    for path, call in loads:
        allowed = _keyword(call, "allow_pickle")
        assert isinstance(allowed, ast.Constant), name(path)
        assert allowed.value is False, name(path)


def test_yaml_is_loaded_without_objects() -> None:
    paths = python_files(*PACKAGES)
    assert not [
        name(p) for p in paths for loose in ("full_load", "unsafe_load", "load_all") for _ in _calls(p, loose)
    ]
    loads = [(path, call) for path in paths for call in _calls(path, "load") if _of(call, "yaml")]
    assert loads
    for path, call in loads:
        loader = _keyword(call, "Loader")
        assert isinstance(loader, ast.Attribute | ast.Name), name(path)
        assert (loader.attr if isinstance(loader, ast.Attribute) else loader.id) in _SAFE_LOADERS, name(path)


def test_jieba_loads_nothing_that_others_could_have_put_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its cache is a stored object under a well-known name in the folder that all users may write to."""
    import marshal
    import tempfile

    from nlu.words import jieba_with_domain

    (tmp_path / "jieba.cache").write_bytes(marshal.dumps(({"毒": 10**9}, 10**9)))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tokenizer = jieba_with_domain()
    assert "毒" not in tokenizer.FREQ or tokenizer.FREQ["毒"] < 10**9
    assert len(tokenizer.FREQ) > 100_000
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
