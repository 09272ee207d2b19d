#include "model/vocabulary/name.hpp"

#include <idn2.h>
#include <uninorm.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <memory>

namespace shinsa {

namespace {

constexpr std::size_t kNameMax = 253;
constexpr std::size_t kLabelMax = 63;
constexpr std::size_t kKnownMax = 1000;  // names and texts that were looked up and are remembered

struct FreeIdn {
  void operator()(void* p) const { idn2_free(p); }
};
struct FreePlain {
  void operator()(void* p) const { std::free(p); }
};

Failure bad(std::string_view name, std::string what) {
  return fail("'" + std::string(name) + "' is no host name: " + std::move(what), {},
              "give a name such as www.example.jp");
}

bool is_blank_or_control(unsigned char c) { return c <= 0x20 || c == 0x7f; }

bool is_ldh(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

/// What keeps a mapped label from standing in a certificate; empty if nothing does.
std::string fault_of_label(std::string_view label) {
  if (label.empty()) return "a label is empty";
  if (label.size() > kLabelMax) return "a label has more than 63 octets";
  if (!std::ranges::all_of(label, is_ldh))
    return "only letters, digits and hyphens may stand in '" + std::string(label) + "'";
  if (label.front() == '-' || label.back() == '-')
    return "a hyphen stands at an end of '" + std::string(label) + "'";
  if (label.size() > 4 && label.substr(2, 2) == "--" && !label.starts_with("xn--"))
    return "'" + std::string(label) + "' has hyphens in places 3 and 4 and is no A-label";
  return {};
}

/// Whether the name is its own A-label, seen quickly: letters in lower case, digits, dots and
/// single hyphens in the right places. What is not may still be mapped to one.
bool is_plain(std::string_view name) {
  char before = '.';
  std::size_t length = 0;  // of the label so far
  for (char c : name) {
    const bool joins = c == '.' || c == '-';
    if ((joins && (before == '.' || before == '-')) || (before == '-' && c == '.')) return false;
    if (c != '.' && !is_ldh(c)) return false;
    length = c == '.' ? 0 : length + 1;
    if (length > kLabelMax) return false;
    before = c;
  }
  return before != '.' && before != '-';
}

constexpr std::ptrdiff_t kWide = 3;  // bytes of a kana or an ideograph

/// Whether a wide letter begins here that NFKC leaves as it is, seen quickly: kana without
/// combining marks, unified ideographs, and the marks and brackets that stand among them (not the
/// wide blank).
bool is_inert_letter(const unsigned char* at, const unsigned char* end) {
  if ((*at & 0xf0) != 0xe0 || end - at < kWide) return false;
  if ((at[1] & 0xc0) != 0x80 || (at[2] & 0xc0) != 0x80) return false;
  const unsigned code = (at[0] & 15u) << 12 | (at[1] & 63u) << 6 | (at[2] & 63u);
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3041 && code <= 0x3096) ||
         (code >= 0x30a1 && code <= 0x30fe) || (code >= 0x3001 && code <= 0x3029);
}

/// Whether the text is of ASCII and such letters.
bool is_inert(std::string_view text) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  while (at != end) {
    const bool wide = *at >= 0x80;
    if (wide && !is_inert_letter(at, end)) return false;
    at += wide ? kWide : 1;
  }
  return true;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

/// Whether the text is inert and every blank in it is a single space between two words.
bool reads_as_it_stands(std::string_view text) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  bool after_blank = true;
  while (at != end) {
    if (*at >= 0x80) {
      if (!is_inert_letter(at, end)) return false;
      after_blank = false;
      at += kWide;
      continue;
    }
    const bool blank = *at <= ' ' && is_blank(static_cast<char>(*at));
    if (blank && (after_blank || *at != ' ')) return false;
    after_blank = blank;
    ++at;
  }
  return text.empty() || !after_blank;
}

/// What `make` makes of the text. That takes long, and a run asks for the same few again and again.
template <class Made>
const Made& remembered(std::map<std::string, Made, std::less<>>& known, std::string_view text,
                       Made (*make)(std::string_view)) {
  if (const auto at = known.find(text); at != known.end()) return at->second;
  if (known.size() >= kKnownMax) known.clear();
  return known.emplace(text, make(text)).first->second;
}

}  // namespace

