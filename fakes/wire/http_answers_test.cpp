// Answers that come later, bit by bit, or spoilt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/wire/testing/http_server_trial.hpp"

namespace shinsa::fakes::wire {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using testing::eventually;
using ::testing::HasSubstr;
using testing::RawClient;
using ::testing::StartsWith;

class HttpAnswersTest : public testing::HttpServerTrial {};

TEST_F(HttpAnswersTest, WaitsForAnAnswerFromAnotherThreadWhileOthersAreServed) {
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

TEST_F(HttpAnswersTest, AnswersFiveHundredWhenTheHandlerLetsGoWithoutAnAnswer) {
  const HttpServer& server = start({}, [](const HttpRequest&, const Respond&) {});

  EXPECT_THAT(said_to(server, "GET / HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 500 "));
}

TEST_F(HttpAnswersTest, DropsAnAnswerToAClientThatIsGone) {
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

TEST_F(HttpAnswersTest, StreamsPiecesAsTheyCome) {
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

TEST_F(HttpAnswersTest, TellsAStreamThatItsClientIsGone) {
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

TEST_F(HttpAnswersTest, GivesUpAStreamWhoseClientDoesNotRead) {
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

TEST_F(HttpAnswersTest, CutsAStreamShortThatIsLetGoWithoutAnEnd) {
  const HttpServer& server = start({}, [](const HttpRequest&, const Respond& respond) {
    respond({.stream = [](const std::shared_ptr<Outlet>& outlet) { outlet->send("part"); }});
  });
  RawClient client(server.port());
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

  EXPECT_THAT(client.receive_all(), EndsWith("\r\n4\r\npart\r\n"));
}

// ---- answers that are spoilt ----

TEST_F(HttpAnswersTest, SpoilsAnAnswerAsItIsTold) {
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

TEST_F(HttpAnswersTest, SaysNothingAndStaysOpenWhenTheAnswerIsSilence) {
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

TEST_F(HttpAnswersTest, GreetsAsItIsTold) {
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

}  // namespace
}  // namespace shinsa::fakes::wire
