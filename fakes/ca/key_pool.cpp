#include "fakes/ca/key_pool.hpp"

#include <openssl/pem.h>

#include <map>
#include <mutex>
#include <vector>

#include "fakes/ca/embedded_keys.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {

namespace {

std::string public_key_sha256(EVP_PKEY* key) {
  X509_PUBKEY* spki = nullptr;
  if (X509_PUBKEY_set(&spki, key) != 1) return {};
  Owned<X509_PUBKEY, X509_PUBKEY_free> owner(spki);
  return spki_sha256(spki);
}

Result<PrivateKey> parse(const EmbeddedKey& embedded) {
  ErrorQueueGuard guard;
  BioOwner memory(BIO_new_mem_buf(embedded.pem.data(), static_cast<int>(embedded.pem.size())));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr);
  if (!key) return openssl_failure("this test key cannot be read", std::string(embedded.name));
  return PrivateKey(std::string(embedded.name), std::shared_ptr<EVP_PKEY>(key, EVP_PKEY_free));
}

Failure unknown(std::string_view name) {
  std::string known;
  for (const std::string& each : KeyPool::names()) known += (known.empty() ? "" : ", ") + each;
  return fail("there is no test key \"" + std::string(name) + "\"", {}, "the keys are " + known);
}

}  // namespace

PrivateKey::PrivateKey(std::string name, std::shared_ptr<evp_pkey_st> key)
    : name_(std::move(name)),
      type_(key_type_of(key.get())),
      sha256_(public_key_sha256(key.get())),
      key_(std::move(key)) {}

std::string PrivateKey::pem() const {
  ErrorQueueGuard guard;
  return written([&](BIO* out) {
    return PEM_write_bio_PrivateKey(out, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

Result<PrivateKey> KeyPool::find(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, PrivateKey, std::less<>> parsed;
  std::scoped_lock lock(mutex);
  if (auto it = parsed.find(name); it != parsed.end()) return it->second;
  for (const EmbeddedKey& embedded : embedded_keys()) {
    if (embedded.name != name) continue;
    Result<PrivateKey> key = parse(embedded);
    if (key) parsed.emplace(name, *key);
    return key;
  }
  return unknown(name);
}

std::optional<PrivateKey> KeyPool::with_sha256(std::string_view sha256) {
  static const std::map<std::string, PrivateKey, std::less<>> all = [] {
    std::map<std::string, PrivateKey, std::less<>> keys;
    for (const std::string& name : names())
      if (auto key = find(name)) keys.emplace(key->sha256(), *key);
    return keys;
  }();
  const auto known = all.find(sha256);
  return known == all.end() ? std::nullopt : std::optional(known->second);
}

std::span<const std::string> KeyPool::names() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names;
    for (const EmbeddedKey& embedded : embedded_keys()) names.emplace_back(embedded.name);
    return names;
  }();
  return all;
}

}  // namespace shinsa::fakes::ca
