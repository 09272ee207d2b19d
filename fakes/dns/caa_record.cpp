#include "fakes/dns/caa_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace shinsa::fakes::dns {
namespace {

constexpr unsigned kCritical = 128;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
  return result;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_letter_or_digit(char c) {
  c = lower(c);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}
bool may_stand_in_a_parameter(char c) { return c >= '!' && c <= '~' && c != ';'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

/// The text up to the next blank; it and the blanks after it are taken off `rest`.
std::string_view next_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, std::min(rest.find_first_of(" \t"), rest.size()));
  rest = trimmed(rest.substr(word.size()));
  return word;
}

/// The parts between separators; one part, the whole, without any.
template <class Check>
bool each_part(std::string_view text, char separator, Check holds) {
  for (;;) {
    const auto end = text.find(separator);
    if (!holds(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

/// A label of the issuer's domain, and the tag of a parameter: hyphens only inside.
bool is_label(std::string_view text) {
  return !text.empty() && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_parameter(std::string_view text) {
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || !is_label(trimmed(text.substr(0, equals)))) return false;
  const std::string_view value = trimmed(text.substr(equals + 1));
  return std::all_of(value.begin(), value.end(), may_stand_in_a_parameter);
}

}  // namespace

Result<CaaRecord> parse_caa(std::string_view text) {
  const auto bad = [&](std::string what) {
    return fail(std::move(what), std::string(text), "write it as 0 issue \"ca.example\"");
  };
  std::string_view rest = trimmed(text);
  const std::string_view flags_text = next_word(rest);
  unsigned flags = 0;
  const auto [end, error] =
      std::from_chars(flags_text.data(), flags_text.data() + flags_text.size(), flags);
  if (error != std::errc{} || end != flags_text.data() + flags_text.size() || flags > 255)
    return bad("the flags of a CAA record are a number from 0 to 255");
  const std::string_view tag = next_word(rest);
  if (tag.empty() || !std::all_of(tag.begin(), tag.end(), is_letter_or_digit))
    return bad("the tag of a CAA record is letters and digits");
  const bool quoted = rest.size() >= 2 && rest.front() == '"' && rest.back() == '"';
  if (!quoted && (rest.empty() || rest.find_first_of(" \t") != std::string_view::npos))
    return bad("the value of a CAA record stands in quotes, or is one word");
  if (quoted) rest = rest.substr(1, rest.size() - 2);
  if (rest.find_first_of("\"\\") != std::string_view::npos)
    return bad("the value of a CAA record has no quotation mark or backslash here");
  return CaaRecord{(flags & kCritical) != 0, lower(tag), std::string(rest)};
}

std::string to_text(const CaaRecord& record) {
  return fmt::format("{} {} \"{}\"", record.critical ? kCritical : 0, record.tag, record.value);
}

std::string issuer_in(std::string_view value) {
  const auto semicolon = value.find(';');
  const std::string_view issuer = trimmed(value.substr(0, semicolon));
  if (!issuer.empty() && !each_part(issuer, '.', is_label)) return {};
  if (semicolon == std::string_view::npos) return lower(issuer);
  const std::string_view parameters = trimmed(value.substr(semicolon + 1));
  const bool follows = parameters.empty() || each_part(parameters, ';', is_parameter);
  return follows ? lower(issuer) : std::string();
}

}  // namespace shinsa::fakes::dns
