"""The verbs of guides."""

from passaparola.guides.actions.files import MOST_BYTES, FileError, add_file
from passaparola.guides.actions.starters import add_starters
from passaparola.guides.actions.vote import vote
from passaparola.guides.actions.write import publish, save, save_sheet

__all__ = ["MOST_BYTES", "FileError", "add_file", "add_starters", "publish", "save", "save_sheet", "vote"]
