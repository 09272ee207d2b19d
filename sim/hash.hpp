/// SHA-256 of a text, for trace hashes and names of artefacts.
#pragma once

#include <string>
#include <string_view>

namespace shinsa::sim {

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace shinsa::sim
