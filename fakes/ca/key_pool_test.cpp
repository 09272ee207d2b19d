#include "fakes/ca/key_pool.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include <algorithm>
#include <set>

#include "fakes/ca/embedded_keys.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {
namespace {

TEST(KeyPoolTest, GivesEveryKeyOfItsListAndNoTwoAreTheSame) {
  std::set<std::string> digests;

  for (const std::string& name : KeyPool::names()) {
    Result<PrivateKey> key = KeyPool::find(name);
    ASSERT_TRUE(key) << key.error().text();
    EXPECT_EQ(key->name(), name);
    EXPECT_EQ(key->sha256().size(), 64u) << name;
    digests.insert(key->sha256());
  }

  EXPECT_EQ(digests.size(), KeyPool::names().size());
}

TEST(KeyPoolTest, KeyNamesTellTheirType) {
  const std::pair<const char*, const char*> kTypes[] = {
      {"rsa-2048-a", "rsa-2048"},
      {"rsa-2048-b", "rsa-2048"},
      {"rsa-2048-c", "rsa-2048"},
      {"rsa-2048-d", "rsa-2048"},
      {"rsa-3072-a", "rsa-3072"},
      {"rsa-4096-a", "rsa-4096"},
      {"p256-a", "p256"},
      {"p256-b", "p256"},
      {"p384-a", "p384"},
      {"p521-a", "p521"},
      {"ed25519-a", "ed25519"},
      {"rsa-1024-weak", "rsa-1024"},
      {"rsa-2047-weak", "rsa-2047"},
      {"rsa-2052-odd", "rsa-2052"},
      {"root-rsa", "rsa-3072"},
      {"intermediate-p256", "p256"},
  };

  for (const auto& [name, type] : kTypes) {
    Result<PrivateKey> key = KeyPool::find(name);
    ASSERT_TRUE(key) << name;
    EXPECT_EQ(key->type(), type) << name;
  }
  EXPECT_EQ(KeyPool::names().size(), std::size(kTypes));
}

TEST(KeyPoolTest, WritesTheSameKeyThatItRead) {
  for (const std::string& name : KeyPool::names()) {
    const std::string pem = KeyPool::find(name)->pem();
    KeyOwner key = read_pem<PEM_read_bio_PrivateKey, KeyOwner>(pem);
    ASSERT_TRUE(key) << name;
    EXPECT_EQ(EVP_PKEY_eq(key.get(), KeyPool::find(name)->handle()), 1) << name;
    EXPECT_TRUE(pem.starts_with("-----BEGIN PRIVATE KEY-----\n")) << name;
  }
}

TEST(KeyPoolTest, ListsTheNamesWhenItDoesNotKnowOne) {
  Result<PrivateKey> key = KeyPool::find("rsa-2048-z");

  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().what, "there is no test key \"rsa-2048-z\"");
  for (const std::string& name : KeyPool::names())
    EXPECT_NE(key.error().remedy.find(name), std::string::npos) << name;
}

TEST(KeyPoolTest, EveryKeyIsMarkedAsATestKey) {
  for (const EmbeddedKey& key : embedded_keys())
    EXPECT_TRUE(key.pem.starts_with("TEST KEY - NEVER USE FOR A REAL CERTIFICATE\n")) << key.name;
}

TEST(KeyPoolTest, NamesAreInAlphabeticalOrder) {
  EXPECT_TRUE(std::is_sorted(KeyPool::names().begin(), KeyPool::names().end()));
}

}  // namespace
}  // namespace shinsa::fakes::ca
