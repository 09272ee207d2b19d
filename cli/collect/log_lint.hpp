/// What should not stand in a log that is handed on: secrets, and data of persons. Found by what
/// they look like, told by kind and place, and never repeated.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace shinsa::cli {

/// Something in a piece of a log that gives somebody or something away.
struct Exposed {
  enum class Kind {
    private_key,   ///< in PEM, or a JWK with its private part
    password,      ///< under a key that says so, or in a URL
    token,         ///< a bearer token, a JWT, a key of a known service
    mail_address,  ///< of a person: not of a role (RFC 2142), not of a domain for examples
    telephone,     ///< a number as it is written in Japan, or with a country's prefix
  };
  Kind kind = Kind::password;
  std::size_t byte = 0;  ///< where it starts in the piece
};

/// In the order in which they stand.
[[nodiscard]] std::vector<Exposed> exposed_in(std::string_view piece);

[[nodiscard]] bool is_secret(Exposed::Kind kind);
/// What it is, in a few words, and what to do about it.
[[nodiscard]] std::string_view name_of(Exposed::Kind kind);
[[nodiscard]] std::string_view remedy_for(Exposed::Kind kind);

}  // namespace shinsa::cli
