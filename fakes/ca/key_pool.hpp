/// The committed test keys, by name: what customers of a scenario and the fake CA itself sign with.
///
/// A name says what the key is: `rsa-2048-a`, `p256-b`, `rsa-2047-weak` (below the Baseline
/// Requirements' 2048 bits), `rsa-2052-odd` (no multiple of 8 bits), `ed25519-a` (a kind they do
/// not allow), `root-rsa` and
/// `intermediate-p256` (the fake CA's own). The keys are public, so that a run gives the same bytes
/// everywhere: never use one outside a test.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/vocabulary/result.hpp"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY, which no header of this project shows

namespace shinsa::fakes::ca {

/// A private key of the pool. Cheap to copy; all copies share one key, which nothing changes.
class PrivateKey {
 public:
  PrivateKey(std::string name, std::shared_ptr<evp_pkey_st> key);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// `rsa-2048`, `p256`, `p521`, `ed25519`: the kind as `CsrReport::key_type` and the reports write
  /// it.
  [[nodiscard]] const std::string& type() const { return type_; }
  /// SHA-256 of the public key's SubjectPublicKeyInfo in DER, lower-case hex: how traces name a
  /// key.
  [[nodiscard]] const std::string& sha256() const { return sha256_; }
  /// The private key as PKCS #8 in PEM, as a customer puts it onto a web server.
  [[nodiscard]] std::string pem() const;
  /// For this folder's own sources only.
  [[nodiscard]] evp_pkey_st* handle() const { return key_.get(); }

 private:
  std::string name_;
  std::string type_;
  std::string sha256_;
  std::shared_ptr<evp_pkey_st> key_;
};

class KeyPool {
 public:
  /// The key of that name, parsed when it is first asked for. An unknown name gives an Error that
  /// lists the names.
  [[nodiscard]] static Result<PrivateKey> find(std::string_view name);

  /// The key whose public half has that digest (`PrivateKey::sha256`), if the pool has it.
  [[nodiscard]] static std::optional<PrivateKey> with_sha256(std::string_view sha256);

  /// All names in alphabetical order, the CA's own included.
  [[nodiscard]] static std::span<const std::string> names();
};

}  // namespace shinsa::fakes::ca
