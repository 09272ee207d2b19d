#include "fakes/ca/deterministic_ecdsa.hpp"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>

#include "fakes/ca/key_pool.hpp"

namespace shinsa::fakes::ca {
namespace {

NumberOwner from_hex(const char* hex) {
  BIGNUM* number = nullptr;
  BN_hex2bn(&number, hex);
  return NumberOwner(number);
}

Bytes signature_of(EVP_PKEY* key, std::string_view message) {
  Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  std::size_t size = 0;
  const auto* const text = reinterpret_cast<const unsigned char*>(message.data());
  EXPECT_EQ(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key), 1);
  EXPECT_EQ(EVP_DigestSign(context.get(), nullptr, &size, text, message.size()), 1);
  Bytes signature(size);
  EXPECT_EQ(EVP_DigestSign(context.get(), signature.data(), &size, text, message.size()), 1);
  signature.resize(size);
  return signature;
}

bool is_signed(EVP_PKEY* key, std::string_view message, const Bytes& signature) {
  Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                          reinterpret_cast<const unsigned char*>(message.data()),
                          message.size()) == 1;
}

/// The key of RFC 6979 appendix A.2.5.
KeyOwner key_of_the_rfc() {
  const NumberOwner secret =
      from_hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
  const Owned<EC_GROUP, EC_GROUP_free> group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const Owned<EC_POINT, EC_POINT_free> point(EC_POINT_new(group.get()));
  EC_POINT_mul(group.get(), point.get(), secret.get(), nullptr, nullptr, nullptr);
  Bytes open(65);
  EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, open.data(),
                     open.size(), nullptr);
  const Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, open.data(),
                                   open.size());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, secret.get());
  const Owned<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(context.get());
  EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get());
  return KeyOwner(key);
}

TEST(DeterministicEcdsaTest, GivesTheSignaturesOfTheRfc) {
  const KeyOwner key = with_deterministic_ecdsa(key_of_the_rfc().get());
  ASSERT_TRUE(key);
  const std::tuple<const char*, const char*, const char*> kVectors[] = {
      {"sample", "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
       "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"},
      {"test", "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
       "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"}};

  for (const auto& [message, r, s] : kVectors) {
    const Bytes der = signature_of(key.get(), message);
    const unsigned char* at = der.data();
    const Owned<ECDSA_SIG, ECDSA_SIG_free> read(
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    ASSERT_TRUE(read);
    EXPECT_EQ(BN_cmp(ECDSA_SIG_get0_r(read.get()), from_hex(r).get()), 0) << message;
    EXPECT_EQ(BN_cmp(ECDSA_SIG_get0_s(read.get()), from_hex(s).get()), 0) << message;
  }
}

TEST(DeterministicEcdsaTest, SignsForTheKeyThatItWasMadeOf) {
  const auto pooled = KeyPool::find("p256-a"), other = KeyPool::find("p256-b");
  const KeyOwner key = with_deterministic_ecdsa(pooled->handle());
  for (int i = 0; i < 50; ++i) {
    const std::string message = "message " + std::to_string(i);
    const Bytes signature = signature_of(key.get(), message);
    EXPECT_TRUE(is_signed(pooled->handle(), message, signature));
    EXPECT_FALSE(is_signed(other->handle(), message, signature));
    EXPECT_EQ(signature, signature_of(key.get(), message));
  }
}

TEST(DeterministicEcdsaTest, TakesKeysOnP256Alone) {
  for (const char* name : {"p384-a", "rsa-2048-a", "ed25519-a"})
    EXPECT_FALSE(with_deterministic_ecdsa(KeyPool::find(name)->handle())) << name;
}

}  // namespace
}  // namespace shinsa::fakes::ca
