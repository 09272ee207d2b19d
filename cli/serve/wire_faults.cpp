#include "cli/serve/wire_faults.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace shinsa::cli {

namespace json = boost::json;

namespace {

using Kind = WireFault::Kind;
constexpr std::array<std::pair<std::string_view, Kind>, 9> kKinds{{{"status", Kind::status},
                                                                   {"slow", Kind::slow},
                                                                   {"reset", Kind::reset},
                                                                   {"silent", Kind::silent},
                                                                   {"truncated", Kind::truncated},
                                                                   {"bad-nonce", Kind::bad_nonce},
                                                                   {"processing", Kind::processing},
                                                                   {"servfail", Kind::servfail},
                                                                   {"nxdomain", Kind::nxdomain}}};
constexpr std::array<std::pair<std::string_view, WireFront>, 5> kFronts{
    {{"acme", WireFront::acme},
     {"dns", WireFront::dns},
     {"http", WireFront::http},
     {"https", WireFront::https},
     {"ca", WireFront::ca}}};

/// What can go wrong at a front, in words.
constexpr const char* kinds_of(WireFront front) {
  switch (front) {
    case WireFront::acme:
      return "status, slow, reset, silent, truncated, bad-nonce or processing";
    case WireFront::dns:
      return "servfail, nxdomain, silent, slow or truncated";
    case WireFront::http:
    case WireFront::https:
    case WireFront::ca:
      return "status, slow, reset, silent or truncated";
  }
  return "";
}

bool has_kind(WireFront front, Kind kind) {
  switch (kind) {
    case Kind::slow:
    case Kind::silent:
    case Kind::truncated:
      return true;
    case Kind::status:
    case Kind::reset:
      return front != WireFront::dns;
    case Kind::bad_nonce:
    case Kind::processing:
      return front == WireFront::acme;
    case Kind::servfail:
    case Kind::nxdomain:
      return front == WireFront::dns;
  }
  return false;
}

bool has_name(WireFront front) { return front != WireFront::acme && front != WireFront::ca; }
bool has_path(WireFront front) { return front != WireFront::dns; }

bool is_for(const WireFault& fault, const WireRequest& request, Instant now) {
  if (fault.front != request.front) return false;
  if (fault.kind == Kind::processing && !request.begins_work) return false;
  if (fault.kind == Kind::truncated && request.by_tcp) return false;
  return (!has_path(fault.front) || request.path.starts_with(fault.path)) &&
         (fault.name.empty() || fault.name == request.name) &&
         (!fault.from || *fault.from <= now) && (!fault.to || now < *fault.to);
}

std::string lower_without_dot(std::string_view name) {
  std::string spelt(name);
  for (char& c : spelt)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (spelt.ends_with('.')) spelt.pop_back();
  return spelt;
}

/// The members of a fault, one after the other, then what they say together.
class Reader {
 public:
  explicit Reader(const json::object& said) : said_(said) {}

  Result<WireFault> read() {
    for (const auto& [name, value] : said_)
      if (!take(name, value))
        return fail(what_.empty() ? "there is no such member" : what_, std::string(name),
                    what_.empty() ? "there are front, path, name, kind, nth, from, to, status, "
                                    "retry_after, delay_ms, bytes and seconds"
                                  : "");
    if (!has_kind(fault_.front, fault_.kind)) return fail(wanted(kinds_of(fault_.front)), "kind");
    if (said_.contains("name") && !has_name(fault_.front))
      return fail("a fault of this front has none", "name", "names are of dns, http and https");
    if (said_.contains("path") && !has_path(fault_.front))
      return fail("a fault of this front has none", "path", "a query is told by its name");
    if (fault_.from && fault_.to && *fault_.to <= *fault_.from)
      return fail("the window ends before it begins", "to");
    return fault_;
  }

 private:
  static std::string wanted(const std::string& what) { return "it wants " + what; }

