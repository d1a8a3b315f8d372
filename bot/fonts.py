"""The font with which charts are drawn, so that Chinese shows on a machine without any fonts."""

from __future__ import annotations

from pathlib import Path


def chart_font() -> Path:
    """Noto Sans SC (SIL Open Font License), about 30,000 characters, as installed by pip."""
    from pylopdf_fonts_zh_cn import sans_path

    return sans_path()
