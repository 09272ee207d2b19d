#include "model/vocabulary/distinguished_name.hpp"

#include <utility>

namespace shinsa {

namespace {

constexpr std::string_view kReserved = "\"+,;<>\\";

std::string escaped(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool at_an_end = i == 0 || i + 1 == value.size();
    if (kReserved.find(c) != std::string_view::npos || (c == ' ' && at_an_end) ||
        (c == '#' && i == 0))
      text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

std::string to_text(const DistinguishedName& name) {
  std::string text;
  for (const auto& [attribute, value] :
       {std::pair{"CN=", name.common_name}, std::pair{"OU=", name.unit},
        std::pair{"O=", name.organisation}, std::pair{"L=", name.locality},
        std::pair{"ST=", name.prefecture}, std::pair{"C=", name.country}})
    if (!value.empty()) text += (text.empty() ? "" : ",") + (attribute + escaped(value));
  return text;
}

}  // namespace shinsa
