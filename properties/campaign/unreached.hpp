/// `unreached.yaml` as a text; the build puts it into a source file.
#pragma once

#include <string_view>

namespace shinsa::properties::campaign {

[[nodiscard]] std::string_view unreached();

}  // namespace shinsa::properties::campaign
