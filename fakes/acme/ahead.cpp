#include "fakes/acme/ahead.hpp"

namespace shinsa::fakes::acme {

namespace {

constexpr std::size_t kKeysMax = 10'000;  // a server for tests has few accounts at a time

}  // namespace

std::shared_ptr<const PublicKey> Keyring::find(std::string_view kid) const {
  const std::lock_guard lock(guard_);
  const auto at = keys_.find(kid);
  return at == keys_.end() ? nullptr : at->second;
}

void Keyring::learn(std::string_view kid, const PublicKey& key) {
  auto learnt = std::make_shared<const PublicKey>(key);
  const std::lock_guard lock(guard_);
  if (keys_.size() >= kKeysMax) keys_.clear();
  keys_.insert_or_assign(std::string(kid), std::move(learnt));
}

std::shared_ptr<const Ahead> look_ahead(const wire::HttpRequest& request, const Keyring& keys,
                                        std::size_t body_max) {
  if (request.method != "POST" || request.body.size() > body_max) return nullptr;
  auto found = std::make_shared<Ahead>(Ahead{parse_jws(request.body)});
  if (!found->jws || !found->jws->kid) return found;
  const auto key = keys.find(*found->jws->kid);
  if (key && verify(*found->jws, *key)) found->verified_by = key->spki_sha256();
  return found;
}

}  // namespace shinsa::fakes::acme
