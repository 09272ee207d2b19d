#include "cli/serve/wire_faults.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "model/vocabulary/suggest.hpp"

namespace shinsa::cli {

namespace json = boost::json;

namespace {

using Kind = WireFault::Kind;
constexpr std::array<std::pair<std::string_view, Kind>, 6> kKinds{{{"status", Kind::status},
                                                                   {"slow", Kind::slow},
                                                                   {"reset", Kind::reset},
                                                                   {"silent", Kind::silent},
                                                                   {"truncated", Kind::truncated},
                                                                   {"bad-nonce", Kind::bad_nonce}}};

bool is_for(const WireFault& fault, std::string_view target, Instant now) {
  return target.starts_with(fault.path) && (!fault.from || *fault.from <= now) &&
         (!fault.to || now < *fault.to);
}

/// The members of a fault, one after the other.
class Reader {
 public:
  explicit Reader(const json::object& said) : said_(said) {}

  Result<WireFault> read() {
    for (const auto& [name, value] : said_)
      if (!take(name, value))
        return fail(what_.empty() ? "there is no such member" : what_, std::string(name),
                    what_.empty() ? "there are path, kind, nth, from, to, status, retry_after, "
                                    "delay_ms and bytes"
                                  : "");
    return fault_;
  }

 private:
  bool take(std::string_view name, const json::value& value) {
    if (name == "path") return take_text(value, fault_.path);
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
    return false;
  }
  bool take_text(const json::value& value, std::string& into) {
    if (!value.is_string()) return wants("a text");
    into = std::string(value.get_string());
    return true;
  }
  bool take_kind(const json::value& value) {
    if (!value.is_string()) return wants("a text");
    const std::string_view word = value.get_string();
    const auto at = std::ranges::find(kKinds, word, [](const auto& one) { return one.first; });
    if (at == kKinds.end()) return wants("status, slow, reset, silent, truncated or bad-nonce");
    fault_.kind = at->second;
    return true;
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
    what_ = "it wants " + what;
    return false;
  }

  const json::object& said_;
  WireFault fault_;
  std::string what_;
};

}  // namespace

bool reaches_the_server(Kind kind) { return kind != Kind::status && kind != Kind::bad_nonce; }

std::optional<WireFault> WireFaults::next(std::string_view target, Instant now) {
  std::optional<WireFault> played;
  for (Counted& one : all_) {
    if (!is_for(one.fault, target, now)) continue;
    ++one.seen;
    if (!played && (!one.fault.nth || *one.fault.nth == one.seen)) played = one.fault;
  }
  return played;
}

Result<WireFault> parse_wire_fault(std::string_view text) {
  boost::system::error_code failed;
  const json::value said = json::parse(text, failed);
  if (failed || !said.is_object()) return fail("a fault is a JSON object");
  return Reader(said.get_object()).read();
}

std::string to_json(const WireFaults::Counted& counted) {
  const WireFault& fault = counted.fault;
  json::object said{{"path", fault.path}, {"seen", counted.seen}};
  for (const auto& [word, kind] : kKinds)
    if (kind == fault.kind) said["kind"] = word;
  if (fault.nth) said["nth"] = *fault.nth;
  if (fault.from) said["from"] = to_text(*fault.from);
  if (fault.to) said["to"] = to_text(*fault.to);
  if (fault.kind == Kind::status) said["status"] = fault.status;
  if (fault.retry_after) said["retry_after"] = *fault.retry_after;
  if (fault.kind == Kind::slow) said["delay_ms"] = fault.delay.count();
  if (fault.kind == Kind::truncated) said["bytes"] = fault.bytes;
  return json::serialize(said);
}

}  // namespace shinsa::cli
