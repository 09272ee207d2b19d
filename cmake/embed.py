#!/usr/bin/env python3
"""Makes a C++ source file of a text file: embed.py FILE NAMESPACE FUNCTION > OUT.cpp."""

import sys
from pathlib import Path

PIECE = 12000  # characters of one literal; compilers need not take longer ones


def main():
    source, namespace, function = sys.argv[1:]
    text = Path(source).read_text(encoding="utf-8")
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    literals = "\n".join(f'    R"#####({piece})#####"' for piece in pieces)
    print(f"// Made from {Path(source).name} by embed.py.\n#include <string_view>\n")
    print(f"namespace {namespace} {{\n")
    print(f"std::string_view {function}() {{\n  static constexpr char text[] =\n{literals};")
    print(f"  return {{text, sizeof text - 1}};\n}}\n\n}}  // namespace {namespace}")


if __name__ == "__main__":
    main()
