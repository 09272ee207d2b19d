#include "fakes/dns/query.hpp"

#include <fmt/format.h>

namespace shinsa::fakes::dns {
namespace {

constexpr std::size_t kLongestWireName = 255;
constexpr unsigned kPointer = 0xc0;

/// The bytes from a place on; each read that finds too few makes it unsound for good.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool is_sound() const { return is_sound_; }
  [[nodiscard]] bool is_at_end() const { return at_ == bytes_.size(); }

  std::uint8_t byte() {
    if (!has(1)) return 0;
    return static_cast<std::uint8_t>(bytes_[at_++]);
  }
  std::uint16_t two() {
    const unsigned high = byte();
    return static_cast<std::uint16_t>(high << 8 | byte());
  }
  void skip(std::size_t count) {
    if (has(count)) at_ += count;
  }
  std::string name();

 private:
  bool has(std::size_t count) {
    is_sound_ = is_sound_ && bytes_.size() - at_ >= count;
    return is_sound_;
  }
  std::string bytes_of_label(std::size_t size) {
    std::string label = has(size) ? std::string(bytes_.substr(at_, size)) : std::string();
    skip(size);
    return label;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool is_sound_ = true;
};

/// A pointer leads to before the part that it ends (RFC 1035 section 4.1.4: "a prior occurrence"),
/// so that no chain of them is longer than the message.
std::string Reader::name() {
  std::string name;
  std::optional<std::size_t> behind;  // where it goes on behind the first pointer
  for (std::size_t part = at_; is_sound_;) {
    const std::uint8_t size = byte();
    if ((size & kPointer) == kPointer) {
      const std::size_t target = (size & ~kPointer) << 8 | byte();
      if (!behind) behind = at_;
      is_sound_ = is_sound_ && target >= kHeaderBytes && target < part;
      part = at_ = is_sound_ ? target : at_;
      continue;
    }
    is_sound_ = is_sound_ && (size & kPointer) == 0 && name.size() + size < kLongestWireName;
    if (!is_sound_) break;
    name.push_back(static_cast<char>(size));
    if (size == 0) break;
    name += bytes_of_label(size);
  }
  if (behind) at_ = *behind;
  return name;
}

/// A record behind the question; OPT is looked into, others are stepped over.
void read_record(Reader& reader, bool may_be_opt, Query& query, bool& is_sound) {
  const std::string name = reader.name();
  const std::uint16_t type = reader.two();
  const std::uint16_t class_ = reader.two();
  reader.byte();  // the upper bits of the status, which a query has none of
  const std::uint8_t version = reader.byte();
  const std::uint16_t flags = reader.two();
  reader.skip(reader.two());
  if (type != wire_type::kOpt) return;
  is_sound = is_sound && may_be_opt && !query.edns && name.size() == 1;
  query.edns = Edns{class_, version, (flags & 0x8000) != 0};
}

template <class Each>
void each_label(std::string_view wire_name, Each each) {
  while (!wire_name.empty() && wire_name.front() != 0) {
    const auto size = static_cast<std::size_t>(static_cast<unsigned char>(wire_name.front()));
    each(wire_name.substr(1, size));
    wire_name.remove_prefix(size + 1);
  }
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

}  // namespace

std::optional<Query> read_query(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes) return std::nullopt;
  Reader reader(bytes);
  Query query;
  query.id = reader.two();
  const std::uint16_t flags = reader.two();
  query.is_response = (flags & 0x8000) != 0;
  query.opcode = static_cast<std::uint8_t>(flags >> 11 & 0xf);
  query.wants_recursion = (flags & 0x0100) != 0;
  query.checks_nothing = (flags & 0x0010) != 0;
  const std::uint16_t questions = reader.two();
  const unsigned answers = reader.two();
  const unsigned authorities = reader.two();
  const unsigned additionals = reader.two();
  if (questions != 1) return query;

  query.name = reader.name();
  query.type = reader.two();
  query.class_ = reader.two();
  bool is_sound = true;
  for (unsigned i = 0; reader.is_sound() && i < answers + authorities + additionals; ++i)
    read_record(reader, i >= answers + authorities, query, is_sound);
  query.is_sound = is_sound && reader.is_sound() && reader.is_at_end();
  return query;
}

std::optional<std::string> plain_text(std::string_view wire_name) {
  std::string text;
  bool all_plain = true;
  each_label(wire_name, [&](std::string_view label) {
    if (!text.empty()) text.push_back('.');
    for (const char c : label) {
      all_plain = all_plain && is_plain(c);
      text.push_back(c);
    }
  });
  return all_plain ? std::optional(std::move(text)) : std::nullopt;
}

std::string log_text(std::string_view wire_name) {
  std::string text;
  each_label(wire_name, [&](std::string_view label) {
    for (const char c : label)
      if (is_plain(c))
        text.push_back(c);
      else
        text += fmt::format("\\{:03}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    text.push_back('.');
  });
  return text.empty() ? "." : text;
}

}  // namespace shinsa::fakes::dns
