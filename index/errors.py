"""What can go wrong with documents, models and indexes, each with what to do about it.

Raised where the fault is found; only the command line and `api.errors` turn it into a code.
"""

from __future__ import annotations


class QuanwenError(Exception):
    """Base of every error that a person can mend; its message says how, in one line."""


class DocumentError(QuanwenError):
    """A document can't be read."""


class GazetteerError(QuanwenError):
    """A gazetteer file can't be read."""


class ModelError(QuanwenError, ValueError):
    """A model folder doesn't fit the code, or isn't the one that built the index."""


class UnknownFormatError(DocumentError):
    """A file's name doesn't end as that of a format that is read."""


class UnknownDocumentError(QuanwenError):
    """An index holds no document of this id."""


class BrokenIndexError(QuanwenError):
    """An index directory is missing, damaged or of another version."""


class BusyIndexError(QuanwenError):
    """Another process is changing the index."""
