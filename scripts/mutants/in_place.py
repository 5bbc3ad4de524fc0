"""In a forked process, run a mutant instead of the original code."""

import gc
import importlib
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from types import CodeType, FunctionType, ModuleType

from scripts.mutants.small_changes import ROOT, Mutant

OWN = tuple(str(ROOT / folder) for folder in ("partyctl", "tests"))


def functions_of(code: CodeType) -> list[CodeType]:
    """The functions of a file and of its classes, without nested functions."""
    found = []
    for each in code.co_consts:
        if isinstance(each, CodeType):
            found += functions_of(each) if is_body(each) else [each]
    return found


def is_body(code: CodeType) -> bool:
    """Whether code is the body of a class, which runs at import."""
    return "__module__" in code.co_names and "__qualname__" in code.co_names


def says(code: CodeType, *, whole: bool = True) -> tuple[object, ...]:
    """The instructions and constants of code, without line numbers, to compare two versions.

    With `whole=False`, the bodies of the functions in the code are left out.
    """
    values = [
        (says(each, whole=whole) if whole or is_body(each) else None)
        if isinstance(each, CodeType)
        else (type(each), repr(each))
        for each in code.co_consts
    ]
    return code.co_code, code.co_names, code.co_varnames, *values


def changed_function(mutant: Mutant) -> tuple[CodeType, CodeType] | None:
    """The code of the function that the mutant changes, before and after the change.

    Returns None if the mutant changes code outside functions, or more than one function.
    """
    name = str(mutant.path)
    before = compile(mutant.path.read_text(encoding="utf-8"), name, "exec")
    after = compile(mutant.text, name, "exec")
    if says(before, whole=False) != says(after, whole=False):
        return None
    pairs = zip(functions_of(before), functions_of(after), strict=True)
    differing = [(one, other) for one, other in pairs if says(one) != says(other)]
    return differing[0] if len(differing) == 1 else None


def put(before: CodeType, after: CodeType) -> bool:
    """Replace the code of every function whose file, name and first line are those of `before`.

    Return whether there is such a function.
    """
    found = False
    place = before.co_filename, before.co_qualname, before.co_firstlineno
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            code = each.__code__
            if (code.co_filename, code.co_qualname, code.co_firstlineno) == place:
                each.__code__ = after
                found = True
    return found


def forget_own() -> None:
    """Unload the project's own modules."""
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(OWN):
            del sys.modules[name]


class Changed(SourceFileLoader):
    """Loads the mutant's text, never the cached bytecode of the original file."""

    def __init__(self, fullname: str, mutant: Mutant) -> None:
        super().__init__(fullname, str(mutant.path))
        self.text = mutant.text

    def get_code(self, fullname: str) -> CodeType:
        """Compile the mutant's text."""
        return compile(self.text, self.path, "exec")


class InItsPlace(MetaPathFinder):
    """Finds the mutant when Python imports its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: object, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find only the mutant's own module."""
        if fullname != self.mutant.module:
            return None
        loader = Changed(fullname, self.mutant)
        return spec_from_file_location(fullname, self.mutant.path, loader=loader)


def read_anew(mutant: Mutant, cases: str) -> ModuleType:
    """Import the law and the cases again, with the mutant in place of its file."""
    forget_own()
    sys.meta_path.insert(0, InItsPlace(mutant))
    return importlib.import_module(cases)
