/// Addresses of pages: `http` and `https` only, taken apart and put together by Boost.URL.
///
/// Source: RFC 3986 (syntax, section 5 relative references, section 6.2 the one spelling), RFC 9110
/// sections 4.2 (the two schemes, default ports) and 10.2.2 (what a Location may be).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::web {

struct Uri {
  bool is_https = false;
  std::string host;         ///< a name in lower case, or an address without brackets
  bool is_address = false;  ///< the host is an IPv4 or IPv6 address and asks no DNS
  std::uint16_t port = 80;  ///< 80 or 443 where the text names none
  std::string path = "/";   ///< from the first slash on, percent-encoded, without the query
  std::string query = {};   ///< with its `?`; empty without one
  /// The one spelling of the whole: dots resolved, no default port, no fragment, no user.
  std::string text = {};
};

/// Refused: what is no absolute URI, another scheme, no host, port 0 or one beyond 65535; and a
/// host that begins with an IPv4 address and goes on (`192.0.2.1.jp`), which Boost.URL 1.81
/// misreads.
[[nodiscard]] Result<Uri> parse_uri(std::string_view text);

/// Where a Location leads from `base`: it may be absolute, or relative to it.
/// Refused: as `parse_uri`, and an empty text.
[[nodiscard]] Result<Uri> resolved(const Uri& base, std::string_view location);

}  // namespace shinsa::fakes::web
