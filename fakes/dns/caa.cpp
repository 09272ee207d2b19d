#include "fakes/dns/caa.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "fakes/dns/owner.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::dns {
namespace {

bool is_understood(const CaaRecord& record) {
  return record.tag == "issue" || record.tag == "issuewild" || record.tag == "iodef";
}

std::vector<CaaRecord> with_tag(const std::vector<CaaRecord>& records, std::string_view tag) {
  std::vector<CaaRecord> found;
  std::copy_if(records.begin(), records.end(), std::back_inserter(found),
               [&](const CaaRecord& record) { return record.tag == tag; });
  return found;
}

/// The records that decide: for a wildcard `issuewild`, if there is any.
std::vector<CaaRecord> deciding(const std::vector<CaaRecord>& records, bool is_wildcard) {
  std::vector<CaaRecord> wild = with_tag(records, "issuewild");
  return is_wildcard && !wild.empty() ? wild : with_tag(records, "issue");
}

std::vector<CaaRecord> read(const Values& values) {
  std::vector<CaaRecord> records;
  for (const std::string& value : values) {
    const auto record = parse_caa(value);
    SHINSA_ASSERT(record, "the zone keeps no CAA record that cannot be read");
    records.push_back(*record);
  }
  return records;
}

/// What the nearest records mean; they have been found and are not empty.
CaaAnswer judged(std::string_view at_name, std::vector<CaaRecord> records,
                 const CaaQuestion& question, const std::string& issuer) {
  CaaAnswer answer{CaaVerdict::forbidden, std::string(at_name), std::move(records), {}};
  for (const CaaRecord& record : answer.records)
    if (record.critical && !is_understood(record)) {
      answer.why = fmt::format("the critical tag {} is not understood", record.tag);
      return answer;
    }
  const auto rules = deciding(answer.records, question.is_wildcard);
  const bool named = std::any_of(rules.begin(), rules.end(), [&](const CaaRecord& record) {
    return issuer_in(record.value) == issuer;
  });
  if (rules.empty() || named) answer.verdict = CaaVerdict::permitted;
  answer.why = rules.empty() ? "no record restricts who issues"
               : named       ? fmt::format("{} is named", issuer)
                             : fmt::format("{} is not named", issuer);
  return answer;
}

}  // namespace

std::string_view to_text(CaaVerdict verdict) {
  switch (verdict) {
    case CaaVerdict::permitted:
      return "permitted";
    case CaaVerdict::forbidden:
      return "forbidden";
    case CaaVerdict::failed:
      return "failed";
  }
  SHINSA_ASSERT(false, "no such verdict");
}

CaaAnswer caa_permits(const Dns& dns, const CaaQuestion& question, Instant at,
                      std::optional<Status> fault) {
  const std::string_view base = question.name;
  const auto first = owner_name(base.starts_with("*.") ? base.substr(2) : base);
  if (!first) return {CaaVerdict::failed, {}, {}, first.error().text()};
  const auto issuer = owner_name(question.issuer_domain);
  SHINSA_ASSERT(issuer, "a CA calls itself by a domain name");

  for (std::string_view name = *first; !name.empty(); name = parent_of(name)) {
    const Answer answer = dns.resolve(name, Type::caa, at, std::exchange(fault, std::nullopt));
    if (answer.status == Status::servfail || answer.status == Status::timeout)
      return {CaaVerdict::failed,
              std::string(name),
              {},
              fmt::format("the look-up ended in {}", to_text(answer.status))};
    if (answer.status == Status::ok) return judged(name, read(answer.values), question, *issuer);
  }
  return {CaaVerdict::permitted, {}, {}, "there is no record up to the top-level domain"};
}

}  // namespace shinsa::fakes::dns
