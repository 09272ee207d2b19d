#include "fakes/web/front.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <mutex>
#include <vector>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/web/page.hpp"
#include "fakes/wire/http_client.hpp"
#include "fakes/wire/testing/peers.hpp"

namespace shinsa::fakes::web {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using wire::testing::eventually;
using wire::testing::RawClient;

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00
constexpr const char* kName = "www.example.jp";
constexpr const char* kOther = "shop.example.jp";

const ca::Authority& authority() {
  static const ca::Authority one;
  return one;
}

KeyPair pair_for(const std::string& name, const std::string& serial) {
  const auto issued = authority().issue(
      {.csr_pem = ca::make_csr({.key_name = "rsa-2048-a", .common_name = name}).value(),
       .common_name = name,
       .not_before = Instant{1700000000},
       .not_after = Instant{4000000000},
       .serial = serial});
  EXPECT_TRUE(issued) << issued.error().text();
  return {issued->pem + authority().chain_pem(), ca::KeyPool::find("rsa-2048-a")->pem()};
}

class WebFrontTest : public ::testing::Test {
 protected:
  WebFrontTest() {
    for (const char* name : {kName, kOther})
      EXPECT_TRUE(dns_.set(name, dns::Type::a, {"192.0.2.1"}, kMorning));
    put("/hello.txt", File{"hello\n"});
    put("/", File{"<p>home</p>"});
    EXPECT_TRUE(server_.site(kOther).put("/", File{"shop"}, kMorning));
  }
  void put(std::string_view path, Answer answer, Instant at = kMorning) {
    const auto done = server_.site(kName).put(path, std::move(answer), at);
    EXPECT_TRUE(done) << done.error().text();
  }
  Front start(FrontOptions options = {}) {
    options.now = [this] { return now_.load(); };
    options.on_request = [this](const RequestLine& line) {
      const std::lock_guard lock(guard_);
      lines_.push_back(line);
    };
    auto started = Front::start(loop_, web_, std::move(options));
    EXPECT_TRUE(started) << started.error().text();
    return std::move(*started);
  }
  std::vector<RequestLine> lines() {
    const std::lock_guard lock(guard_);
    return lines_;
  }
  /// curl, which takes every name to the front.
  static std::string curl(const Front& front, const std::string& url,
                          const std::string& more = "") {
    const std::string connect =
        "--connect-to ::127.0.0.1:" +
        std::to_string(url.starts_with("https") ? front.https_port() : front.http_port());
    return wire::testing::run("curl -sS --cacert " + root_file() + " " + connect + " " + more +
                              " '" + url + "'")
        .output;
  }
  static std::string root_file() {
    static const std::string path = [] {
      std::string where = ::testing::TempDir() + "shinsa-web-root-" + std::to_string(::getpid());
      std::ofstream(where) << authority().root_pem();
      return where;
    }();
    return path;
  }
  /// How our own client ends, which a validator asks with.
  wire::HttpAnswer asked(const Front& front, const std::string& scheme, const std::string& host,
                         std::string target = "/") {
    std::promise<wire::HttpAnswer> heard;
    client_.ask({.address = "127.0.0.1",
                 .port = scheme == "https" ? front.https_port() : front.http_port(),
                 .scheme = scheme,
                 .host = host,
                 .target = std::move(target),
                 .timeout = patience_},
                [&](wire::HttpAnswer answer) { heard.set_value(std::move(answer)); });
    return heard.get_future().get();
  }

