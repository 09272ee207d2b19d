#include "fakes/wire/http_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <vector>

#include "fakes/wire/testing/peers.hpp"

namespace shinsa::fakes::wire {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using testing::eventually;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::RawClient;
using testing::RunningLoop;
using ::testing::StartsWith;

/// A server that answers `METHOD target body` with 200, unless another handler is given.
class HttpServerTest : public ::testing::Test {
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
  std::vector<HttpServer> servers_;
};

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

// ---- answers that come later, or bit by bit ----

TEST_F(HttpServerTest, WaitsForAnAnswerFromAnotherThreadWhileOthersAreServed) {
  std::promise<Respond> waiting;
  const HttpServer& server = start({}, [&](HttpRequest request, const Respond& respond) {
    if (request.target == "/later")
      waiting.set_value(respond);
    else
      respond(echo(request));
  });
  RawClient patient(server.port());
  patient.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
  const Respond respond = waiting.get_future().get();

  EXPECT_THAT(said_to(server, "GET /now HTTP/1.0\r\n\r\n"), EndsWith("GET /now "));
  respond({.body = "at last"});
  respond({.body = "a second answer is dropped"});

  EXPECT_THAT(patient.receive_answer(), EndsWith("\r\nat last"));
  EXPECT_THAT(patient.receive_answer(), EndsWith("\r\nGET /next "));
}

TEST_F(HttpServerTest, AnswersFiveHundredWhenTheHandlerLetsGoWithoutAnAnswer) {
  const HttpServer& server = start({}, [](const HttpRequest&, const Respond&) {});

  EXPECT_THAT(said_to(server, "GET / HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 500 "));
}

TEST_F(HttpServerTest, DropsAnAnswerToAClientThatIsGone) {
  std::promise<Respond> waiting;
  const HttpServer& server = start({}, [&](HttpRequest request, const Respond& respond) {
    if (request.target == "/later")
      waiting.set_value(respond);
    else
      respond(echo(request));
  });
  {
    RawClient client(server.port());
    client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    waiting.get_future().get()({.body = std::string(1'000'000, 'x')});
  }

  EXPECT_THAT(said_to(server, "GET /now HTTP/1.0\r\n\r\n"), EndsWith("GET /now "));
}

TEST_F(HttpServerTest, StreamsPiecesAsTheyCome) {
  std::promise<std::shared_ptr<Outlet>> opened;
  const HttpServer& server = start({}, [&](const HttpRequest&, const Respond& respond) {
    respond({.headers = {{"Content-Type", "text/event-stream"}},
             .stream = [&](std::shared_ptr<Outlet> outlet) { opened.set_value(outlet); }});
  });
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string head = client.receive_until("\r\n\r\n");
  const auto outlet = opened.get_future().get();

  EXPECT_THAT(head, HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
  EXPECT_TRUE(outlet->send("data: 1\n\n"));
  EXPECT_EQ(client.receive_until("1\n\n\r\n"), "9\r\ndata: 1\n\n\r\n");
  EXPECT_TRUE(outlet->send("data: 2\n\n"));
  EXPECT_EQ(client.receive_until("2\n\n\r\n"), "9\r\ndata: 2\n\n\r\n");
  outlet->end();
  EXPECT_EQ(client.receive_all(), "0\r\n\r\n");
  EXPECT_FALSE(outlet->send("data: 3\n\n"));
}

TEST_F(HttpServerTest, TellsAStreamThatItsClientIsGone) {
  std::promise<std::shared_ptr<Outlet>> opened;
  const HttpServer& server = start({}, [&](const HttpRequest&, const Respond& respond) {
    respond({.stream = [&](std::shared_ptr<Outlet> outlet) { opened.set_value(outlet); }});
  });
  std::shared_ptr<Outlet> outlet;
  {
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    outlet = opened.get_future().get();
  }

  EXPECT_TRUE(eventually([&] { return !outlet->send(""); }));
}

TEST_F(HttpServerTest, GivesUpAStreamWhoseClientDoesNotRead) {
  std::promise<std::shared_ptr<Outlet>> opened;
  const HttpServer& server =
      start({.limits = {.unsent_bytes = 100'000}}, [&](const HttpRequest&, const Respond& respond) {
        respond({.stream = [&](std::shared_ptr<Outlet> outlet) { opened.set_value(outlet); }});
      });
  RawClient client(server.port(), 4096);
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto outlet = opened.get_future().get();
  const std::string piece(50'000, 'x');

  EXPECT_TRUE(eventually([&] { return !outlet->send(piece); }));
}

TEST_F(HttpServerTest, CutsAStreamShortThatIsLetGoWithoutAnEnd) {
  const HttpServer& server = start({}, [](const HttpRequest&, const Respond& respond) {
    respond({.stream = [](const std::shared_ptr<Outlet>& outlet) { outlet->send("part"); }});
  });
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

  EXPECT_THAT(client.receive_all(), EndsWith("\r\n4\r\npart\r\n"));
}

// ---- answers that are spoilt ----

TEST_F(HttpServerTest, SpoilsAnAnswerAsItIsTold) {
  const HttpServer& server = start({}, [](HttpRequest request, const Respond& respond) {
    HttpResponse response{.body = "0123456789"};
    if (request.target == "/cut") response.spoiling.cut_after = 4;
    if (request.target == "/reset") response.spoiling.reset = true;
    if (request.target == "/empty") response.spoiling.empty = true;
    if (request.target == "/delay") response.spoiling.delay = 30ms;
    respond(std::move(response));
  });
  const auto asked = [&](const std::string& target) {
    RawClient client(server.port());
    client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    std::string said = client.receive_until(target == "/delay" ? "0123456789" : "");
    return std::pair(said, client.end());
  };

  EXPECT_THAT(asked("/cut").first, HasSubstr("\r\nContent-Length: 10\r\n"));
  EXPECT_THAT(asked("/cut").first, EndsWith("\r\n\r\n0123"));
  EXPECT_EQ(asked("/cut").second, "closed");
  EXPECT_EQ(asked("/reset"), std::pair(std::string(), std::string("reset")));
  EXPECT_EQ(asked("/empty"), std::pair(std::string(), std::string("closed")));
  EXPECT_THAT(asked("/delay").first, EndsWith("\r\n\r\n0123456789"));
}

TEST_F(HttpServerTest, SaysNothingAndStaysOpenWhenTheAnswerIsSilence) {
  std::promise<void> asked;
  const HttpServer& server = start({}, [&](const HttpRequest&, const Respond& respond) {
    respond({.spoiling = {.silent = true}});
    asked.set_value();
  });
  {
    RawClient client(server.port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    asked.get_future().wait();
    EXPECT_EQ(server.connections(), 1u);
  }

  EXPECT_TRUE(eventually([&] { return server.connections() == 0; })) << "the client has gone";
}

TEST_F(HttpServerTest, GreetsAsItIsTold) {
  std::atomic<Greeting> greeting = Greeting::reset;
  HttpOptions options;
  options.greeting = [&] { return greeting.load(); };
  const HttpServer& server = start(std::move(options));
  RawClient refused(server.port());
  EXPECT_EQ(refused.receive_all(), "");
  EXPECT_EQ(refused.end(), "reset");

  greeting = Greeting::silent;
  RawClient unheard(server.port());
  EXPECT_TRUE(unheard.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_TRUE(eventually([&] { return server.connections() == 1; }));

  greeting = Greeting::welcome;
  EXPECT_THAT(said_to(server, "GET / HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 200"));
}

// ---- too slow, too many ----

TEST_F(HttpServerTest, ClosesARequestThatTakesTooLong) {
  const HttpServer& server = start({.limits = {.request = 50ms}});

  EXPECT_THAT(said_to(server, "GET / HT"), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(said_to(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx"),
              StartsWith("HTTP/1.1 408 "));
}

TEST_F(HttpServerTest, ClosesASlowWriterHoweverOftenItSendsAByte) {
  const HttpServer& server = start({.limits = {.request = 50ms}});
  RawClient client(server.port());
  std::thread writer([&] {
    client.send("GET / HTTP/1.1\r\nX: ");
    // It is not told to stop: it notices.
    while (client.send("x")) std::this_thread::sleep_for(1ms);
  });

  const std::string said = client.receive_all();
  writer.join();

  EXPECT_THAT(said, StartsWith("HTTP/1.1 408 "));
}

TEST_F(HttpServerTest, ClosesAConnectionAtRest) {
  const HttpServer& server = start({.limits = {.idle = 50ms}});

  EXPECT_EQ(said_to(server, ""), "");
  EXPECT_THAT(said_to(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"), EndsWith("GET / "));
}

TEST_F(HttpServerTest, ClosesAClientThatDoesNotTakeItsAnswer) {
  const HttpServer& server =
      start({.limits = {.write = 50ms}}, [](const HttpRequest&, const Respond& respond) {
        respond({.body = std::string(20'000'000, 'x')});
      });
  RawClient client(server.port(), 4096);
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

  EXPECT_TRUE(eventually([&] { return !troubles().empty(); }));
  EXPECT_THAT(troubles()[0], HasSubstr("takes nothing"));
  EXPECT_TRUE(eventually([&] { return server.connections() == 0; }));
}

TEST_F(HttpServerTest, ClosesTheOneThatHasRestedLongestWhenThereAreTooMany) {
  const HttpServer& server = start({.limits = {.connections = 3}});
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back(server.port());
    clients.back().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    clients.back().receive_answer();
  }
  clients[0].send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  clients[0].receive_answer();  // so the second has rested longest

  RawClient fourth(server.port());
  fourth.send("GET /4 HTTP/1.1\r\nHost: a\r\n\r\n");

  EXPECT_THAT(fourth.receive_answer(), EndsWith("GET /4 "));
  EXPECT_EQ(clients[1].receive_all(), "");
  EXPECT_NE(clients[1].end(), "timeout");
  EXPECT_EQ(troubles(), std::vector<std::string>{"closed, for there are too many connections"});
  for (const int stays : {0, 2}) {
    clients[stays].send("GET /s HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_THAT(clients[stays].receive_answer(), EndsWith("GET /s "));
  }
}

TEST_F(HttpServerTest, ServesOthersWhileAThousandConnectionsAreHalfOpen) {
  testing::raise_descriptor_limit();
  const HttpServer& server = start({.limits = {.connections = 200}});
  said_to(server, "GET / HTTP/1.0\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return server.connections() == 0; }));
  const std::size_t descriptors_before = testing::open_descriptors();
  {
    std::vector<RawClient> half_open;
    for (int i = 0; i < 1000; ++i) {
      half_open.emplace_back(server.port());
      ASSERT_TRUE(half_open.back().is_connected());
      if (i % 2 == 0) half_open.back().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Le");
      if (i % 100 != 0) continue;
      EXPECT_THAT(said_to(server, "GET /other HTTP/1.0\r\n\r\n"), EndsWith("GET /other "));
    }
    EXPECT_THAT(said_to(server, "GET /other HTTP/1.0\r\n\r\n"), EndsWith("GET /other "));
    EXPECT_LE(server.connections(), 200u);
  }

  EXPECT_TRUE(eventually([&] { return testing::open_descriptors() == descriptors_before; }));
}

TEST_F(HttpServerTest, MakesRoomWhenThereAreNoDescriptorsLeft) {
  const HttpServer& server = start();
  std::vector<RawClient> resting;
  for (int i = 0; i < 3; ++i) resting.emplace_back(server.port());
  ASSERT_TRUE(eventually([&] { return server.connections() == 3; }));
  rlimit usual{};
  ::getrlimit(RLIMIT_NOFILE, &usual);
  rlimit few = usual;
  few.rlim_cur = testing::open_descriptors() + 8;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  std::vector<int> taken;
  for (int copy = ::dup(0); copy >= 0; copy = ::dup(0)) taken.push_back(copy);

  ::close(taken.back());
  taken.pop_back();
  RawClient next(server.port());  // takes the last one, so that none is left for its other end
  next.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
  const std::string said = next.receive_answer();

  for (const int copy : taken) ::close(copy);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &usual), 0);
  EXPECT_THAT(said, EndsWith("GET /next "));
  EXPECT_LE(server.connections(), 3u) << "one that rested has gone";
  EXPECT_THAT(troubles(), ::testing::Contains("closed, for there are too many connections"));
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
