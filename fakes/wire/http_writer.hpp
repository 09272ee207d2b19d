/// Answers and questions become bytes. Private to this folder.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fakes/wire/http.hpp"

namespace shinsa::fakes::wire {

/// `OK` for 200; `Status` for one that RFC 9110 section 15 does not name.
[[nodiscard]] std::string_view reason_of(int status);

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
[[nodiscard]] std::string http_date(std::int64_t seconds_since_1970);

/// How the body of an answer is told from what follows it.
enum class Framing {
  length,  ///< Content-Length
  chunks,  ///< Transfer-Encoding: chunked
  close    ///< the end of the connection (HTTP/1.0)
};
struct HeadOptions {
  std::string_view date;
  Framing framing = Framing::length;
  std::size_t content_length = 0;
  bool keeps_alive = true;
  bool says_keep_alive = false;  ///< an HTTP/1.0 client has to be told
};
/// Adds status line and headers. Line ends and NULs within a value become blanks, so that no value
/// begins another header.
void write_head(std::string& out, const HttpResponse& response, const HeadOptions& options);
void write_header(std::string& out, std::string_view name, std::string_view value);
/// Adds one chunk (RFC 9112 section 7.1); nothing for an empty piece, which would be the last.
void write_chunk(std::string& out, std::string_view piece);
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

}  // namespace shinsa::fakes::wire
