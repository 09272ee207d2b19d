// TLS around the HTTP server, held against curl and openssl.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <mutex>
#include <vector>

#include "fakes/wire/http_server.hpp"
#include "fakes/wire/testing/identity.hpp"
#include "fakes/wire/testing/peers.hpp"

namespace shinsa::fakes::wire {
namespace {

using namespace std::chrono_literals;
using testing::authority;
using testing::eventually;
using ::testing::HasSubstr;
using testing::identity_for;
using ::testing::Not;
using testing::RawClient;
using testing::run;
using testing::RunningLoop;

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

}  // namespace
}  // namespace shinsa::fakes::wire
