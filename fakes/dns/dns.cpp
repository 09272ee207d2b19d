#include "fakes/dns/dns.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "fakes/dns/caa_record.hpp"
#include "fakes/dns/owner.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::dns {
namespace {

constexpr std::array<std::pair<Type, std::string_view>, 8> kTypes{{{Type::a, "A"},
                                                                   {Type::aaaa, "AAAA"},
                                                                   {Type::cname, "CNAME"},
                                                                   {Type::txt, "TXT"},
                                                                   {Type::caa, "CAA"},
                                                                   {Type::mx, "MX"},
                                                                   {Type::ns, "NS"},
                                                                   {Type::soa, "SOA"}}};
constexpr std::array<std::pair<Status, std::string_view>, 5> kStatuses{
    {{Status::ok, "ok"},
     {Status::nodata, "nodata"},
     {Status::nxdomain, "nxdomain"},
     {Status::servfail, "servfail"},
     {Status::timeout, "timeout"}}};

template <class Table, class Key>
std::string_view word_of(const Table& table, Key key) {
  for (const auto& [one, word] : table)
    if (one == key) return word;
  SHINSA_ASSERT(false, "no such type or status");
}

/// The address in the one spelling that inet_ntop writes.
Result<std::string> address(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  std::array<char, INET6_ADDRSTRLEN> spelt{};
  if (inet_pton(family, text.c_str(), bytes.data()) != 1)
    return fail(family == AF_INET ? "this is no IPv4 address" : "this is no IPv6 address", text);
  if (family == AF_INET) return text;  // has no other spelling that inet_pton takes
  return std::string(inet_ntop(family, bytes.data(), spelt.data(), spelt.size()));
}

/// `www.example.jp` -> `jp.example.www`.
std::string turned(std::string_view name) {
  std::string key;
  key.reserve(name.size());
  for (;;) {
    const auto dot = name.rfind('.');
    key.append(dot == std::string_view::npos ? name : name.substr(dot + 1));
    if (dot == std::string_view::npos) return key;
    key.push_back('.');
    name = name.substr(0, dot);
  }
}

std::vector<std::string> words_of(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  std::vector<std::string> words;
  for (auto begin = text.find_first_not_of(kBlanks); begin != std::string_view::npos;
       begin = text.find_first_not_of(kBlanks)) {
    text.remove_prefix(begin);
    words.emplace_back(text.substr(0, text.find_first_of(kBlanks)));
    text.remove_prefix(words.back().size());
  }
  return words;
}

bool is_number(const std::string& word, std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc{} && end == word.data() + word.size() && number <= most;
}

Result<std::string> mail_exchange(const std::string& text) {
  const auto words = words_of(text);
  if (words.size() != 2 || !is_number(words[0], 0xffff))
    return fail("an MX record is a preference from 0 to 65535 and a name", text,
                "write it as 10 mail.example.jp");
  if (words[1] == ".") return words[0] + " .";
  return owner_name(words[1]).map([&](const std::string& name) { return words[0] + " " + name; });
}

Result<std::string> start_of_authority(const std::string& text) {
  const auto words = words_of(text);
  const bool has_numbers =
      words.size() == 7 && std::all_of(words.begin() + 2, words.end(), [](const std::string& word) {
        return is_number(word, 0xffffffff);
      });
  if (!has_numbers)
    return fail("an SOA record is two names and five numbers", text,
                "write it as ns.example.jp hostmaster.example.jp 1 7200 900 1209600 86400");
  std::string spelt;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto part = i < 2 ? owner_name(words[i]) : Result<std::string>(words[i]);
    if (!part) return Failure(part.error());
    spelt += (i == 0 ? "" : " ") + *part;
  }
  return spelt;
}

Result<Values> all_spelt(Type type, const Values& values) {
  Values result;
  for (const std::string& value : values) {
    const auto one = spelt(type, value);
    if (!one) return Failure(one.error());
    result.push_back(*one);
  }
  if (type == Type::cname && result.size() > 1)
    return fail("a name has one alias at most", result[1]);
  if (type == Type::soa && result.size() > 1) return fail("a zone has one SOA record", result[1]);
  return result;
}

}  // namespace

std::string_view to_text(Type type) { return word_of(kTypes, type); }
std::string_view to_text(Status status) { return word_of(kStatuses, status); }

std::optional<Type> parse_type(std::string_view word) {
  std::string upper(word);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  for (const auto& [type, known] : kTypes)
    if (known == upper) return type;
  return std::nullopt;
}

std::optional<Status> parse_status(std::string_view word) {
  for (const auto& [status, known] : kStatuses)
    if (known == word) return status;
  return std::nullopt;
}

Result<std::string> spelt(Type type, const std::string& value) {
  switch (type) {
    case Type::a:
      return address(AF_INET, value);
    case Type::aaaa:
      return address(AF_INET6, value);
    case Type::cname:
    case Type::ns:
      return owner_name(value);
    case Type::txt:
      return value;
    case Type::caa:
      return parse_caa(value).map([](const CaaRecord& record) { return to_text(record); });
    case Type::mx:
      return mail_exchange(value);
    case Type::soa:
      return start_of_authority(value);
  }
  SHINSA_ASSERT(false, "no such type");
}

