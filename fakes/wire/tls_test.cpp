// TLS around the HTTP server, held against curl and openssl, and the client against the server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <mutex>
#include <vector>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/wire/http_client.hpp"
#include "fakes/wire/http_server.hpp"
#include "fakes/wire/testing/peers.hpp"

namespace shinsa::fakes::wire {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using testing::eventually;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::run;
using testing::RunningLoop;

const ca::Authority& authority() {
  static const ca::Authority one;
  return one;
}

TlsIdentity identity_for(const std::string& name, const std::string& key = "p256-a") {
  const auto issued =
      authority().issue({.csr_pem = ca::make_csr({.key_name = key, .common_name = name}).value(),
                         .common_name = name,
                         .not_before = Instant{1700000000},
                         .not_after = Instant{4000000000},
                         .serial = "0a"});
  EXPECT_TRUE(issued) << issued.error().text();
  return {issued->pem + authority().chain_pem(), ca::KeyPool::find(key)->pem()};
}

class TlsServerTest : public ::testing::Test {
 protected:
  HttpServer start(TlsOptions tls) {
    HttpOptions options;
    options.tls = std::move(tls);
    options.limits.handshake = handshake_;
    options.on_trouble = [this](const std::string&, const std::string& what) {
      const std::lock_guard lock(guard_);
      troubles_.push_back(what);
    };
    auto started = HttpServer::start(
        loop_, std::move(options), [](HttpRequest request, const Respond& respond) {
          respond({.body = request.scheme + " " + request.method + " " + request.target + " " +
                           std::to_string(request.body.size()) + "\n"});
        });
    EXPECT_TRUE(started) << started.error().text();
    return std::move(*started);
  }
  bool has_trouble(const std::string& part) {
    const std::lock_guard lock(guard_);
    return std::any_of(troubles_.begin(), troubles_.end(), [&](const std::string& trouble) {
      return trouble.find(part) != std::string::npos;
    });
  }
  static std::string curl(const HttpServer& server, const std::string& name,
                          const std::string& more = "") {
    const std::string port = std::to_string(server.port());
    return run("curl -sS --cacert " + root_file() + " --resolve " + name + ":" + port +
               ":127.0.0.1 " + more + " https://" + name + ":" + port + "/page")
        .output;
  }
  static std::string root_file() {
    static const std::string path = [] {
      std::string where = ::testing::TempDir() + "shinsa-wire-root-" + std::to_string(::getpid());
      std::ofstream(where) << authority().root_pem();
      return where;
    }();
    return path;
  }

