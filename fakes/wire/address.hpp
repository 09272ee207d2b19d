/// Addresses of sockets, as text.
#pragma once

#include <string>

#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::wire {

/// An Error where the text is no IPv4 or IPv6 address; a name is none.
[[nodiscard]] Result<void> check_address(const std::string& text);

}  // namespace shinsa::fakes::wire
