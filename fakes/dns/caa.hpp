/// Whether the owner of a domain lets a CA issue: what CAA records say, examined as a CA must.
///
/// Source: RFC 8659. Section 3: the records nearest above the name count, each name asked with its
/// aliases followed, while the climb goes on from the name itself and not from where an alias led
/// (the older RFC 6844 had it otherwise). Section 4: `issue`, `issuewild`, and the critical flag.
/// Baseline Requirements 3.2.2.8: a look-up that fails is no permission.
/// What a CA does with the verdict is the model's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/dns/caa_record.hpp"
#include "fakes/dns/dns.hpp"

namespace shinsa::fakes::dns {

struct CaaQuestion {
  std::string name;  ///< the name to be certified; a leading `*.` may stand or not
  bool is_wildcard = false;
  std::string issuer_domain;  ///< how the CA calls itself in these records: `jprs.jp`
};

enum class CaaVerdict {
  permitted,
  forbidden,
  failed  ///< a look-up on the way ended in SERVFAIL or timeout, or the name is none
};
/// `permitted`, `forbidden`, `failed`
[[nodiscard]] std::string_view to_text(CaaVerdict verdict);

struct CaaAnswer {
  CaaVerdict verdict = CaaVerdict::failed;
  std::string found_at;            ///< whose records counted, or whose look-up failed; may be empty
  std::vector<CaaRecord> records;  ///< those that counted
  std::string why;                 ///< one sentence in English
};

/// Climbs from the name to the top-level domain; no record on the way is permission.
/// For a wildcard, `issuewild` counts and `issue` only where there is none; for others `issuewild`
/// does not count. A critical record with a tag other than `issue`, `issuewild` and `iodef`
/// forbids.
/// @param fault  where given, what the first look-up ends in.
[[nodiscard]] CaaAnswer caa_permits(const Dns& dns, const CaaQuestion& question, Instant at,
                                    std::optional<Status> fault = std::nullopt);

}  // namespace shinsa::fakes::dns