Result<void> Dns::set(std::string_view name, Type type, const Values& values, Instant at) {
  const auto owner = owner_name(name);
  if (!owner) return Failure(owner.error());
  auto records = all_spelt(type, values);
  if (!records) return Failure(records.error());
  owners_[turned(*owner)].records[type].set(at, std::move(*records));
  return {};
}

Result<void> Dns::add(std::string_view name, Type type, std::string_view value, Instant at) {
  const auto owner = owner_name(name);
  if (!owner) return Failure(owner.error());
  const auto one = spelt(type, std::string(value));
  if (!one) return Failure(one.error());
  const auto known = owners_.find(turned(*owner));
  Values values = known == owners_.end() ? Values() : values_of(known->second, type, at);
  if (std::count(values.begin(), values.end(), *one) != 0) return {};
  values.push_back(*one);
  return set(*owner, type, values, at);
}

Result<void> Dns::remove(std::string_view name, Type type, Instant at) {
  return set(name, type, {}, at);
}

Result<void> Dns::put(std::string_view name, Status status, Instant at) {
  const auto owner = owner_name(name);
  if (!owner) return Failure(owner.error());
  owners_[turned(*owner)].status.set(at, status);
  return {};
}

Result<void> Dns::put(std::string_view name, Type type, Status status, Instant at) {
  const auto owner = owner_name(name);
  if (!owner) return Failure(owner.error());
  owners_[turned(*owner)].type_status[type].set(at, status);
  return {};
}

void Dns::forget_before(Instant at) {
  for (auto next = owners_.begin(); next != owners_.end();) {
    Owner& owner = next->second;
    forget_in(owner.records, at, Values());
    forget_in(owner.type_status, at, Status::ok);
    const bool is_ok =
        owner.status.forget_before(at) && owner.status.at(at, Status::ok) == Status::ok;
    const bool is_empty = is_ok && owner.records.empty() && owner.type_status.empty();
    next = is_empty ? owners_.erase(next) : std::next(next);
  }
}

Answer Dns::resolve(std::string_view name, Type type, Instant at,
                    std::optional<Status> fault) const {
  return follow(name, type, at, fault);
}

Answer Dns::resolve_other(std::string_view name, Instant at, std::optional<Status> fault) const {
  return follow(name, std::nullopt, at, fault);
}

Answer Dns::follow(std::string_view name, std::optional<Type> type, Instant at,
                   std::optional<Status> fault) const {
  Answer answer;
  if (fault && *fault != Status::ok) return {*fault, {}, {}};
  const auto first = owner_name(name);
  if (!first) return answer;
  for (std::string owner = *first;;) {
    Answer found = here(owner, type, at);
    answer.status = found.status;
    answer.values = std::move(found.values);
    if (found.aliases.empty()) return answer;
    if (answer.aliases.size() == kMostAliases) return {Status::servfail, {}, answer.aliases};
    owner = std::move(found.aliases.front());
    answer.aliases.push_back(owner);
  }
}

/// The answer of one owner name; its alias, if it has one, is not followed.
Answer Dns::here(std::string_view name, std::optional<Type> type, Instant at) const {
  const std::string key = turned(name);
  if (const auto known = owners_.find(key); known != owners_.end()) {
    const Owner& owner = known->second;
    if (const Status put = put_on(owner, type, at); put != Status::ok) return {put, {}, {}};
    const Values& alias = values_of(owner, Type::cname, at);
    if (!alias.empty() && type != Type::cname) return {Status::ok, {}, alias};
    if (type) {
      const Values& values = values_of(owner, *type, at);
      if (!values.empty()) return {Status::ok, values, {}};
    }
  }
  return {exists(key, at) ? Status::nodata : Status::nxdomain, {}, {}};
}

const Values& Dns::values_of(const Owner& owner, Type type, Instant at) {
  static const Values none;
  const auto records = owner.records.find(type);
  const Values* found = records == owner.records.end() ? nullptr : records->second.at(at);
  return found ? *found : none;
}

Status Dns::put_on(const Owner& owner, std::optional<Type> type, Instant at) {
  const auto typed = type ? owner.type_status.find(*type) : owner.type_status.end();
  const Status status =
      typed == owner.type_status.end() ? Status::ok : typed->second.at(at, Status::ok);
  return status != Status::ok ? status : owner.status.at(at, Status::ok);
}

bool Dns::has_records(const Owner& owner, Instant at) {
  return std::any_of(owner.records.begin(), owner.records.end(), [&](const auto& set) {
    const Values* values = set.second.at(at);
    return values && !values->empty();
  });
}

/// There are records at the name or below it.
bool Dns::exists(const std::string& key, Instant at) const {
  if (const auto known = owners_.find(key);
      known != owners_.end() && has_records(known->second, at))
    return true;
  const std::string below = key + '.';
  for (auto next = owners_.lower_bound(below);
       next != owners_.end() && next->first.starts_with(below); ++next)
    if (has_records(next->second, at)) return true;
  return false;
}

}  // namespace shinsa::fakes::dns
