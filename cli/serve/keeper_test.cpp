#include "cli/serve/keeper.hpp"

#include <gtest/gtest.h>

#include "fakes/acme/trial.hpp"

namespace shinsa::cli {
namespace {

using fakes::acme::Client;
using fakes::acme::Trial;
using fakes::acme::TrialOptions;

/// A service without sockets: the laws follow, and what need not be kept is forgotten.
class Kept {
 public:
  Kept(std::size_t kept, TrialOptions options = {})
      : trial(std::move(options)),
        keeper_(kept, trial.simulation(), trial.cast()),
        client(trial, "p256-a") {
    client.register_account();
  }
  void issue() {
    static_cast<void>(fakes::acme::issue(trial, client, {"example.jp"}, "http-01"));
    tidy();
  }
  void tidy() {
    const auto& trace = trial.simulation().trace();
    const std::size_t gone = trial.simulation().forgotten();
    for (; seen_ < gone + trace.size(); ++seen_)
      laws->see(trace[seen_ - gone].event, trial.simulation().facts(), seen_ + 1);
    keeper_.clear_up(trial.desk(), trial.server(), laws.get());
    trial.simulation().forget_unneeded([this](Needed& needed) {
      trial.desk().tell_needed(needed);
      keeper_.tell_needed(needed);
      laws->tell_needed(needed);
    });
  }
  [[nodiscard]] std::size_t things() {
    std::size_t all = 0;
    for (const auto* world : {&trial.simulation().system(), &trial.simulation().judge().world()})
      for (const model::Group& group : world->groups()) all += group.objects.size();
    return all;
  }

  Trial trial;

 private:
  Keeper keeper_;
  std::size_t seen_ = 0;

 public:
  Client client;
  std::unique_ptr<properties::Monitor> laws = properties::make_monitor("jpdirect-acme");
};

TEST(KeeperTest, WhatIsHeldDoesNotGrowWithTheOrders) {
  Kept service(5);
  const auto most_of = [&service](int orders) {  // there are more before it is worth to forget some
    std::size_t held = 0, things = 0, events = 0;
    for (int i = 0; i < orders; ++i) {
      service.issue();
      held = std::max(held, service.trial.simulation().facts().held());
      things = std::max(things, service.things());
      events = std::max(events, service.trial.simulation().trace().size());
    }
    return std::tuple(held, things, events);
  };
  const auto [held, things, events] = most_of(700);
  const auto [held_later, things_later, events_later] = most_of(800);

  EXPECT_LE(held_later, held + held / 10);
  EXPECT_LE(things_later, things);
  EXPECT_LE(events_later, events);
  EXPECT_LT(things, 3'000u);
  EXPECT_TRUE(service.trial.simulation().judge().findings().empty());
  EXPECT_TRUE(service.laws->breaches().empty());
  EXPECT_EQ(service.client.post("/acme/order/1500", "").status, 200);
  EXPECT_EQ(service.client.post("/acme/order/1495", "").status, 404);
}

TEST(KeeperTest, ForgetsOrdersThatAreRefused) {
  Kept service(5);
  const auto ask = [&service](int orders) {
    for (int i = 0; i < orders; ++i) {
      EXPECT_EQ(service.client.post("/acme/new-order", fakes::acme::order_for({"a.jp"})).status,
                403);
      service.tidy();
    }
  };
  ask(2'500);
  const std::size_t held = service.trial.simulation().facts().held(), things = service.things();
  ask(5'000);

  EXPECT_LE(service.trial.simulation().facts().held(), held + 3'000);
  EXPECT_LE(service.things(), things + 2'100);
  service.issue();
  EXPECT_EQ(service.client.post("/acme/order/7501", "").status, 200);
}

TEST(KeeperTest, CertificatesThatCountTogetherAreNotForgottenWhileTheyAreActive) {
  TrialOptions options;
  options.readings = {{"ACM-Q20", "together"}};
  options.fqdns = {"example.jp", "example.net"};
  Kept service(1, options);
  service.issue();
  service.issue();
  for (int i = 0; i < 1'200; ++i) {
    const auto refused =
        service.client.post("/acme/new-order", fakes::acme::order_for({"example.jp"}));
    EXPECT_EQ(refused.status, 403) << refused.body;
    EXPECT_NE(refused.body.find("ACM-05"), std::string::npos);
    service.tidy();
  }
}

}  // namespace
}  // namespace shinsa::cli
