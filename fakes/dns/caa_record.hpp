/// A CAA record as text and as its three parts.
///
/// Source: RFC 8659 sections 4.1.1 (presentation format) and 4.2 (the value of `issue` and
/// `issuewild`).
#pragma once

#include <string>
#include <string_view>

#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::dns {

struct CaaRecord {
  bool critical = false;  ///< the flag of weight 128; the other seven are reserved and not kept
  std::string tag;        ///< in lower case: `issue`, `issuewild`, `iodef`, or one nobody knows
  std::string value;      ///< without the quotes
  friend bool operator==(const CaaRecord&, const CaaRecord&) = default;
};

/// Reads `0 issue "jprs.jp"`; the quotes may be left out around a value without blanks.
/// Refused: flags that are no number from 0 to 255, a tag with other characters than letters and
/// digits, a missing value, a value with a quotation mark or a backslash in it.
[[nodiscard]] Result<CaaRecord> parse_caa(std::string_view text);

/// Writes `0 issue "jprs.jp"`, with 128 for a critical one.
[[nodiscard]] std::string to_text(const CaaRecord& record);

/// Whose certificates the value of an `issue` or `issuewild` allows: the issuer's domain in lower
/// case. Empty when it allows nobody's, which is what `;` says, and what every value means that
/// does not follow the grammar (section 4.2). Parameters after the `;` must follow it too; what
/// they say is between a CA and its customers (RFC 8657) and is not looked at.
[[nodiscard]] std::string issuer_in(std::string_view value);

}  // namespace shinsa::fakes::dns