  std::chrono::milliseconds handshake_ = 10s;
  std::mutex guard_;
  std::vector<std::string> troubles_;
  RunningLoop loop_;
};

TEST_F(TlsServerTest, ServesCurlThatVerifiesTheCertificate) {
  const HttpServer server = start({.identity = identity_for("a.test")});

  EXPECT_EQ(curl(server, "a.test"), "https GET /page 0\n");
  EXPECT_THAT(curl(server, "b.test"), HasSubstr("SSL"));
  EXPECT_EQ(curl(server, "a.test", "--tls-max 1.2"), "https GET /page 0\n");
}

TEST_F(TlsServerTest, TakesALargeBodyFromCurl) {
  const HttpServer server = start({.identity = identity_for("a.test")});
  const std::string file = ::testing::TempDir() + "shinsa-wire-body-" + std::to_string(::getpid());
  std::ofstream(file) << std::string(1'000'000, 'x');

  EXPECT_EQ(curl(server, "a.test", "--data-binary @" + file), "https POST /page 1000000\n");
  EXPECT_EQ(curl(server, "a.test", "-H 'Transfer-Encoding: chunked' --data-binary @" + file),
            "https POST /page 1000000\n");
  std::remove(file.c_str());
}

TEST_F(TlsServerTest, ChoosesTheCertificateByTheName) {
  const TlsIdentity a = identity_for("a.test");
  const TlsIdentity b = identity_for("b.test", "rsa-2048-a");
  const HttpServer server =
      start({.identity = {}, .by_name = [&](std::string_view name) -> std::optional<TlsIdentity> {
               if (name == "a.test") return a;
               if (name == "b.test") return b;
               return std::nullopt;
             }});

  EXPECT_EQ(curl(server, "a.test"), "https GET /page 0\n");
  EXPECT_EQ(curl(server, "b.test"), "https GET /page 0\n");
  EXPECT_THAT(curl(server, "c.test"), Not(HasSubstr("GET")));
  EXPECT_TRUE(eventually([&] { return has_trouble("the TLS handshake failed"); }));
}

TEST_F(TlsServerTest, ResumesSessionsUnlessToldNotTo) {
  const auto second_visit = [&](const HttpServer& server) {
    const std::string place = "127.0.0.1:" + std::to_string(server.port());
    const std::string session =
        ::testing::TempDir() + "shinsa-wire-session-" + std::to_string(::getpid());
    const std::string ask =
        "sh -c 'printf \"GET / HTTP/1.0\\r\\n\\r\\n\" | openssl s_client -ign_eof -connect " +
        place + " -servername a.test ";
    const std::string first = run(ask + "-sess_out " + session + "'").output;
    EXPECT_THAT(first, HasSubstr("https GET / 0"));
    const std::string second = run(ask + "-sess_in " + session + "'").output;
    std::remove(session.c_str());
    return second;
  };
  const HttpServer resuming = start({.identity = identity_for("a.test")});
  const HttpServer by_name =
      start({.identity = {}, .by_name = [](std::string_view) { return identity_for("a.test"); }});
  const HttpServer fresh = start({.identity = identity_for("a.test"), .resumes = false});

  EXPECT_THAT(second_visit(resuming), HasSubstr("Reused, TLSv1.3"));
  EXPECT_THAT(second_visit(by_name), HasSubstr("Reused, TLSv1.3"));
  EXPECT_THAT(second_visit(fresh), Not(HasSubstr("Reused, TLSv1.3")));
}

TEST_F(TlsServerTest, AgreesOnHttp11) {
  const HttpServer server = start({.identity = identity_for("a.test")});

  EXPECT_THAT(
      run("openssl s_client -alpn h2,http/1.1 -connect 127.0.0.1:" + std::to_string(server.port()))
          .output,
      HasSubstr("ALPN protocol: http/1.1"));
}

TEST_F(TlsServerTest, ClosesABrokenHandshakeAndServesOthers) {
  const HttpServer server = start({.identity = identity_for("a.test")});

  for (const std::string& bytes :
       {std::string("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), std::string("\x16\x03\x01\xff\xff", 5),
        std::string("\x16\x03\x01\x00\x05\x01\xff\xff\xff\xff", 10), std::string(1000, '\0')}) {
    RawClient client(server.port());
    client.send(bytes);
    client.say_no_more();
    EXPECT_THAT(client.receive_all(), Not(HasSubstr("HTTP/1.1 200")));
    EXPECT_NE(client.end(), "timeout");
  }

  EXPECT_TRUE(eventually([&] { return has_trouble("the TLS handshake failed"); }));
  EXPECT_EQ(curl(server, "a.test"), "https GET /page 0\n");
  EXPECT_TRUE(eventually([&] { return server.connections() == 0; }));
}

TEST_F(TlsServerTest, ClosesAHandshakeThatTakesTooLong) {
  handshake_ = 50ms;
  const HttpServer server = start({.identity = identity_for("a.test")});
  RawClient untouched(server.port());
  RawClient begun(server.port());
  begun.send("\x16\x03\x01");

  EXPECT_EQ(untouched.receive_all(), "");
  EXPECT_EQ(begun.receive_all(), "");
  EXPECT_NE(untouched.end(), "timeout");
  EXPECT_NE(begun.end(), "timeout");
  EXPECT_TRUE(has_trouble("the TLS handshake took too long"));
}

// ---- our own client ----

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
  const HttpServer no_tls =
      start(spoiling({}), TlsOptions{.identity = {}, .by_name = [](std::string_view) {
                                       return std::optional<TlsIdentity>();
                                     }});
  std::uint16_t nobody = 0;
  { nobody = start(spoiling({})).port(); }

  EXPECT_EQ(ask({.port = reset.port()}).failed, HttpFailure::reset);
  EXPECT_EQ(ask({.port = empty.port()}).failed, HttpFailure::empty_answer);
  EXPECT_EQ(ask({.port = silent.port(), .timeout = 30ms}).failed, HttpFailure::timeout);
  EXPECT_EQ(ask({.port = cut.port()}).failed, HttpFailure::cut_short);
  EXPECT_EQ(ask({.port = cut.port()}).body, "0123");
  EXPECT_EQ(ask({.port = no_tls.port(), .scheme = "https"}).failed, HttpFailure::bad_tls);
  EXPECT_EQ(ask({.port = cut.port(), .scheme = "https"}).failed, HttpFailure::bad_tls);
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
