/// The accounts as the protocol knows them: whose key is whose, contacts, deactivation.
///
/// Source: RFC 8555 sections 7.1.2, 7.3. Whether an account may be had at all is the desk's to say.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/acme/jose.hpp"

namespace shinsa::fakes::acme {

struct Account {
  std::string subject;  ///< `account/1`
  PublicKey key;
  bool deactivated = false;
  std::vector<std::string> contacts = {};
  bool terms = false;                    ///< agreed to
  std::string binding = {};              ///< the external account binding as it came, JSON text
  std::vector<std::string> orders = {};  ///< `order/1`, in the order in which they were made
  /// What follows `account/` in the subject: the last part of its address.
  [[nodiscard]] std::string_view id() const {
    return std::string_view(subject).substr(subject.find('/') + 1);
  }
};

class Accounts {
 public:
  /// Accounts stay where they are. @param account  of a subject and a key that nobody has yet.
  Account& add(Account account);
  /// Null if there is none.
  [[nodiscard]] Account* by_subject(std::string_view subject) const;
  [[nodiscard]] Account* by_id(std::string_view id) const;
  [[nodiscard]] Account* by_key(const PublicKey& key) const { return by_spki(key.spki_sha256()); }
  /// @param spki_sha256  hex.
  [[nodiscard]] Account* by_spki(std::string_view spki_sha256) const;
  /// @param key  that no account has.
  void change_key(Account& account, PublicKey key);

 private:
  std::map<std::string, std::unique_ptr<Account>, std::less<>> by_id_;
  std::map<std::string, Account*, std::less<>> by_spki_;
};

}  // namespace shinsa::fakes::acme
