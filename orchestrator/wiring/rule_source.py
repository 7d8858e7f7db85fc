"""One Python file of the operator's, run as a module: nothing is cached beside it, and nothing cached is believed."""

from __future__ import annotations

import traceback
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType

from orchestrator.errors import Bug, UsageError


class _Uncached(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType | None:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def load(file: Path) -> ModuleType:
    """The file's module. Raises UsageError with file and line when it cannot be run."""
    loader = _Uncached(f"mutualis_operator_rule_{file.stem}", str(file))
    spec = spec_from_loader(loader.name, loader)
    if spec is None:
        raise Bug(f"no module can be made of {file}")
    module = module_from_spec(spec)
    try:
        loader.exec_module(module)
    except SyntaxError as error:
        raise _cannot_run(f"{error.filename or file}:{error.lineno}", error.msg, error) from error
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
        raise _cannot_run(f"{file}:{lines[-1] if lines else 1}", str(error), error) from error
    return module


def _cannot_run(place: str, told: str, error: BaseException) -> UsageError:
    return UsageError(f"{place}: the rule cannot be loaded: {type(error).__name__}: {told}", hint="mend the rule")
