#include "fakes/wire/http_client.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <thread>

#include "fakes/wire/http_server.hpp"
#include "fakes/wire/testing/identity.hpp"
#include "fakes/wire/testing/peers.hpp"

namespace shinsa::fakes::wire {
namespace {

using namespace std::chrono_literals;
using testing::identity_for;

class HttpClientTest : public ::testing::Test {
 protected:
  HttpAnswer ask(HttpQuestion question) {
    question.address = "127.0.0.1";
    if (question.host.empty()) question.host = "a.test";
    std::optional<HttpAnswer> heard;
    client_.ask(std::move(question), [&](HttpAnswer answer) { heard = std::move(answer); });
    EXPECT_TRUE(loop_.run_until([&] { return heard.has_value(); }, testing::kLongest));
    return heard.value_or(HttpAnswer{});
  }
  HttpServer start(HttpHandler handler, std::optional<TlsOptions> tls = {}) {
    HttpOptions options;
    options.tls = std::move(tls);
    auto started = HttpServer::start(loop_, std::move(options), std::move(handler));
    EXPECT_TRUE(started) << started.error().text();
    return std::move(*started);
  }
  static HttpHandler spoiling(Spoiling spoiling) {
    return [=](const HttpRequest&, const Respond& respond) {
      respond({.body = "0123456789", .spoiling = spoiling});
    };
  }

