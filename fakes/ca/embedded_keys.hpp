/// The committed test keys as the build embeds them (`embed.cmake`). Read them through `KeyPool`.
#pragma once

#include <span>
#include <string_view>

namespace shinsa::fakes::ca {

struct EmbeddedKey {
  std::string_view name;  ///< file name without `.pem`
  std::string_view pem;   ///< the whole file: the warning, then a PKCS #8 private key
};

/// All test keys, ordered by name.
[[nodiscard]] std::span<const EmbeddedKey> embedded_keys();

}  // namespace shinsa::fakes::ca
