#include "fakes/ca/openssl.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <climits>

namespace shinsa::fakes::ca {

std::string openssl_reason() {
  std::string reason;
  while (unsigned long code = ERR_get_error()) {
    const char* text = ERR_reason_error_string(code);
    if (reason.empty() && text) reason = text;
  }
  return reason;
}

Failure openssl_failure(std::string what, std::string where) {
  std::string reason = openssl_reason();
  if (!reason.empty()) what += " (OpenSSL: " + reason + ")";
  return fail(std::move(what), std::move(where));
}

BioOwner reader_of(std::string_view text) {
  if (text.size() > INT_MAX) return nullptr;
  return BioOwner(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string sha256_hex(std::span<const unsigned char> bytes) {
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    return {};
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (unsigned char byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string spki_sha256(const X509_PUBKEY* key) {
  Bytes der = der_of(i2d_X509_PUBKEY, key);
  return der.empty() ? std::string() : sha256_hex(der);
}

namespace {

std::string lower(const char* text) {
  std::string out(text ? text : "unknown");
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return out;
}

std::string curve_of(const EVP_PKEY* key) {
  std::array<char, 80> group{};
  if (EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) != 1)
    return "ec-unnamed-curve";
  std::string_view name = group.data();
  if (name == "prime256v1") return "p256";
  if (name == "secp384r1") return "p384";
  if (name == "secp521r1") return "p521";
  return "ec-" + lower(group.data());
}

}  // namespace

std::string key_type_of(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA")) return "rsa-" + std::to_string(EVP_PKEY_get_bits(key));
  if (EVP_PKEY_is_a(key, "EC")) return curve_of(key);
  return lower(EVP_PKEY_get0_type_name(key));
}

const EVP_MD* digest_for(const EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "ED25519")) return nullptr;
  const std::string type = key_type_of(key);
  if (type == "p521") return EVP_sha512();
  return type == "p384" ? EVP_sha384() : EVP_sha256();
}

bool add_to_name(X509_NAME* name, const char* field, std::string_view text) {
  if (text.size() > INT_MAX) return false;
  return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

NamesOwner dns_names(std::span<const std::string> names) {
  NamesOwner list(GENERAL_NAMES_new());
  for (const std::string& name : names) {
    Owned<GENERAL_NAME, GENERAL_NAME_free> entry(GENERAL_NAME_new());
    Owned<ASN1_IA5STRING, ASN1_IA5STRING_free> text(ASN1_IA5STRING_new());
    if (!list || !entry || !text || name.size() > INT_MAX) return nullptr;
    if (ASN1_STRING_set(text.get(), name.data(), static_cast<int>(name.size())) != 1)
      return nullptr;
    GENERAL_NAME_set0_value(entry.get(), GEN_DNS, text.release());
    if (sk_GENERAL_NAME_push(list.get(), entry.get()) <= 0) return nullptr;
    (void)entry.release();
  }
  return list;
}

}  // namespace shinsa::fakes::ca
