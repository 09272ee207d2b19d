/// What can be found out about a request before its turn comes: the most expensive part of it, the
/// signature, needs nothing that a server decides. For a server whose connections are on other
/// threads than itself.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/acme/jose.hpp"
#include "fakes/wire/http.hpp"

namespace shinsa::fakes::acme {

/// The keys that requests were signed with lately, by the `kid` that named them. It may be behind:
/// a server goes by its accounts, and asks which key it was that verified. Thread safe.
class Keyring {
 public:
  /// Null for a `kid` that is not among them.
  [[nodiscard]] std::shared_ptr<const PublicKey> find(std::string_view kid) const;
  void learn(std::string_view kid, const PublicKey& key);

 private:
  mutable std::mutex guard_;
  std::map<std::string, std::shared_ptr<const PublicKey>, std::less<>> keys_;
};

struct Ahead {
  Checked<Jws> jws;
  /// SHA-256 of the SubjectPublicKeyInfo of the key under which it verifies, hex; empty: unknown.
  std::string verified_by = {};
};

/// @return null for what is no POST or is longer than `body_max` octets. From any thread.
[[nodiscard]] std::shared_ptr<const Ahead> look_ahead(const wire::HttpRequest& request,
                                                      const Keyring& keys, std::size_t body_max);

}  // namespace shinsa::fakes::acme
