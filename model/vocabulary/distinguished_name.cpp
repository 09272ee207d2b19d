#include "model/vocabulary/distinguished_name.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shinsa {

namespace {

constexpr std::size_t kUsual = 160;  // octets that are enough for most names

constexpr auto kReserved = [] {
  std::array<bool, 256> all{};
  for (unsigned char c : std::string_view("\"+,;<>\\")) all[c] = true;
  return all;
}();

bool is_reserved(char c) { return kReserved[static_cast<unsigned char>(c)]; }

/// Whether nothing of it has to be escaped, as of most names.
bool is_plain(std::string_view value) {
  return value.front() != ' ' && value.front() != '#' && value.back() != ' ' &&
         std::ranges::none_of(value, is_reserved);
}

/// @param value  not empty.
void append_escaped(std::string& text, std::string_view value) {
  if (is_plain(value)) {
    text += value;
    return;
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool at_an_end = i == 0 || i + 1 == value.size();
    if (is_reserved(c) || (c == ' ' && at_an_end) || (c == '#' && i == 0)) text += '\\';
    text += c;
  }
}

}  // namespace

std::string to_text(const DistinguishedName& name) {
  std::string text;
  text.reserve(kUsual);
  for (const auto& [attribute, value] :
       {std::pair{"CN=", name.common_name}, std::pair{"OU=", name.unit},
        std::pair{"O=", name.organisation}, std::pair{"L=", name.locality},
        std::pair{"ST=", name.prefecture}, std::pair{"C=", name.country}})
    if (!value.empty())
      append_escaped(text.append(text.empty() ? "" : ",").append(attribute), value);
  return text;
}

}  // namespace shinsa
