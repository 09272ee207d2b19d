/// An HTTP client that a validator or a test asks with: one question on one connection, and every
/// way in which it can end.
///
/// Source: RFC 9112. Certificates are not looked at: a CA that follows a redirect to https does
/// not ask for the one that it is about to issue (RFC 8555 section 8.3 begins with plain http).
/// Redirects are answers like any other; who follows them decides it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/wire/http.hpp"
#include "fakes/wire/loop.hpp"

namespace shinsa::fakes::wire {

struct HttpQuestion {
  std::string address = {};  ///< where to connect to: an IPv4 or IPv6 address
  std::uint16_t port = 0;    ///< likewise
  std::string scheme = "http";
  std::string host = {};     ///< for the header Host, with its port unless that is the scheme's own
  std::string target = "/";  ///< in origin form
  std::string method = "GET";
  Headers headers = {};  ///< more than Host, Connection, and the Content-Length of a body
  std::string body = {};
  std::chrono::milliseconds timeout{10'000};  ///< for the whole
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t body_bytes_max = 64 * 1024;  ///< so much is kept, the rest is not waited for
};

/// Why there is no answer, or none that is whole.
enum class HttpFailure {
  bad_question,  ///< the address is none
  refused,       ///< nobody listens there, or nobody can be reached
  timeout,       ///< connected or not, it took too long
  reset,         ///< the connection was reset before the answer was whole
  empty_answer,  ///< it was closed without a byte, not even of TLS
  cut_short,     ///< it was closed in the middle; what came is there
  malformed,     ///< what came is not HTTP
  bad_tls        ///< the handshake failed by what came: an alert, no TLS at all, half of it
};
/// `bad-question`, `refused`, ...: the names above with hyphens.
[[nodiscard]] std::string_view to_text(HttpFailure failure);

struct HttpAnswer {
  std::optional<HttpFailure> failed = {};
  int status = 0;  ///< 0 where none came
  Headers headers = {};
  std::string body = {};
  bool is_cut = false;      ///< there is more of the body than was wanted
  std::string detail = {};  ///< of a failure: the system's or OpenSSL's words
};

class HttpClient {
 public:
  /// @param loop  has to outlive it.
  explicit HttpClient(Loop& loop);
  /// Gives up what is under way; nobody is told. From any thread, as with `HttpServer`.
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Asks, and calls back once, on the loop's first thread and never from within this call.
  /// From any thread.
  void ask(HttpQuestion question, std::function<void(HttpAnswer)> done);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace shinsa::fakes::wire
