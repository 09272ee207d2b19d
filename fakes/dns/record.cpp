#include "fakes/dns/record.hpp"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <utility>

#include "fakes/dns/caa_record.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::dns {
namespace {

constexpr std::size_t kLongestString = 255;
constexpr std::size_t kLongestData = 0xffff;

constexpr std::array<std::pair<Type, ldns_rr_type>, 8> kWireTypes{
    {{Type::a, LDNS_RR_TYPE_A},
     {Type::aaaa, LDNS_RR_TYPE_AAAA},
     {Type::cname, LDNS_RR_TYPE_CNAME},
     {Type::txt, LDNS_RR_TYPE_TXT},
     {Type::caa, LDNS_RR_TYPE_CAA},
     {Type::mx, LDNS_RR_TYPE_MX},
     {Type::ns, LDNS_RR_TYPE_NS},
     {Type::soa, LDNS_RR_TYPE_SOA}}};

FieldOwner field(ldns_rdf_type kind, std::string_view bytes) {
  FieldOwner made(ldns_rdf_new_frm_data(kind, bytes.size(), bytes.data()));
  SHINSA_ASSERT(made, "ldns can make a field");
  return made;
}

std::string number(std::uint32_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t i = bytes; i-- > 0;) text.push_back(static_cast<char>(value >> (8 * i)));
  return text;
}

/// The zone keeps numbers that can be read.
std::uint32_t parse_number(std::string_view word) {
  std::uint32_t value = 0;
  std::from_chars(word.data(), word.data() + word.size(), value);
  return value;
}

std::string_view next_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  return word;
}

/// A character-string: behind its length (RFC 1035 section 3.3).
FieldOwner character_string(std::string_view text) {
  return field(LDNS_RDF_TYPE_STR, static_cast<char>(text.size()) + std::string(text));
}

void push(ldns_rr* record, FieldOwner made) { ldns_rr_push_rdf(record, made.release()); }

void push_address(ldns_rr* record, int family, const std::string& text) {
  std::array<char, sizeof(in6_addr)> bytes{};
  inet_pton(family, text.c_str(), bytes.data());
  if (family == AF_INET)
    push(record, field(LDNS_RDF_TYPE_A, {bytes.data(), sizeof(in_addr)}));
  else
    push(record, field(LDNS_RDF_TYPE_AAAA, {bytes.data(), sizeof(in6_addr)}));
}

void push_text(ldns_rr* record, std::string_view text) {
  do {
    push(record, character_string(text.substr(0, kLongestString)));
    text.remove_prefix(std::min(kLongestString, text.size()));
  } while (!text.empty());
}

void push_caa(ldns_rr* record, const std::string& text) {
  const auto caa = parse_caa(text);
  SHINSA_ASSERT(caa, "the zone keeps no CAA record that cannot be read");
  push(record, field(LDNS_RDF_TYPE_INT8, number(caa->critical ? 128 : 0, 1)));
  push(record, field(LDNS_RDF_TYPE_TAG, static_cast<char>(caa->tag.size()) + caa->tag));
  push(record, field(LDNS_RDF_TYPE_LONG_STR, caa->value));
}

void push_mail_exchange(ldns_rr* record, std::string_view text) {
  push(record, field(LDNS_RDF_TYPE_INT16, number(parse_number(next_word(text)), 2)));
  push(record, name_field_of_text(text == "." ? std::string_view() : text));
}

void push_start_of_authority(ldns_rr* record, std::string_view text) {
  push(record, name_field_of_text(next_word(text)));
  push(record, name_field_of_text(next_word(text)));
  push(record, field(LDNS_RDF_TYPE_INT32, number(parse_number(next_word(text)), 4)));
  for (int i = 0; i < 4; ++i)
    push(record, field(LDNS_RDF_TYPE_PERIOD, number(parse_number(next_word(text)), 4)));
}

void push_value(ldns_rr* record, Type type, const std::string& value) {
  switch (type) {
    case Type::a:
      return push_address(record, AF_INET, value);
    case Type::aaaa:
      return push_address(record, AF_INET6, value);
    case Type::cname:
    case Type::ns:
      return push(record, name_field_of_text(value));
    case Type::txt:
      return push_text(record, value);
    case Type::caa:
      return push_caa(record, value);
    case Type::mx:
      return push_mail_exchange(record, value);
    case Type::soa:
      return push_start_of_authority(record, value);
  }
}

/// Of a value as data, with the lengths of its strings.
std::size_t most_bytes_of(const std::string& value) {
  return value.size() + value.size() / kLongestString + 1;
}

}  // namespace

ldns_rr_type wire_type_of(Type type) {
  for (const auto& [ours, on_the_wire] : kWireTypes)
    if (ours == type) return on_the_wire;
  SHINSA_ASSERT(false, "no such type");
}

std::optional<Type> type_of(std::uint16_t wire_type) {
  for (const auto& [ours, on_the_wire] : kWireTypes)
    if (on_the_wire == wire_type) return ours;
  return std::nullopt;
}

FieldOwner name_field(std::string_view wire_name) { return field(LDNS_RDF_TYPE_DNAME, wire_name); }

FieldOwner name_field_of_text(std::string_view name) {
  std::string wire_name;
  wire_name.reserve(name.size() + 2);
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    wire_name.push_back(static_cast<char>(label.size()));
    wire_name += label;
    name.remove_prefix(std::min(label.size() + 1, name.size()));
  }
  wire_name.push_back(0);
  return name_field(wire_name);
}

RecordOwner record_of(FieldOwner owner, Type type, const std::string& value) {
  if (most_bytes_of(value) > kLongestData) return nullptr;
  RecordOwner record(ldns_rr_new());
  SHINSA_ASSERT(record, "ldns can make a record");
  ldns_rr_set_owner(record.get(), owner.release());
  ldns_rr_set_type(record.get(), wire_type_of(type));
  ldns_rr_set_class(record.get(), LDNS_RR_CLASS_IN);
  ldns_rr_set_ttl(record.get(), 0);
  push_value(record.get(), type, value);
  return record;
}

}  // namespace shinsa::fakes::dns
