/// base64url without padding, read strictly: what JOSE writes bytes in.
///
/// Sources: RFC 4648 section 5, RFC 7515 section 2 (no padding, no line breaks), RFC 8555
/// section 6.1 (a server must refuse padding).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shinsa::fakes::acme {

/// @param bytes  any octets. @return  letters of the URL-safe alphabet, without `=`.
[[nodiscard]] std::string to_base64url(std::string_view bytes);

/// @return  the octets; nothing where a letter is none of the alphabet (so `=`, `+`, `/` and blanks
///          are refused), where the length is impossible, or where bits of the last letter that
///          belong to no octet are not zero (RFC 4648 section 3.5), so that each text has one
///          spelling.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace shinsa::fakes::acme
