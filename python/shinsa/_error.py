"""The one exception of the package."""


class Error(Exception):
    """Something outside is not what it should be: a file, a name, a log's form.

    A rule that says no is never an Error: it is data (`problems`, `refusals`).

    Attributes:
        what: one sentence, what is wrong.
        where: `file:line:column` or the name of the thing; may be empty.
        remedy: what to do about it; may be empty.

    Where several things are wrong at once, the attributes tell the first, and `str()` all.
    """

    __module__ = "shinsa"

    def __init__(self, what: str, where: str = "", remedy: str = "", text: str = ""):
        line = f"{where}: {what}" if where else what
        super().__init__(text or (f"{line}, {remedy}" if remedy else line))
        self.what = what
        self.where = where
        self.remedy = remedy
