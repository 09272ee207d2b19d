/// Where a front is, as clients are told.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

namespace shinsa::cli {

/// @param address  IPv4, IPv6 or a name. @return  such as `http://[::1]:8080`, without a path.
[[nodiscard]] inline std::string url(const char* scheme, const std::string& address,
                                     std::uint16_t port) {
  const bool is_v6 = address.find(':') != std::string::npos;
  return std::string(scheme) + "://" + (is_v6 ? "[" + address + "]" : address) + ":" +
         std::to_string(port);
}

/// The port of such a URL; 0 where there is none.
[[nodiscard]] inline std::uint16_t port_of(const std::string& url) {
  const std::size_t colon = url.rfind(':');
  return colon == std::string::npos
             ? std::uint16_t{0}
             : static_cast<std::uint16_t>(std::strtoul(url.c_str() + colon + 1, nullptr, 10));
}

}  // namespace shinsa::cli
