#include "fakes/acme/accounts.hpp"

#include <utility>

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::acme {

Account& Accounts::add(Account account) {
  auto owner = std::make_unique<Account>(std::move(account));
  Account& added = *owner;
  const bool is_new = by_id_.emplace(std::string(added.id()), std::move(owner)).second;
  SHINSA_ASSERT(is_new, "the desk names each account once");
  const bool is_only = by_spki_.emplace(added.key.spki_sha256(), &added).second;
  SHINSA_ASSERT(is_only, "a key has one account");
  return added;
}

Account* Accounts::by_subject(std::string_view subject) const {
  return by_id(subject.substr(subject.find('/') + 1));
}

Account* Accounts::by_id(std::string_view id) const {
  const auto at = by_id_.find(id);
  return at == by_id_.end() ? nullptr : at->second.get();
}

Account* Accounts::by_spki(std::string_view spki_sha256) const {
  const auto at = by_spki_.find(spki_sha256);
  return at == by_spki_.end() ? nullptr : at->second;
}

void Accounts::change_key(Account& account, PublicKey key) {
  by_spki_.erase(account.key.spki_sha256());
  account.key = std::move(key);
  by_spki_.emplace(account.key.spki_sha256(), &account);
}

}  // namespace shinsa::fakes::acme
