// Measures World.step: on control alone, with facts, by type of event, and a whole story without
// X.509. Prints medians over repetitions in CPU time; see README.md for what was measured and when.
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "bench/measure.hpp"
#include "model/world.hpp"

namespace {

using namespace shinsa;
using namespace shinsa::model;
using bench::cpu_seconds;
using bench::median;

/// The events of one DV reissue with its own common name and application, ready to be stepped.
std::vector<Event> story(Facts& facts, int n) {
  std::vector<Event> events;
  const std::string name = "www" + std::to_string(n) + ".example.jp";
  const std::string application = "application/" + std::to_string(n);
  const std::string source = "certificate/A" + std::to_string(n);
  const std::string fresh = "certificate/B" + std::to_string(n);
  const Instant start = *parse_instant("2026-11-24T10:00:00+09:00");
  const TextId form = facts.intern("application-form");
  const TextId san = facts.intern(name);
  const auto add = [&](int minute, std::string_view type, const std::string& subject,
                       const std::function<void(RecordBuilder&)>& fill) {
    RecordBuilder record(facts, *find_type(type));
    fill(record);
    events.push_back({start + minutes(minute), *find_type(type),
                      facts.intern(std::to_string(events.size())), facts.intern(subject),
                      record.build()});
  };
  add(0, "fact.certificate", source, [&](RecordBuilder& r) {
    r.set("customer", "customer/C1")
        .set("cn", std::string_view(name))
        .set("kind", "DV")
        .set("not_before", start - days(200))
        .set("not_after", start + days(160))
        .set("sans", facts.intern_list({&san, 1}));
  });
  add(1, "inquiry.received", application, [&](RecordBuilder& r) {
    r.set("customer", "customer/C1")
        .set("channel", "form")
        .set("from", "taro@example.jp")
        .set("cn", std::string_view(name));
  });
  add(2, "mail.sent", application, [&](RecordBuilder& r) {
    r.set("to", "taro@example.jp")
        .set("from", "ssl@jpdirect.test")
        .set("subject", "再発行のご案内")
        .set("attachments", facts.intern_list({&form, 1}));
  });
  add(60, "application.returned", application, [&](RecordBuilder& r) {
    r.set("source", std::string_view(source))
        .set("cn", std::string_view(name))
        .set("kind", "DV")
        .set("csr", "-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----")
        .set("sans", facts.intern_list({&san, 1}))
        .set("authentication_mail", "admin@example.jp")
        .set("consent", true);
  });
  add(61, "mail.sent", application, [&](RecordBuilder& r) {
    r.set("to", "admin@example.jp")
        .set("from", "info@jprs.jp")
        .set("subject",
             std::string_view("ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [" + name + "]"))
        .set("code", "c0de");
  });
  add(90, "domain.approved", application, [&](RecordBuilder& r) { r.set("code", "c0de"); });
  add(91, "certificate.issued", fresh, [&](RecordBuilder& r) {
    r.set("application", std::string_view(application))
        .set("cn", std::string_view(name))
        .set("not_before", start)
        .set("not_after", start + days(160));
  });
  add(92, "mail.sent", application, [&](RecordBuilder& r) {
    r.set("to", "billing@example.jp")
        .set("from", "ssl@jpdirect.test")
        .set("subject", "SSLサーバー証明書発行完了のご連絡")
        .set("certificate", std::string_view(fresh));
  });
  add(93, "revocation.requested", source, [](RecordBuilder&) {});
  add(94, "certificate.revoked", source, [](RecordBuilder&) {});
  return events;
}

struct Prepared {
  Facts facts;
  std::vector<std::vector<Event>> stories;
  Event customer;
};

void step_or_stop(World& world, const Event& event) {
  if (world.step(event).accepted) return;
  std::fprintf(stderr, "bench_model: an event of the story is refused: %.*s\n",
               static_cast<int>(event.row().name.size()), event.row().name.data());
  std::exit(2);
}

}  // namespace

int main() {
  constexpr int kStories = 20'000;
  constexpr int kRepeats = 7;
  auto profile = make_profile({});
  Prepared p;
  RecordBuilder customer(p.facts, kType<"fact.customer">);
  customer.set("billing_mail", "billing@example.jp");
  p.customer = {*parse_instant("2026-10-01T00:00:00+09:00"),
                kType<"fact.customer">,
                {},
                p.facts.intern("customer/C1"),
                customer.build()};
  for (int n = 0; n < kStories; ++n) p.stories.push_back(story(p.facts, n));
  const std::size_t steps = p.stories.front().size();

  std::vector<double> whole;
  std::vector<std::vector<double>> by_step(steps);
  std::vector<double> control;
  for (int repeat = 0; repeat < kRepeats; ++repeat) {
    World world(*profile, p.facts);
    step_or_stop(world, p.customer);
    double sum = 0;
    for (std::size_t s = 0; s < steps;
         ++s) {  // breadth first, so that each type is timed by itself
      const double began = cpu_seconds();
      for (const auto& events : p.stories) step_or_stop(world, events[s]);
      const double took = cpu_seconds() - began;
      by_step[s].push_back(took / kStories * 1e9);
      sum += took;
    }
    whole.push_back(sum / (kStories * static_cast<double>(steps)) * 1e9);

    // Control alone: a request that an active certificate takes again and again without another
    // effect.
    World small(*profile, p.facts);
    step_or_stop(small, p.customer);
    for (std::size_t s = 0; s < 7; ++s) step_or_stop(small, p.stories.front()[s]);
    Event again = p.stories.front()[8];
    constexpr int kAgain = 2'000'000;
    const double began = cpu_seconds();
    for (int i = 0; i < kAgain; ++i) step_or_stop(small, again);
    control.push_back((cpu_seconds() - began) / kAgain * 1e9);
  }
  std::vector<double> per_story;
  for (int repeat = 0; repeat < kRepeats; ++repeat) {
    World world(*profile, p.facts);
    step_or_stop(world, p.customer);
    const double began = cpu_seconds();
    for (const auto& events : p.stories)
      for (const Event& event : events) step_or_stop(world, event);
    per_story.push_back((cpu_seconds() - began) / kStories * 1e6);
  }
  std::printf("World.step on control alone   %8.1f ns   (target 60)\n", median(control));
  std::printf("World.step with facts, mean   %8.1f ns   (target 250)\n", median(whole));
  for (std::size_t s = 0; s < steps; ++s) {
    const auto name = p.stories.front()[s].row().name;
    std::printf("  %-24.*s    %8.1f ns\n", static_cast<int>(name.size()), name.data(),
                median(by_step[s]));
  }
  std::printf("events of a story, one World  %8.2f us   (20,000 orders in it)\n",
              median(per_story));
  std::printf("sizeof: Object %zu, Duty %zu, Group %zu\n", sizeof(Object), sizeof(Duty),
              sizeof(Group));
}
