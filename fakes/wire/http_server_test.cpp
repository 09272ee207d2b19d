#include "fakes/wire/http_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "fakes/wire/testing/http_server_trial.hpp"

namespace shinsa::fakes::wire {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::RunningLoop;
using ::testing::StartsWith;

class HttpServerTest : public testing::HttpServerTrial {};

TEST_F(HttpServerTest, AnswersARequestAndKeepsTheConnection) {
  const HttpServer& server = start();
  RawClient client(server.port());

  client.send("GET /a?b=c HTTP/1.1\r\nHost: a.test\r\n\r\n");
  const std::string first = client.receive_answer();
  client.send("POST /d HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\n\r\nxyz");
  const std::string second = client.receive_answer();

  EXPECT_THAT(first, StartsWith("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: "));
  EXPECT_THAT(first, HasSubstr("\r\nContent-Length: 11\r\n"));
  EXPECT_THAT(first, EndsWith("\r\n\r\nGET /a?b=c "));
  EXPECT_THAT(first, Not(HasSubstr("Connection:")));
  EXPECT_THAT(second, EndsWith("\r\n\r\nPOST /d xyz"));
}

TEST_F(HttpServerTest, HandsOverWhatTheRequestSays) {
  std::promise<HttpRequest> heard;
  const HttpServer& server = start({}, [&](HttpRequest request, const Respond& respond) {
    heard.set_value(std::move(request));
    respond({});
  });

  said_to(server,
          "PURGE /x HTTP/1.1\r\nHost: A.test:81\r\nX: 1\r\nX: 2\r\nConnection: close\r\n\r\n");

  const HttpRequest request = heard.get_future().get();
  EXPECT_EQ(request.method, "PURGE");
  EXPECT_EQ(request.scheme, "http");
  EXPECT_EQ(request.host, "A.test:81");
  EXPECT_EQ(request.target, "/x");
  EXPECT_EQ(request.headers,
            (Headers{{"Host", "A.test:81"}, {"X", "1"}, {"X", "2"}, {"Connection", "close"}}));
  EXPECT_THAT(request.peer, StartsWith("127.0.0.1:"));
}

TEST_F(HttpServerTest, AnswersPipelinedRequestsInTheirOrder) {
  const HttpServer& server = start();
  std::string many;
  for (int i = 0; i < 200; ++i)
    many += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  RawClient client(server.port());

  client.send(many);

  for (int i = 0; i < 200; ++i)
    ASSERT_THAT(client.receive_answer(), EndsWith("\r\nGET /" + std::to_string(i) + " "));
}

TEST_F(HttpServerTest, ReadsARequestThatComesByteByByte) {
  const HttpServer& server = start();
  RawClient client(server.port());

  for (const char c : std::string("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok"))
    ASSERT_TRUE(client.send({&c, 1}));

  EXPECT_THAT(client.receive_answer(), EndsWith("POST /p ok"));
}

TEST_F(HttpServerTest, ReadsABodyInChunks) {
  const HttpServer& server = start();

  EXPECT_THAT(said_to(server,
                      "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                      "Connection: close\r\n\r\n4\r\nabcd\r\n3;x=y\r\nefg\r\n0\r\nT: 1\r\n\r\n"),
              EndsWith("POST /c abcdefg"));
}

TEST_F(HttpServerTest, AnswersHeadWithTheLengthButWithoutTheBody) {
  const HttpServer& server = start();
  RawClient client(server.port());

  client.send("HEAD /h HTTP/1.1\r\nHost: a\r\n\r\nGET /g HTTP/1.1\r\nHost: a\r\n\r\n");

  EXPECT_THAT(client.receive_until("\r\n\r\n"), HasSubstr("\r\nContent-Length: 8\r\n"));
  EXPECT_THAT(client.receive_answer(), StartsWith("HTTP/1.1 200 OK"))
      << "the next answer follows at once";
}

TEST_F(HttpServerTest, TellsAClientThatAsksToGoOn) {
  const HttpServer& server = start();
  RawClient client(server.port());

  client.send("POST /e HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  const std::string told = client.receive_until("\r\n\r\n");
  client.send("ok");

  EXPECT_EQ(told, "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_THAT(client.receive_answer(), EndsWith("POST /e ok"));
}

TEST_F(HttpServerTest, RefusesABodyThatIsTooLargeBeforeItIsSent) {
  const HttpServer& server = start({.limits = {.body_bytes = 1000}});

  EXPECT_THAT(
      said_to(server,
              "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
              "Content-Length: 1001\r\n\r\n"),
      ::testing::AllOf(StartsWith("HTTP/1.1 413 "), EndsWith("\r\n\r\nbody limit exceeded\n")));
  EXPECT_THAT(said_to(server,
                      "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                      "Content-Length: 1000\r\n\r\n" +
                          std::string(1000, 'x')),
              StartsWith("HTTP/1.1 200 "));
}

TEST_F(HttpServerTest, RefusesABodyThatGrowsTooLargeInChunks) {
  const HttpServer& server = start({.limits = {.body_bytes = 1000}});
  std::string request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 11; ++i) request += "64\r\n" + std::string(100, 'x') + "\r\n";

  EXPECT_THAT(said_to(server, request), StartsWith("HTTP/1.1 413 "));
}

TEST_F(HttpServerTest, RefusesAHeaderThatIsTooLarge) {
  const HttpServer& server = start({.limits = {.header_bytes = 4096}});

  EXPECT_THAT(said_to(server, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(5000, 'x')),
              StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(said_to(server, "GET /" + std::string(5000, 'x')), StartsWith("HTTP/1.1 431 "));
}

TEST_F(HttpServerTest, RefusesALineOfAChunkThatNeverEnds) {
  const HttpServer& server = start({.limits = {.header_bytes = 4096}});

  EXPECT_THAT(said_to(server, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
                                  std::string(30'000, 'x')),
              StartsWith("HTTP/1.1 4"));
}

TEST_F(HttpServerTest, RefusesWhatIsNoRequest) {
  struct Case {
    std::string bytes;
    std::string status;
  };
  const std::vector<Case> cases = {
      {"\x16\x03\x01\x02garbage\r\n\r\n", "400"},
      {"GET\r\n\r\n", "400"},
      {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", "505"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", "400"},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
       "400"},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", "501"},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\n\r\n", "417"},
  };
  const HttpServer& server = start();

  for (const Case& one : cases)
    EXPECT_THAT(said_to(server, one.bytes), StartsWith("HTTP/1.1 " + one.status)) << one.bytes;

  EXPECT_EQ(troubles().size(), cases.size());
}

TEST_F(HttpServerTest, TakesTheAbsoluteFormOfATarget) {
  std::promise<std::string> heard;
  const HttpServer& server = start({}, [&](HttpRequest request, const Respond& respond) {
    heard.set_value(request.host + " " + request.target);
    respond({});
  });

  said_to(server, "GET http://b.test:5/x?y HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

  EXPECT_EQ(heard.get_future().get(), "b.test:5 /x?y");
}

TEST_F(HttpServerTest, ClosesAfterAnHttp10RequestUnlessAskedToStay) {
  const HttpServer& server = start();

  EXPECT_THAT(said_to(server, "GET /o HTTP/1.0\r\n\r\n"), EndsWith("GET /o "));
  RawClient client(server.port());
  client.send("GET /s HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(client.receive_answer(), HasSubstr("\r\nConnection: keep-alive\r\n"));
  client.send("GET /t HTTP/1.0\r\n\r\n");
  EXPECT_THAT(client.receive_answer(), EndsWith("GET /t "));
}

TEST_F(HttpServerTest, AnswersAClientThatSaysItWillSayNoMore) {
  const HttpServer& server = start();
  RawClient client(server.port());

  client.send("GET /n HTTP/1.1\r\nHost: a\r\n\r\n");
  client.say_no_more();

  EXPECT_THAT(client.receive_all(), EndsWith("GET /n "));
  EXPECT_EQ(client.end(), "closed");
}

TEST_F(HttpServerTest, LetsNoValueBeginAnotherHeader) {
  const HttpServer& server = start({}, [](const HttpRequest&, const Respond& respond) {
    respond({.status = 302, .headers = {{"Location", "/a\r\nEvil: 1"}}});
  });

  EXPECT_THAT(said_to(server, "GET / HTTP/1.0\r\n\r\n"),
              HasSubstr("\r\nLocation: /a  Evil: 1\r\n"));
}

TEST_F(HttpServerTest, WritesTheDateThatItIsTold) {
  HttpOptions options;
  options.now = [] { return std::int64_t{784111777}; };
  const HttpServer& server = start(std::move(options));

  EXPECT_THAT(said_to(server, "GET / HTTP/1.0\r\n\r\n"),
              HasSubstr("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"));
}

TEST(HttpServerStartTest, SaysWhyItCannotListen) {
  Loop loop;
  const auto first = HttpServer::start(loop, {}, [](const HttpRequest&, const Respond&) {});
  ASSERT_TRUE(first);

  const auto taken = HttpServer::start(loop, {.port = first->port()}, {});
  const auto nowhere = HttpServer::start(loop, {.address = "localhost"}, {});
  const auto unusable =
      HttpServer::start(loop, {.tls = TlsOptions{.identity = {"no chain", "no key"}}}, {});

  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().where, "127.0.0.1:" + std::to_string(first->port()));
  EXPECT_FALSE(nowhere);
  EXPECT_FALSE(unusable);
}

TEST(HttpServerThreadsTest, ServesManyClientsOnSeveralThreads) {
  RunningLoop loop(3);
  std::atomic<int> handled = 0;
  const auto server = HttpServer::start(loop, {}, [&](HttpRequest request, const Respond& respond) {
    ++handled;
    respond({.body = request.target});
  });
  ASSERT_TRUE(server);

  std::vector<std::thread> clients;
  std::atomic<int> right = 0;
  for (int c = 0; c < 4; ++c)
    clients.emplace_back([&, c] {
      for (int i = 0; i < 10; ++i) {
        RawClient client(server->port());
        for (int j = 0; j < 20; ++j) {
          const std::string target = "/" + std::to_string(c * 1000 + i * 20 + j);
          client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
          right += client.receive_answer().ends_with("\r\n\r\n" + target) ? 1 : 0;
        }
      }
    });
  for (std::thread& client : clients) client.join();

  EXPECT_EQ(handled, 800);
  EXPECT_EQ(right, 800);
}

}  // namespace
}  // namespace shinsa::fakes::wire