namespace {

Result<std::string> looked_up(std::string_view name) {
  if (name.empty()) return bad(name, "it is empty");
  if (std::ranges::any_of(
          name, [](char c) { return is_blank_or_control(static_cast<unsigned char>(c)); }))
    return bad(name, "it contains a blank or a control character");
  std::string_view rest = name;
  const bool wildcard = rest.starts_with("*.");
  if (wildcard) rest.remove_prefix(2);
  if (rest.find('*') != std::string_view::npos)
    return bad(name, "a wildcard may only be the whole first label");
  if (rest.find('_') != std::string_view::npos)
    return bad(name, "an underscore may not stand in a certificate");
  if (rest.ends_with('.')) return bad(name, "it ends with a dot");
  std::uint8_t* raw = nullptr;
  const std::string source(rest);
  const int code = idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(source.c_str()), &raw,
                                  IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<std::uint8_t, FreeIdn> owner(raw);
  if (code != IDN2_OK) return bad(name, idn2_strerror(code));
  std::string mapped(reinterpret_cast<const char*>(raw));
  std::ranges::transform(mapped, mapped.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (std::size_t at = 0; at <= mapped.size();) {
    const std::size_t dot = std::min(mapped.find('.', at), mapped.size());
    if (const std::string fault = fault_of_label(std::string_view(mapped).substr(at, dot - at));
        !fault.empty())
      return bad(name, fault);
    at = dot + 1;
  }
  if (wildcard) mapped.insert(0, "*.");
  if (mapped.size() > kNameMax) return bad(name, "it has more than 253 octets");
  return mapped;
}

}  // namespace

Result<std::string> to_a_label(std::string_view name) {
  if (name.size() <= kNameMax && is_plain(name.substr(name.starts_with("*.") ? 2 : 0)))
    return std::string(name);
  thread_local std::map<std::string, Result<std::string>, std::less<>> known;
  return remembered(known, name, &looked_up);
}

std::string to_u_label(std::string_view name) {
  const bool wildcard = name.starts_with("*.");
  const std::string source(wildcard ? name.substr(2) : name);
  char* raw = nullptr;
  if (idn2_to_unicode_8z8z(source.c_str(), &raw, 0) != IDN2_OK) return std::string(name);
  const std::unique_ptr<char, FreeIdn> owner(raw);
  return (wildcard ? "*." : "") + std::string(raw);
}

bool is_at_or_under(std::string_view name, std::string_view parent) {
  if (parent.empty() || name.size() < parent.size() || !name.ends_with(parent)) return false;
  return name.size() == parent.size() || name[name.size() - parent.size() - 1] == '.';
}

bool same_mail_address(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  const std::size_t at = a.rfind('@');
  if (at == std::string_view::npos || at != b.rfind('@')) return a == b;
  return a.substr(0, at) == b.substr(0, at) &&
         std::ranges::equal(a.substr(at), b.substr(at),
                            [&](char x, char y) { return lower(x) == lower(y); });
}

namespace {

std::string normalised(std::string_view text) {
  std::size_t length = 0;
  const std::unique_ptr<std::uint8_t, FreePlain> normal(
      is_inert(text)
          ? nullptr
          : u8_normalize(UNINORM_NFKC, reinterpret_cast<const std::uint8_t*>(text.data()),
                         text.size(), nullptr, &length));
  const std::string_view all =
      normal ? std::string_view(reinterpret_cast<const char*>(normal.get()), length) : text;
  std::string read;
  for (char c : all) {
    if (!is_blank(c))
      read += c;
    else if (!read.empty() && read.back() != ' ')
      read += ' ';
  }
  if (!read.empty() && read.back() == ' ') read.pop_back();
  return read;
}

}  // namespace

std::string as_read(std::string_view text) {
  if (reads_as_it_stands(text)) return std::string(text);
  thread_local std::map<std::string, std::string, std::less<>> known;
  return remembered(known, text, &normalised);
}

bool read_alike(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (reads_as_it_stands(a) && reads_as_it_stands(b)) return false;
  return as_read(a) == as_read(b);
}

}  // namespace shinsa