  bool take(std::string_view name, const json::value& value) {
    if (name == "front") return take_front(value);
    if (name == "path") return take_text(value, fault_.path);
    if (name == "name") return take_name(value);
    if (name == "kind") return take_kind(value);
    if (name == "from") return take_instant(value, fault_.from);
    if (name == "to") return take_instant(value, fault_.to);
    std::int64_t number = 0;
    if (name == "nth") return take_number(value, 1, number) && (fault_.nth = number, true);
    if (name == "status")
      return take_number(value, 400, number) && (fault_.status = static_cast<int>(number), true);
    if (name == "retry_after")
      return take_number(value, 0, number) && (fault_.retry_after = number, true);
    if (name == "delay_ms")
      return take_number(value, 0, number) &&
             (fault_.delay = std::chrono::milliseconds(number), true);
    if (name == "bytes")
      return take_number(value, 0, number) &&
             (fault_.bytes = static_cast<std::size_t>(number), true);
    if (name == "seconds")
      return take_number(value, 1, number) && (fault_.lasts = seconds(number), true);
    return false;
  }
  bool take_text(const json::value& value, std::string& into) {
    if (!value.is_string()) return wants("a text");
    into = std::string(value.get_string());
    return true;
  }
  bool take_name(const json::value& value) {
    if (!value.is_string() || value.get_string().empty()) return wants("a name");
    fault_.name = lower_without_dot(value.get_string());
    return true;
  }
  bool take_front(const json::value& value) {
    const auto front =
        value.is_string() ? parse_wire_front(value.get_string()) : std::optional<WireFront>();
    if (!front) return wants("acme, dns, http, https or ca");
    fault_.front = *front;
    return true;
  }
  /// Whether the front has it is looked at once the front is known.
  bool take_kind(const json::value& value) {
    if (!value.is_string()) return wants("a text");
    const std::string_view word = value.get_string();
    const auto at = std::ranges::find(kKinds, word, [](const auto& one) { return one.first; });
    if (at == kKinds.end()) return wants(kinds_of(front_said()));
    fault_.kind = at->second;
    return true;
  }
  [[nodiscard]] WireFront front_said() const {
    const json::value* front = said_.if_contains("front");
    return front && front->is_string()
               ? parse_wire_front(front->get_string()).value_or(WireFront::acme)
               : WireFront::acme;
  }
  bool take_instant(const json::value& value, std::optional<Instant>& into) {
    if (!value.is_string()) return wants("a time");
    const auto instant = parse_instant(std::string_view(value.get_string()));
    if (!instant) return wants("a time such as 2026-11-24T10:00:00+09:00");
    into = *instant;
    return true;
  }
  bool take_number(const json::value& value, std::int64_t least, std::int64_t& into) {
    if (!value.is_int64() || value.get_int64() < least || value.get_int64() > 1'000'000'000)
      return wants("a number from " + std::to_string(least));
    into = value.get_int64();
    return true;
  }
  bool wants(const std::string& what) {
    what_ = wanted(what);
    return false;
  }

  const json::object& said_;
  WireFault fault_;
  std::string what_;
};

json::object to_object(const WireFault& fault) {
  json::object said{{"front", to_text(fault.front)}};
  if (has_path(fault.front)) said["path"] = fault.path;
  if (!fault.name.empty()) said["name"] = fault.name;
  for (const auto& [word, kind] : kKinds)
    if (kind == fault.kind) said["kind"] = word;
  if (fault.nth) said["nth"] = *fault.nth;
  if (fault.from) said["from"] = to_text(*fault.from);
  if (fault.to) said["to"] = to_text(*fault.to);
  if (fault.kind == Kind::status) said["status"] = fault.status;
  if (fault.retry_after) said["retry_after"] = *fault.retry_after;
  if (fault.kind == Kind::slow) said["delay_ms"] = fault.delay.count();
  if (fault.kind == Kind::truncated && fault.front != WireFront::dns) said["bytes"] = fault.bytes;
  if (fault.kind == Kind::processing) said["seconds"] = fault.lasts.seconds;
  return said;
}

}  // namespace

std::string_view to_text(WireFront front) {
  return std::ranges::find(kFronts, front, [](const auto& one) { return one.second; })->first;
}

std::optional<WireFront> parse_wire_front(std::string_view word) {
  const auto at = std::ranges::find(kFronts, word, [](const auto& one) { return one.first; });
  return at == kFronts.end() ? std::nullopt : std::optional(at->second);
}

bool reaches_the_server(Kind kind) { return kind != Kind::status && kind != Kind::bad_nonce; }

bool WireFaults::is_one_for(const WireRequest& request, Instant now) const {
  return std::ranges::any_of(all_,
                             [&](const Counted& one) { return is_for(one.fault, request, now); });
}

std::optional<WireFault> WireFaults::next(const WireRequest& request, Instant now) {
  std::optional<WireFault> played;
  for (Counted& one : all_) {
    if (!is_for(one.fault, request, now)) continue;
    ++one.seen;
    if (!played && (!one.fault.nth || *one.fault.nth == one.seen)) played = one.fault;
  }
  return played;
}

void spoil(const WireFault& fault, fakes::wire::HttpResponse& response) {
  switch (fault.kind) {
    case Kind::status:
      response = {.status = fault.status,
                  .headers = {{"Content-Type", "text/plain"}},
                  .body = "a fault that was asked for\n"};
      break;
    case Kind::slow:
      response.spoiling.delay = fault.delay;
      break;
    case Kind::reset:
      response.spoiling.reset = true;
      break;
    case Kind::silent:
      response.spoiling.silent = true;
      break;
    case Kind::truncated:
      response.spoiling.cut_after = fault.bytes;
      break;
    case Kind::bad_nonce:
    case Kind::processing:
    case Kind::servfail:
    case Kind::nxdomain:
      break;
  }
  if (fault.retry_after)
    response.headers.emplace_back("Retry-After", std::to_string(*fault.retry_after));
}

Result<WireFault> parse_wire_fault(std::string_view text) {
  boost::system::error_code failed;
  const json::value said = json::parse(text, failed);
  if (failed || !said.is_object()) return fail("a fault is a JSON object");
  return Reader(said.get_object()).read();
}

std::string to_json(const WireFault& fault) { return json::serialize(to_object(fault)); }

std::string to_json(const WireFaults::Counted& counted) {
  json::object said = to_object(counted.fault);
  said["seen"] = counted.seen;
  return json::serialize(said);
}

}  // namespace shinsa::cli
