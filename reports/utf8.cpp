#include "reports/utf8.hpp"

namespace shinsa::reports {

std::string valid_utf8(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
    };
    const unsigned first = byte(i);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xc2 && first < 0xe0 ? 2
                               : first >= 0xe0 && first < 0xf0 ? 3
                               : first >= 0xf0 && first < 0xf5 ? 4
                                                               : 0;
    bool good = length > 0;
    for (std::size_t k = 1; k < length; ++k) good = good && (byte(i + k) & 0xc0) == 0x80;
    if (first == 0xe0) good = good && byte(i + 1) >= 0xa0;
    if (first == 0xed) good = good && byte(i + 1) < 0xa0;
    if (first == 0xf0) good = good && byte(i + 1) >= 0x90;
    if (first == 0xf4) good = good && byte(i + 1) < 0x90;
    out += good ? text.substr(i, length) : "\xef\xbf\xbd";
    i += good ? length : 1;
  }
  return out;
}

}  // namespace shinsa::reports
