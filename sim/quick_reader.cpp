#include "sim/quick_reader.hpp"

#include <simdjson.h>

#include <algorithm>

#include "sim/pieces.hpp"

namespace shinsa::sim {

static_assert(Piece::kPadding >= simdjson::SIMDJSON_PADDING);

struct QuickReader::Parser {
  simdjson::dom::parser dom;
};

QuickReader::QuickReader() : parser_(std::make_unique<Parser>()) {}
QuickReader::~QuickReader() = default;

namespace {

using Element = simdjson::dom::element;
using Kind = simdjson::dom::element_type;

/// Whether a key came before in its object.
class Keys {
 public:
  bool is_new(std::string_view key, const auto& earlier) {
    const unsigned bit = key.empty() ? 0
                                     : (key.size() + 7u * static_cast<unsigned char>(key.front()) +
                                        31u * static_cast<unsigned char>(key.back())) &
                                           63u;
    const bool may_be_known = (bits_ >> bit & 1) != 0;
    bits_ |= std::uint64_t{1} << bit;
    return !may_be_known || std::ranges::find(earlier, key, &Scalar::key) == earlier.end();
  }

 private:
  std::uint64_t bits_ = 0;
};

bool fits(std::int64_t number) { return number <= kIntegerMax && number >= -kIntegerMax; }

bool read_list(const simdjson::dom::array& list, Scalar& into, Seen& seen) {
  into.kind = Scalar::Kind::list;
  into.first_item = seen.items.size();
  for (const Element item : list) {
    std::string_view text;
    if (item.get_string().get(text) != simdjson::SUCCESS) return false;
    seen.items.push_back(text);
  }
  into.items = seen.items.size() - into.first_item;
  return true;
}

/// @return whether the value is of those that an event can use.
bool read_value(const Element& value, Scalar& into, Seen& seen) {
  switch (value.type()) {
    case Kind::STRING:
      into.kind = Scalar::Kind::text;
      into.text = value.get_string().value_unsafe();
      return true;
    case Kind::INT64:
      into.kind = Scalar::Kind::number;
      into.number = value.get_int64().value_unsafe();
      return fits(into.number);
    case Kind::BOOL:
      into.kind = Scalar::Kind::truth;
      into.number = value.get_bool().value_unsafe() ? 1 : 0;
      return true;
    case Kind::ARRAY:
      return read_list(value.get_array().value_unsafe(), into, seen);
    default:
      return false;
  }
}

bool read_data(const simdjson::dom::object& data, Seen& seen) {
  Keys keys;
  for (const auto& [key, value] : data) {
    if (!keys.is_new(key, seen.data)) return false;
    Scalar& into = seen.data.emplace_back();
    into.key = key;
    if (!read_value(value, into, seen)) return false;
  }
  return true;
}

/// The place of a name in the envelope; one past the last for a name that means nothing here.
std::size_t place_of(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(kEnvelope, name) - kEnvelope.begin());
}

bool read_envelope(const simdjson::dom::object& line, Seen& seen) {
  std::array<Scalar, 8> others;
  std::size_t other = 0;
  for (const auto& [key, value] : line) {
    const std::size_t at = place_of(key);
    if (at == kEnvelope.size()) {
      if (other == others.size()) return false;
      const auto earlier = others.begin() + static_cast<std::ptrdiff_t>(other);
      if (std::ranges::find(others.begin(), earlier, key, &Scalar::key) != earlier) return false;
      others[other].key = key;
      if (!read_value(value, others[other++], seen)) return false;
      continue;
    }
    Scalar& into = seen.envelope[at];
    if (into.kind != Scalar::Kind::none) return false;  // it stands twice
    into.key = key;
    if (at == static_cast<std::size_t>(Envelope::data)) {
      if (value.type() != Kind::OBJECT) return false;
      into.kind = Scalar::Kind::other;
      if (!read_data(value.get_object().value_unsafe(), seen)) return false;
    } else if (!read_value(value, into, seen)) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool QuickReader::read(std::string_view line, Seen& seen) {
  seen.clear();
  if (line.empty() || line.front() != '{') return false;
  Element root;
  if (parser_->dom.parse(line.data(), line.size(), false).get(root) != simdjson::SUCCESS)
    return false;
  simdjson::dom::object object;
  return root.get_object().get(object) == simdjson::SUCCESS && read_envelope(object, seen);
}

}  // namespace shinsa::sim
