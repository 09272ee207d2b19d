#include "sim/plain_line.hpp"

#include <simdjson.h>

#include <cstring>

#include "sim/filling.hpp"

namespace shinsa::sim {

namespace {

/// Whether there are neither control characters nor escapes in it, and it is UTF-8. Written without
/// branches, so that a compiler can look at many bytes at once.
bool is_plain(std::string_view line) {
  unsigned char odd = 0, all = 0;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    odd |= static_cast<unsigned char>((byte < 0x20) | (byte == '\\'));
    all |= byte;
  }
  return odd == 0 && (all < 0x80 || simdjson::validate_utf8(line));
}

/// Goes over a line from its first byte to its last.
class Scanner {
 public:
  Scanner(std::string_view line, Seen& seen, KeyOrder& order)
      : at_(line.data()), end_(at_ + line.size()), seen_(seen), filling_(seen, order) {}

  bool read_line() {
    return read_object([this] {
             Scalar* const place = envelope_key();
             if (!place || !take(':')) return false;
             if (!Filling::is_data(seen_, place)) return read_value(*place);
             place->kind = Scalar::Kind::other;
             return read_data();
           }) &&
           at_ == end_;
  }

 private:
  Scalar* envelope_key() {
    skip_blanks();
    std::size_t size = 0;
    if (*at_ == '"' && end_ - at_ > static_cast<std::ptrdiff_t>(Filling::kLongest + 2))
      if (Scalar* const place = filling_.expected(at_ + 1, size)) {
        at_ += size + 2;  // with its quotes
        return place;
      }
    std::string_view key;
    return read_text(key) ? filling_.envelope(key) : nullptr;
  }

  bool read_data() {
    return read_object([this] {
      std::string_view key;
      if (!read_text(key) || !take(':')) return false;
      Scalar* const place = filling_.data(key);
      return place && read_value(*place);
    });
  }

  /// Calls `read` for each key with its value, until it says no.
  template <class Read>
  bool read_object(const Read& read) {
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      if (!read()) return false;
    } while (take(','));
    return take('}');
  }

  bool read_list(Scalar& into) {
    into.kind = Scalar::Kind::list;
    into.first_item = seen_.items.size();
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (!read_text(seen_.items.emplace_back())) return false;
    } while (take(','));
    into.items = seen_.items.size() - into.first_item;
    return take(']');
  }

  bool read_value(Scalar& into) {
    skip_blanks();
    switch (*at_) {
      case '"':
        into.kind = Scalar::Kind::text;
        return read_text(into.text);
      case '[':
        return read_list(into);
      case 't':
      case 'f':
        into.kind = Scalar::Kind::truth;
        into.number = *at_ == 't' ? 1 : 0;
        return take_word(into.number != 0 ? "true" : "false");
      default:
        into.kind = Scalar::Kind::number;
        return read_number(into.number);
    }
  }

  bool read_text(std::string_view& into) {
    if (!take('"')) return false;
    const void* const quote = std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_));
    if (!quote) return false;
    into = {at_, static_cast<const char*>(quote)};
    at_ = static_cast<const char*>(quote) + 1;
    return true;
  }

  /// A whole number without a sign, of so few digits that it is exact everywhere.
  bool read_number(std::int64_t& into) {
    constexpr std::ptrdiff_t kDigitsMax = 15;
    const char* const first = at_;
    std::int64_t number = 0;
    for (; *at_ >= '0' && *at_ <= '9' && at_ < end_; ++at_) {
      if (at_ - first == kDigitsMax) return false;
      number = number * 10 + (*at_ - '0');
    }
    into = number;
    const bool is_long = at_ - first > 1;
    return at_ != first && !(is_long && *first == '0') && (*at_ == ',' || *at_ == '}');
  }

  bool take_word(std::string_view word) {
    if (std::string_view(at_, end_).substr(0, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  bool take(char c) {
    skip_blanks();
    if (*at_ != c || at_ == end_) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (*at_ == ' ' && at_ < end_) ++at_;
  }

  const char* at_;
  const char* const end_;
  Seen& seen_;
  Filling filling_;
};

}  // namespace

bool read_plain_line(std::string_view line, Seen& seen, KeyOrder& order) {
  return is_plain(line) && Scanner(line, seen, order).read_line();
}

}  // namespace shinsa::sim
