/// Texts of a log as a report may hold them.
#pragma once

#include <string>
#include <string_view>

namespace shinsa::reports {

/// The text with a replacement character (U+FFFD) for each byte that is no UTF-8 (RFC 3629).
[[nodiscard]] std::string valid_utf8(std::string_view text);

}  // namespace shinsa::reports
