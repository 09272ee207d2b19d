#include "fakes/wire/http.hpp"

#include <algorithm>

namespace shinsa::fakes::wire {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

const std::string* find(const Headers& headers, std::string_view name) {
  const auto is_it = [&](const auto& header) {
    return std::ranges::equal(header.first, name, {}, lower, lower);
  };
  const auto found = std::ranges::find_if(headers, is_it);
  return found == headers.end() ? nullptr : &found->second;
}

}  // namespace shinsa::fakes::wire
