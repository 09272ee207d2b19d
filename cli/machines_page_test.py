"""Says when docs/machines.md no longer holds what the tables say.

machines_page_test.py SHINSA PAGE
"""

import pathlib
import subprocess
import sys


def main():
    shinsa, page = sys.argv[1:]
    drawn = subprocess.run(
        [shinsa, "diagram", "all"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    text = pathlib.Path(page).read_text(encoding="utf-8")
    head, _, _ = text.partition("## ")
    if text == head + drawn:
        return 0
    print(f"{page} is old: put the output of 'shinsa diagram all' below its head")
    return 1


if __name__ == "__main__":
    sys.exit(main())
