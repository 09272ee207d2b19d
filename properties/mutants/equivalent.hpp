/// `equivalent.yaml` as a text; the build puts it into a source file.
#pragma once

#include <string_view>

namespace shinsa::properties {

[[nodiscard]] std::string_view equivalent();

}  // namespace shinsa::properties
