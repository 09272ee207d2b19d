/// The certificates of our own TLS servers: a root that clients of the fakes are told to trust, and
/// a certificate below it. Real clients look at the real clock, so these are valid in real time;
/// they have nothing to do with the certificates that the fake CA issues.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fakes/wire/http_server.hpp"
#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::wire {

struct OwnRoot {
  std::string root_pem;
  TlsIdentity identity;  ///< for the names and addresses that were asked for
};

/// Makes a root (P-256, ten years) and a certificate below it (a year).
/// @param names  host names and addresses, at least one: `localhost`, `127.0.0.1`.
/// @param now    seconds since 1970; both begin an hour before.
/// @param folder where given, the root and its key are kept there (`root.pem`, and `root.key`,
///               readable by its owner alone), and used again by whoever comes next.
/// @return an Error: the folder cannot be written, or what lies there cannot be used.
[[nodiscard]] Result<OwnRoot> make_own_root(const std::vector<std::string>& names, std::int64_t now,
                                            const std::string& folder = {});

}  // namespace shinsa::fakes::wire
