/// Owner names: how the zone spells the names that records stand at.
///
/// Source: RFC 1035 sections 2.3.1 and 2.3.4 (labels and lengths), RFC 8552 (labels that begin with
/// `_`, such as `_acme-challenge`), RFC 4343 (case does not count).
#pragma once

#include <string>
#include <string_view>

#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::dns {

/// The one spelling of a name: lower case, without the root's dot at the end.
/// `WWW.Example.JP.` -> `www.example.jp`, `_acme-challenge.example.jp` as it is.
/// Refused: an empty name or label, a label over 63 or a name over 253 octets, a hyphen at either
/// end of a label, and every character but letters, digits, hyphen and `_`. That leaves out
/// Japanese (the Error tells the A-label) and `*`.
[[nodiscard]] Result<std::string> owner_name(std::string_view text);

/// The name without its first label; empty for a name of one label: `www.example.jp` ->
/// `example.jp`.
[[nodiscard]] std::string_view parent_of(std::string_view name);

}  // namespace shinsa::fakes::dns
