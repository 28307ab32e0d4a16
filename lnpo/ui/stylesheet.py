"""One style sheet: the files of ``static/ui/css/`` joined in a fixed order, without a build step."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = Path(__file__).parent / "static" / "ui" / "css"
FIRST = ["reset", "tokens", "base", "layout"]
LAST = ["utilities", "print"]
NAME = "ui/site.css"


def sources() -> list[Path]:
    """The files in order: ground, components by name, then what overrides them."""
    components = sorted(path.stem for path in FOLDER.glob("*.css") if path.stem not in FIRST + LAST)
    return [FOLDER / f"{name}.css" for name in [*FIRST, *components, *LAST]]


def join() -> str:
    """The whole style sheet; addresses of fonts are relative to ``ui/``."""
    joined = "\n".join(path.read_text(encoding="utf-8") for path in sources())
    return joined.replace("../fonts/", "fonts/")


class SiteStylesheetFinder(BaseFinder):
    """Offers ``ui/site.css`` to ``collectstatic`` and to the development server."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.DATA_DIR) / "joined"
        self.storage = FileSystemStorage(location=str(self.root))

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to check: the files are our own."""
        return []

    def _write(self) -> Path:
        target = self.root / NAME
        text = join()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        return target

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The joined file, made when somebody asks for it."""
        found = [str(self._write())] if path == NAME else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """The joined file, for ``collectstatic``."""
        self._write()
        yield NAME, self.storage