  dns::Dns dns_;
  Web web_{dns_};
  Server& server_ = web_.server("192.0.2.1");
  std::atomic<Instant> now_ = kMorning;
  std::chrono::milliseconds patience_ = wire::testing::kLongest;
  std::mutex guard_;
  std::vector<RequestLine> lines_;
  wire::testing::RunningLoop loop_;
  wire::HttpClient client_{loop_};
};

TEST_F(WebFrontTest, ServesFilesOfTheSiteThatTheHostHeaderNames) {
  const Front front = start();

  EXPECT_EQ(curl(front, "http://www.example.jp/hello.txt"), "hello\n");
  EXPECT_EQ(curl(front, "http://WWW.Example.JP:80/hello.txt?q=1"), "hello\n");
  EXPECT_EQ(curl(front, "http://shop.example.jp/"), "shop");
  EXPECT_THAT(curl(front, "http://shop.example.jp/hello.txt", "-i"), StartsWith("HTTP/1.1 404 "));
}

TEST_F(WebFrontTest, SaysOfWhatTypeAFileIsAndWhen) {
  const Front front = start();

  EXPECT_THAT(curl(front, "http://www.example.jp/", "-i"),
              HasSubstr("\r\nContent-Type: text/html; charset=utf-8\r\n"));
  EXPECT_THAT(curl(front, "http://www.example.jp/hello.txt", "-i"),
              HasSubstr("\r\nContent-Type: text/plain; charset=utf-8\r\n"));
  EXPECT_THAT(curl(front, "http://www.example.jp/", "-i"),
              HasSubstr("\r\nDate: Fri, 20 Nov 2026 01:00:00 GMT\r\n"));
}

TEST_F(WebFrontTest, AnswersHeadAndRefusesOtherMethods) {
  const Front front = start();

  const std::string head = curl(front, "http://www.example.jp/hello.txt", "-I");
  EXPECT_THAT(head, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(head, HasSubstr("\r\nContent-Length: 6\r\n"));
  EXPECT_THAT(head, EndsWith("\r\n\r\n"));
  const std::string post = curl(front, "http://www.example.jp/hello.txt", "-i -d x");
  EXPECT_THAT(post, StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(post, HasSubstr("\r\nAllow: GET, HEAD\r\n"));
}

TEST_F(WebFrontTest, RedirectsAndCurlFollows) {
  put("/a", Redirect{"/b", 301});
  put("/b", Redirect{"http://shop.example.jp/", 302});
  put("/c", Redirect{"/c", 307});
  ASSERT_TRUE(
      server_.site(kOther).otherwise(Redirect{"http://www.example.jp/", 308, true}, kMorning));
  const Front front = start();

  EXPECT_THAT(curl(front, "http://www.example.jp/a", "-i"),
              StartsWith("HTTP/1.1 301 Moved Permanently\r\nLocation: /b\r\n"));
  EXPECT_EQ(curl(front, "http://www.example.jp/a", "-L"), "shop");
  EXPECT_THAT(curl(front, "http://www.example.jp/c", "-L --max-redirs 11"),
              HasSubstr("Maximum (11) redirects followed"));
  EXPECT_THAT(curl(front, "http://shop.example.jp/hello.txt?q", "-i"),
              HasSubstr("\r\nLocation: http://www.example.jp/hello.txt?q\r\n"));
  EXPECT_EQ(curl(front, "http://shop.example.jp/hello.txt", "-L"), "hello\n");
}

TEST_F(WebFrontTest, SendsTheRangeThatIsAskedFor) {
  const Front front = start();

  EXPECT_EQ(curl(front, "http://www.example.jp/hello.txt", "-r 1-3"), "ell");
  EXPECT_THAT(curl(front, "http://www.example.jp/hello.txt", "-i -r -2"),
              HasSubstr("\r\nContent-Range: bytes 4-5/6\r\n"));
  EXPECT_THAT(curl(front, "http://www.example.jp/hello.txt", "-i -r 6-"),
              StartsWith("HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */6\r\n"));
}

TEST_F(WebFrontTest, FailsAsTheSiteFails) {
  put("/error", ErrorStatus{503, "down"});
  put("/empty", EmptyAnswer{});
  put("/slow", Slow{});
  const Front front = start();

  EXPECT_EQ(curl(front, "http://www.example.jp/error", "-w '%{http_code}'"), "down503");
  EXPECT_THAT(curl(front, "http://www.example.jp/empty"), HasSubstr("Empty reply from server"));
  EXPECT_THAT(curl(front, "http://www.example.jp/slow", "-m 1"), HasSubstr("timed out after 1"));
  EXPECT_EQ(asked(front, "http", kName, "/empty").failed, wire::HttpFailure::empty_answer);
  ASSERT_EQ(lines().size(), 4u);
  EXPECT_EQ(lines()[0].status, 503);
  EXPECT_EQ(lines()[1].status, 0);
  EXPECT_EQ(lines()[2].target, "/slow");
}

TEST_F(WebFrontTest, AnswersForTheInstantOfTheClock) {
  put("/hello.txt", File{"changed\n"}, kMorning + hours(1));
  const Front front = start();

  EXPECT_EQ(curl(front, "http://www.example.jp/hello.txt"), "hello\n");
  now_ = kMorning + hours(1);
  EXPECT_EQ(curl(front, "http://www.example.jp/hello.txt"), "changed\n");
  EXPECT_EQ(lines().back().at, kMorning + hours(1));
}

TEST_F(WebFrontTest, ServesTheCertificateThatIsInstalledNow) {
  server_.serve(kName, pair_for(kName, "0a"), kMorning);
  server_.serve(kOther, pair_for(kOther, "0c"), kMorning);
  server_.serve(kName, pair_for(kName, "0b"), kMorning + hours(1));
  const Front front = start();
  const auto serial = [&](const std::string& name) {
    return wire::testing::run(
               "sh -c 'openssl s_client -connect 127.0.0.1:" + std::to_string(front.https_port()) +
               " -servername " + name + " </dev/null 2>/dev/null | openssl x509 -noout -serial'")
        .output;
  };

  EXPECT_EQ(curl(front, "https://www.example.jp/hello.txt"), "hello\n");
  EXPECT_EQ(curl(front, "https://shop.example.jp/"), "shop");
  EXPECT_EQ(serial(kName), "serial=0A\n");
  EXPECT_EQ(serial(kOther), "serial=0C\n");
  now_ = kMorning + hours(1);
  EXPECT_EQ(serial(kName), "serial=0B\n");
  EXPECT_EQ(curl(front, "https://www.example.jp/hello.txt"), "hello\n");
}

TEST_F(WebFrontTest, ShowsTheFirstCertificateForANameWithoutOne) {
  server_.serve(kName, pair_for(kName, "0a"), kMorning);
  const Front front = start();

  EXPECT_THAT(curl(front, "https://shop.example.jp/"),
              HasSubstr("no alternative certificate subject name matches"));
  EXPECT_EQ(curl(front, "https://shop.example.jp/", "-k"), "shop");
}

TEST_F(WebFrontTest, IsNotThereWhereNobodyListensOrConnectionsAreRefused) {
  Server& refusing = web_.server("192.0.2.2");
  refusing.serve("refusing.example.jp", pair_for("refusing.example.jp", "0d"), kMorning);
  refusing.set_connections(Connections::refused, kMorning);
  ASSERT_TRUE(dns_.set("refusing.example.jp", dns::Type::a, {"192.0.2.2"}, kMorning));
  const Front front = start();

  EXPECT_EQ(asked(front, "http", "nobody.example.jp").failed, wire::HttpFailure::reset);
  EXPECT_EQ(asked(front, "http", "refusing.example.jp").failed, wire::HttpFailure::reset);
  EXPECT_EQ(asked(front, "https", "refusing.example.jp").failed, wire::HttpFailure::reset);
  EXPECT_EQ(asked(front, "https", kName).failed, wire::HttpFailure::reset)
      << "no certificate is served";
  EXPECT_THAT(curl(front, "https://refusing.example.jp/"), HasSubstr("reset by peer"));
  EXPECT_EQ(asked(front, "http", kName).body, "<p>home</p>");
}

TEST_F(WebFrontTest, ShakesNoHandsWhereTlsIsBroken) {
  server_.serve(kName, pair_for(kName, "0a"), kMorning);
  server_.set_connections(Connections::broken_tls, kMorning);
  server_.set_connections(Connections::accepted, kMorning + hours(1));
  const Front front = start();

  EXPECT_EQ(asked(front, "https", kName).failed, wire::HttpFailure::bad_tls);
  EXPECT_THAT(curl(front, "https://www.example.jp/"), HasSubstr("handshake failure"));
  EXPECT_EQ(asked(front, "http", kName).body, "<p>home</p>");
  now_ = kMorning + hours(1);
  EXPECT_EQ(asked(front, "https", kName).body, "<p>home</p>");
}

TEST_F(WebFrontTest, IsSilentWhereTheServerIsSlow) {
  server_.serve(kName, pair_for(kName, "0a"), kMorning);
  server_.set_connections(Connections::slow, kMorning);
  const Front front = start();
  patience_ = 50ms;

  EXPECT_EQ(asked(front, "http", kName).failed, wire::HttpFailure::timeout);
  EXPECT_EQ(asked(front, "https", kName).failed, wire::HttpFailure::timeout);
  EXPECT_TRUE(eventually([&] { return front.connections() == 0; }));
}

TEST_F(WebFrontTest, FindsTheServerByAddressThenBySiteThenTheOnlyOne) {
  Server& second = web_.server("192.0.2.2");
  ASSERT_TRUE(second.site(kName).put("/", File{"second"}, kMorning));
  ASSERT_TRUE(second.site("undialled.example.jp").put("/", File{"by site"}, kMorning));
  const Front front = start();

  EXPECT_EQ(asked(front, "http", kName).body, "<p>home</p>");
  ASSERT_TRUE(dns_.set(kName, dns::Type::a, {"192.0.2.2"}, kMorning + hours(1)));
  now_ = kMorning + hours(1);
  EXPECT_EQ(asked(front, "http", kName).body, "second");
  EXPECT_EQ(asked(front, "http", "undialled.example.jp").body, "by site");
  EXPECT_EQ(asked(front, "http", "127.0.0.1").failed, wire::HttpFailure::reset);
  EXPECT_EQ(asked(front, "http", "192.0.2.1").body, "<p>home</p>");
}

TEST_F(WebFrontTest, FailsAsItIsTold) {
  std::atomic<Fault> fault = Fault::error;
  FrontOptions options;
  options.fault = [&] { return fault.load(); };
  const Front front = start(std::move(options));
  patience_ = 50ms;

  EXPECT_EQ(asked(front, "http", kName).status, 503);
  fault = Fault::empty;
  EXPECT_EQ(asked(front, "http", kName).failed, wire::HttpFailure::empty_answer);
  fault = Fault::refused;
  EXPECT_EQ(asked(front, "http", kName).failed, wire::HttpFailure::reset);
  fault = Fault::slow;
  EXPECT_EQ(asked(front, "http", kName).failed, wire::HttpFailure::timeout);
}

TEST_F(WebFrontTest, IsSpoiltByWhoeverIsShownTheAnswer) {
  FrontOptions options;
  options.spoil = [&](const wire::HttpRequest& request, wire::HttpResponse& response) {
    if (request.target == "/gone") response = {.status = 410, .body = "gone"};
    if (request.target == "/") response.spoiling.cut_after = 3;
  };
  const Front front = start(std::move(options));

  EXPECT_EQ(asked(front, "http", kName).failed, wire::HttpFailure::cut_short);
  EXPECT_EQ(asked(front, "http", kName, "/gone").status, 410);
  EXPECT_EQ(asked(front, "http", kName, "/else").status, 404);
}

TEST_F(WebFrontTest, RefusesTargetsThatAreNone) {
  const Front front = start();
  for (const std::string target : {"*", "/a%zz", "/<>"}) {
    RawClient client(front.http_port());
    client.send("GET " + target + " HTTP/1.0\r\nHost: www.example.jp\r\n\r\n");
    EXPECT_THAT(client.receive_all(), StartsWith("HTTP/1.1 400 ")) << target;
  }
}

// ---- pages, without sockets ----

wire::HttpResponse page_for(const std::string& range, const std::string& body = "0123456789",
                            wire::Headers more = {}) {
  wire::HttpRequest request;
  request.method = "GET";
  request.headers = std::move(more);
  request.headers.emplace_back("Range", range);
  return page(request, "/x", File{body});
}

TEST(PageTest, SendsTheBytesOfARange) {
  struct Case {
    std::string range;
    int status;
    std::string body;
    std::string content_range;
  };
  const std::vector<Case> cases = {
      {"bytes=0-0", 206, "0", "bytes 0-0/10"},
      {"bytes=9-9", 206, "9", "bytes 9-9/10"},
      {"bytes=2-", 206, "23456789", "bytes 2-9/10"},
      {"bytes=2-99", 206, "23456789", "bytes 2-9/10"},
      {"bytes=-3", 206, "789", "bytes 7-9/10"},
      {"bytes=-99", 206, "0123456789", "bytes 0-9/10"},
      {"bytes=10-", 416, "", "bytes */10"},
      {"bytes=-0", 416, "", "bytes */10"},
      {"bytes=3-2", 200, "0123456789", ""},
      {"bytes=-", 200, "0123456789", ""},
      {"bytes=a-b", 200, "0123456789", ""},
      {"bytes=0-1,3-4", 200, "0123456789", ""},
      {"lines=0-1", 200, "0123456789", ""},
      {"bytes=99999999999999999999-", 200, "0123456789", ""},
  };
  for (const Case& one : cases) {
    const wire::HttpResponse response = page_for(one.range);
    const std::string* told = wire::find(response.headers, "Content-Range");
    EXPECT_EQ(response.status, one.status) << one.range;
    EXPECT_EQ(response.body, one.body) << one.range;
    EXPECT_EQ(told ? *told : "", one.content_range) << one.range;
  }
  EXPECT_EQ(page_for("bytes=0-", "").status, 416);
  EXPECT_EQ(page_for("bytes=-1", "").status, 200);
  EXPECT_EQ(page_for("bytes=0-1", "0123", {{"If-Range", "\"tag\""}}).status, 200);
}

}  // namespace
}  // namespace shinsa::fakes::web
