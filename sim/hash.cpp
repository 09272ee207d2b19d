#include "sim/hash.hpp"

#include <openssl/evp.h>

#include <array>

#include "model/vocabulary/assert.hpp"

namespace shinsa::sim {

std::string sha256_hex(std::string_view bytes) {
  // Fetched once and kept: OpenSSL looks up what EVP_sha256() gives anew for each text.
  static EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::array<unsigned char, 32> digest{};
  unsigned int length = 0;
  const int done =
      sha256 ? EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, sha256, nullptr) : 0;
  SHINSA_ASSERT(done == 1 && length == digest.size(), "SHA-256 is not available");
  std::string text;
  text.reserve(2 * digest.size());
  for (unsigned char byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

}  // namespace shinsa::sim
