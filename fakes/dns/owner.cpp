#include "fakes/dns/owner.hpp"

#include <algorithm>

#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::dns {
namespace {

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestName = 253;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool may_stand_in_a_label(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::string wrong_with(std::string_view label) {
  if (label.empty()) return "a label is empty";
  if (label.size() > kLongestLabel) return "a label has more than 63 octets";
  if (label.front() == '-' || label.back() == '-') return "a label begins or ends with a hyphen";
  if (!std::all_of(label.begin(), label.end(), may_stand_in_a_label))
    return "a label has other characters than letters, digits, hyphen and _";
  return {};
}

std::string remedy_for(std::string_view text) {
  const auto a_label = to_a_label(text);
  return a_label && a_label->find('*') == std::string::npos ? "write " + *a_label : std::string();
}

}  // namespace

Result<std::string> owner_name(std::string_view text) {
  std::string name(text.ends_with('.') ? text.substr(0, text.size() - 1) : text);
  std::transform(name.begin(), name.end(), name.begin(), lower);
  if (name.size() > kLongestName) return fail("a name has more than 253 octets", name);
  for (std::string_view rest = name;;) {
    const auto dot = rest.find('.');
    if (std::string wrong = wrong_with(rest.substr(0, dot)); !wrong.empty())
      return fail(std::move(wrong), std::string(text), remedy_for(text));
    if (dot == std::string_view::npos) return name;
    rest.remove_prefix(dot + 1);
  }
}

std::string_view parent_of(std::string_view name) {
  const auto dot = name.find('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

}  // namespace shinsa::fakes::dns