  Loop loop_;
  HttpClient client_{loop_};
};

/// Hears one client out and says nothing.
class Mute {
 public:
  Mute() {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&place), size), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&place), &size), 0);
    port_ = ntohs(place.sin_port);
    thread_ = std::thread([socket = socket_] {
      const int client = ::accept(socket, nullptr, nullptr);
      ::shutdown(client, SHUT_WR);
      for (std::array<char, 1024> bytes; ::recv(client, bytes.data(), bytes.size(), 0) > 0;) {
      }
      ::close(client);
    });
  }
  Mute(const Mute&) = delete;
  Mute& operator=(const Mute&) = delete;
  ~Mute() {
    thread_.join();
    ::close(socket_);
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST_F(HttpClientTest, AsksAndHearsTheAnswer) {
  const HttpServer server = start([](HttpRequest request, const Respond& respond) {
    respond({.status = 203,
             .headers = {{"X", "y"}},
             .body = request.method + request.target + request.host + request.body});
  });

  const HttpAnswer answer = ask({.port = server.port(),
                                 .host = "a.test:80",
                                 .target = "/x?y",
                                 .method = "POST",
                                 .headers = {{"User-Agent", "shinsa"}},
                                 .body = "b"});

  EXPECT_FALSE(answer.failed);
  EXPECT_EQ(answer.status, 203);
  EXPECT_EQ(answer.body, "POST/x?ya.test:80b");
  ASSERT_TRUE(find(answer.headers, "x"));
  EXPECT_EQ(*find(answer.headers, "x"), "y");
}

TEST_F(HttpClientTest, AsksOverTlsByNameAndLooksAtNoCertificate) {
  std::string asked_for;
  const HttpServer server =
      start([](HttpRequest request, const Respond& respond) { respond({.body = request.scheme}); },
            TlsOptions{.identity = {}, .by_name = [&](std::string_view name) {
                         asked_for = name;
                         return identity_for("other.test");
                       }});

  const HttpAnswer answer = ask({.port = server.port(), .scheme = "https", .host = "a.test:8443"});

  EXPECT_FALSE(answer.failed) << answer.detail;
  EXPECT_EQ(answer.body, "https");
  EXPECT_EQ(asked_for, "a.test");
}

TEST_F(HttpClientTest, SaysHowItFailed) {
  const HttpServer reset = start(spoiling({.reset = true}));
  const HttpServer empty = start(spoiling({.empty = true}));
  const HttpServer silent = start(spoiling({.silent = true}));
  const HttpServer cut = start(spoiling({.cut_after = 4}));
  const auto start_tls = [&](Greeting greeting) {
    const auto by_name = [](std::string_view) { return std::optional<TlsIdentity>(); };
    return start(spoiling({}), TlsOptions{.identity = {},
                                          .by_name = by_name,
                                          .greeting = [=](std::string_view) { return greeting; }});
  };
  const HttpServer no_tls = start_tls(Greeting::welcome);
  const HttpServer alert = start_tls(Greeting::alert);
  const HttpServer reset_at_once = start_tls(Greeting::reset);
  const Mute mute;
  std::uint16_t nobody = 0;
  { nobody = start(spoiling({})).port(); }

  EXPECT_EQ(ask({.port = reset.port()}).failed, HttpFailure::reset);
  EXPECT_EQ(ask({.port = empty.port()}).failed, HttpFailure::empty_answer);
  EXPECT_EQ(ask({.port = silent.port(), .timeout = 30ms}).failed, HttpFailure::timeout);
  EXPECT_EQ(ask({.port = cut.port()}).failed, HttpFailure::cut_short);
  EXPECT_EQ(ask({.port = cut.port()}).body, "0123");
  EXPECT_EQ(ask({.port = no_tls.port(), .scheme = "https"}).failed, HttpFailure::bad_tls);
  EXPECT_EQ(ask({.port = cut.port(), .scheme = "https"}).failed, HttpFailure::bad_tls);
  EXPECT_EQ(ask({.port = alert.port(), .scheme = "https"}).failed, HttpFailure::bad_tls);
  EXPECT_EQ(ask({.port = reset_at_once.port(), .scheme = "https"}).failed, HttpFailure::reset);
  EXPECT_EQ(ask({.port = mute.port(), .scheme = "https"}).failed, HttpFailure::empty_answer);
  EXPECT_EQ(ask({.port = nobody}).failed, HttpFailure::refused);
}

TEST_F(HttpClientTest, KeepsNoMoreOfABodyThanIsWanted) {
  const HttpServer server = start([](HttpRequest request, const Respond& respond) {
    HttpResponse response{.body = "0123456789"};
    if (request.target == "/stream")
      response.stream = [](const std::shared_ptr<Outlet>& outlet) {
        for (int i = 0; i < 10; ++i) outlet->send("piece ");
        outlet->end();
      };
    respond(std::move(response));
  });

  const HttpAnswer cut = ask({.port = server.port(), .body_bytes_max = 4});
  const HttpAnswer whole = ask({.port = server.port(), .body_bytes_max = 10});
  const HttpAnswer stream = ask({.port = server.port(), .target = "/stream", .body_bytes_max = 8});
  const HttpAnswer head = ask({.port = server.port(), .method = "HEAD"});

  EXPECT_EQ(cut.body, "0123");
  EXPECT_TRUE(cut.is_cut);
  EXPECT_EQ(whole.body, "0123456789");
  EXPECT_FALSE(whole.is_cut);
  EXPECT_EQ(stream.body, "piece pi");
  EXPECT_TRUE(stream.is_cut);
  EXPECT_FALSE(head.failed);
  EXPECT_EQ(head.body, "");
}

TEST_F(HttpClientTest, GivesUpWithoutAWordWhenItGoes) {
  const HttpServer server = start(spoiling({.silent = true}));
  bool was_told = false;
  {
    HttpClient client(loop_);
    client.ask({.address = "127.0.0.1", .port = server.port(), .host = "a.test"},
               [&](const HttpAnswer&) { was_told = true; });
    EXPECT_TRUE(loop_.run_until([&] { return server.connections() == 1; }, testing::kLongest));
  }

  EXPECT_TRUE(loop_.run_until([&] { return server.connections() == 0; }, testing::kLongest));
  EXPECT_FALSE(was_told);
}

/// Answers whoever comes with these bytes, whatever they say, and closes.
class Babbler {
 public:
  explicit Babbler(std::string bytes) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    ::bind(socket_, reinterpret_cast<sockaddr*>(&place), size);
    ::listen(socket_, 1);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&place), &size);
    port_ = ntohs(place.sin_port);
    thread_ = std::thread([this, bytes = std::move(bytes)] {
      const int peer = ::accept(socket_, nullptr, nullptr);
      std::array<char, 4096> asked;
      (void)!::read(peer, asked.data(), asked.size());
      (void)!::write(peer, bytes.data(), bytes.size());
      ::close(peer);
    });
  }
  ~Babbler() {
    thread_.join();
    ::close(socket_);
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

TEST_F(HttpClientTest, ReadsWhatOtherServersSay) {
  const auto heard = [&](const std::string& bytes) { return ask({.port = Babbler(bytes).port()}); };

  EXPECT_EQ(heard("SSH-2.0-x\r\n").failed, HttpFailure::malformed);
  EXPECT_EQ(heard("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab").failed, HttpFailure::cut_short);
  EXPECT_EQ(heard("HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x')).failed,
            HttpFailure::malformed);
  EXPECT_EQ(heard("HTTP/1.0 200 OK\r\n\r\nto the end").body, "to the end");
  EXPECT_EQ(heard("HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
                .status,
            404);
}

}  // namespace
}  // namespace shinsa::fakes::wire
