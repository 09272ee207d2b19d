// Clients that are too slow, and too many of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "fakes/wire/testing/http_server_trial.hpp"

namespace shinsa::fakes::wire {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using testing::eventually;
using ::testing::HasSubstr;
using testing::RawClient;
using ::testing::StartsWith;

class HttpLimitsTest : public testing::HttpServerTrial {};

TEST_F(HttpLimitsTest, ClosesARequestThatTakesTooLong) {
  const HttpServer& server = start({.limits = {.request = 50ms}});

  EXPECT_THAT(said_to(server, "GET / HT"), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(said_to(server, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx"),
              StartsWith("HTTP/1.1 408 "));
}

TEST_F(HttpLimitsTest, ClosesASlowWriterHoweverOftenItSendsAByte) {
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

TEST_F(HttpLimitsTest, ClosesAConnectionAtRest) {
  const HttpServer& server = start({.limits = {.idle = 50ms}});

  EXPECT_EQ(said_to(server, ""), "");
  EXPECT_THAT(said_to(server, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"), EndsWith("GET / "));
}

TEST_F(HttpLimitsTest, ClosesAClientThatDoesNotTakeItsAnswer) {
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

TEST_F(HttpLimitsTest, ClosesTheOneThatHasRestedLongestWhenThereAreTooMany) {
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

TEST_F(HttpLimitsTest, ServesOthersWhileAThousandConnectionsAreHalfOpen) {
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

TEST_F(HttpLimitsTest, MakesRoomWhenThereAreNoDescriptorsLeft) {
  const HttpServer& server = start();
  // UBSan needs a descriptor to look at an object of a class for the first time, and none will be
  // left.
  said_to(server, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return server.connections() == 0; }));
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

}  // namespace
}  // namespace shinsa::fakes::wire
