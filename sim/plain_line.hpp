/// Reads a line as almost all are, where it stands: an object of the envelope without line feeds,
/// tabs and escapes, whose `data` holds texts, whole numbers, truths and lists of texts.
#pragma once

#include <string_view>

#include "sim/filling.hpp"

namespace shinsa::sim {

/// @param line  may be read beyond its end, up to Piece::kPadding.
/// @param seen  holds nothing yet.
/// @param order  of the lines before.
/// @return whether `seen` holds all of it: views of the line. Else somebody else must read it, and
///         what `seen` holds means nothing.
[[nodiscard]] bool read_plain_line(std::string_view line, Seen& seen, KeyOrder& order);

}  // namespace shinsa::sim
