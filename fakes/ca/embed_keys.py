"""Writes a C++ source file that holds the test keys: the program needs no path of the source tree.

Usage: embed_keys.py --out FILE KEY.pem...   The name of a key is its file name without `.pem`.
"""

import argparse
import pathlib

HEADER = "TEST KEY - NEVER USE FOR A REAL CERTIFICATE"


def entry(path: pathlib.Path) -> str:
    text = path.read_text(encoding="ascii")
    if not text.startswith(HEADER + "\n"):
        raise SystemExit(f"{path}:1:1: a test key must open with the line '{HEADER}'")
    return f'    {{"{path.stem}", R"pem({text})pem"}},\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("keys", type=pathlib.Path, nargs="+")
    arguments = parser.parse_args()
    keys = sorted(arguments.keys, key=lambda path: path.stem)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(
        "// Made by fakes/ca/embed_keys.py from fakes/ca/testkeys/*.pem.\n"
        '#include "fakes/ca/embedded_keys.hpp"\n\n'
        "namespace shinsa::fakes::ca {\n\n"
        "static constexpr EmbeddedKey kKeys[] = {\n"
        + "".join(entry(path) for path in keys)
        + "};\n\n"
        "std::span<const EmbeddedKey> embedded_keys() { return kKeys; }\n\n"
        "}  // namespace shinsa::fakes::ca\n",
        encoding="ascii",
    )


if __name__ == "__main__":
    main()
