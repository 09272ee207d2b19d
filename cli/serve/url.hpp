/// Where a front is, as clients are told.
#pragma once

#include <cstdint>
#include <string>

namespace shinsa::cli {

/// @param address  IPv4, IPv6 or a name. @return  such as `http://[::1]:8080`, without a path.
[[nodiscard]] inline std::string url(const char* scheme, const std::string& address,
                                     std::uint16_t port) {
  const bool is_v6 = address.find(':') != std::string::npos;
  return std::string(scheme) + "://" + (is_v6 ? "[" + address + "]" : address) + ":" +
         std::to_string(port);
}

}  // namespace shinsa::cli
