"""What went wrong, in words for the user: no text of a library is passed on, for it may quote an answer."""

from __future__ import annotations

import errno
import sys

from rpgstat.errors import UserError, is_panic, is_scarcity

_MORE_MEMORY = "give it more memory, or leave out columns and rows that the study does not need"


def explained(error: BaseException) -> UserError | None:
    """What to tell; None when the help already has, as it does without any command."""
    if is_scarcity(error):
        return UserError("memory ran out", _MORE_MEMORY)
    match error:
        case UserError():
            return error
        case OSError():
            return _of_system(error)
        case UnicodeEncodeError():
            return UserError("a file's name or an option is not UTF-8 text", "rename the file, or type the option again, in plain letters")
    if is_panic(error):
        return UserError("a file is damaged in a way that a library cannot read", "open the inputs and save them again as CSV (UTF-8)")
    if "polars" in sys.modules and not hasattr(sys.modules.get("polars._plr"), "PyLazyFrame"):
        return UserError("a library could not be loaded: memory ran out, or its installation is damaged", f"{_MORE_MEMORY}; or install rpgstat again")
    if not hasattr(error, "format_message"):  # the mark of Typer's usage errors, whose class has moved between its versions
        return UserError(f"internal error: {type(error).__name__}", "run again with --debug and report what it prints")
    context, message = getattr(error, "ctx", None), error.format_message()
    return UserError(message, f"`{context.command_path if context else 'rpgstat'} --help` lists what it takes") if message else None


def _of_system(error: OSError) -> UserError:
    if error.filename is None and error.errno in (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EDQUOT):
        return UserError(f"standard output cannot be written: {error.strerror}", "check the space left on the disk, or write a file with -o")
    name = f"`{error.filename}`" if error.filename is not None else "a file"
    why = error.strerror or "the system gives no reason"
    return UserError(f"{name} cannot be used: {why}", "check its name, its permissions and the space left on the disk")
