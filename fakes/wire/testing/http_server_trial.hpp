/// A test of the HTTP server: a loop on a thread of its own, and a server or several on it.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "fakes/wire/http_server.hpp"
#include "fakes/wire/testing/peers.hpp"

namespace shinsa::fakes::wire::testing {

/// A server that answers `METHOD target body` with 200, unless another handler is given.
class HttpServerTrial : public ::testing::Test {
 protected:
  static HttpResponse echo(const HttpRequest& request) {
    return {.status = 200,
            .headers = {{"Content-Type", "text/plain"}},
            .body = request.method + " " + request.target + " " + request.body};
  }
  static HttpHandler echoing() {
    return [](HttpRequest request, const Respond& respond) { respond(echo(request)); };
  }

  HttpServer& start(HttpOptions options = {}, HttpHandler handler = echoing()) {
    options.on_trouble = [this](const std::string&, const std::string& what) {
      const std::lock_guard lock(guard_);
      troubles_.push_back(what);
    };
    auto started = HttpServer::start(loop_, std::move(options), std::move(handler));
    EXPECT_TRUE(started) << started.error().text();
    servers_.push_back(std::move(*started));
    return servers_.back();
  }
  std::vector<std::string> troubles() {
    const std::lock_guard lock(guard_);
    return troubles_;
  }
  /// What the server says to these bytes until it closes.
  static std::string said_to(const HttpServer& server, std::string_view bytes) {
    RawClient client(server.port());
    EXPECT_TRUE(client.send(bytes));
    std::string said = client.receive_all();
    EXPECT_EQ(client.end(), "closed");
    return said;
  }

  std::mutex guard_;
  std::vector<std::string> troubles_;
  RunningLoop loop_;
  std::deque<HttpServer> servers_;  ///< stay where they are when others are added
};

}  // namespace shinsa::fakes::wire::testing
