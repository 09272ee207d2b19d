/// HTTP as values: what the protocol cores of the fakes are asked and answer, and what the fronts
/// on sockets carry.
///
/// Sources: RFC 9110 (messages), RFC 9112 (HTTP/1.1). A core never sees a socket, a front decides
/// nothing: it reads a whole request, hands it on, and writes what it is given.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shinsa::fakes::wire {

/// Names are compared without case (RFC 9110 section 5.1); order and repetition are kept.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// The first header of that name, or null.
[[nodiscard]] const std::string* find(const Headers& headers, std::string_view name);

struct HttpRequest {
  std::string method;  ///< as it came: `GET`
  std::string scheme;  ///< `http` or `https`: what the connection is
  std::string host;    ///< of the Host header, with its port where it says one
  std::string target;  ///< in origin form, with the query: `/acme/new-order`
  Headers headers;
  std::string body;
  std::string peer;  ///< who connected: `127.0.0.1:40312`; for the log alone
};

/// How an answer is spoilt on its way, in real time. Nothing unless asked for.
struct Spoiling {
  std::chrono::milliseconds delay{0};         ///< before the first byte
  std::optional<std::size_t> cut_after = {};  ///< so many bytes of the body go out, then it closes
  bool reset = false;                         ///< the connection is reset without an answer
  bool silent = false;                        ///< nothing goes out, and the connection stays open
  bool empty = false;                         ///< the connection is closed without a byte
  friend bool operator==(const Spoiling&, const Spoiling&) = default;
};

/// Where the pieces of a body go that comes bit by bit, such as server-sent events. From any
/// thread. Let go without `end`, the body is cut short for whoever reads it.
class Outlet {
 public:
  virtual ~Outlet() = default;
  /// Sends a piece, which may be empty: then it only asks.
  /// @return  false once nobody listens any more: the client is gone, or takes too little of what
  ///          it is sent, or the front is closing.
  virtual bool send(std::string_view piece) = 0;
  /// The body is complete. Nothing is sent after it.
  virtual void end() = 0;
};

struct HttpResponse {
  int status = 200;
  Headers headers = {};  ///< without Content-Length, Date, Connection, which the front adds
  std::string body = {};
  Spoiling spoiling = {};
  /// Where given, it is called once the head is on its way, and the body is what it sends; `body`
  /// is not looked at. The connection ends with it.
  std::function<void(std::shared_ptr<Outlet>)> stream = {};
};

}  // namespace shinsa::fakes::wire
