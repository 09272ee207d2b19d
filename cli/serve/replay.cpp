#include "cli/serve/replay.hpp"

#include <boost/json.hpp>

namespace shinsa::cli {

namespace json = boost::json;

namespace {

constexpr std::string_view kForm = "shinsa-serve/1";

Failure no_beginning() { return fail("this is no journal of shinsa serve"); }

Beginning beginning_in(const json::object& said) {
  Beginning all;
  all.system = said.at("system").as_string();
  all.given = said.at("given").as_string();
  all.seed = said.at("seed").to_number<std::uint64_t>();
  for (const auto& [id, name] : said.at("readings").as_object())
    all.readings[std::string(id)] = name.as_string();
  for (const json::value& id : said.at("mutants").as_array())
    all.mutants.emplace_back(id.as_string());
  all.events = said.at("events").as_string();
  all.challenges_met = said.at("always_valid").as_bool();
  all.ca = said.at("ca").as_string();
  all.start = Instant{said.at("start").as_int64()};
  all.clock_runs = said.at("clock").as_bool();
  if (const json::value* faults = said.if_contains("faults"))
    for (const json::value& fault : faults->as_array()) all.faults.emplace_back(fault.as_string());
  return all;
}

}  // namespace

std::string to_line(const Beginning& beginning) {
  json::object readings;
  for (const auto& [id, name] : beginning.readings) readings[id] = name;
  return json::serialize(json::object{{"journal", kForm},
                                      {"system", beginning.system},
                                      {"given", beginning.given},
                                      {"seed", beginning.seed},
                                      {"readings", std::move(readings)},
                                      {"mutants", json::value_from(beginning.mutants)},
                                      {"events", beginning.events},
                                      {"always_valid", beginning.challenges_met},
                                      {"ca", beginning.ca},
                                      {"start", beginning.start.seconds},
                                      {"clock", beginning.clock_runs},
                                      {"faults", json::value_from(beginning.faults)}});
}

Result<Beginning> read_beginning(std::string_view line) {
  boost::system::error_code failed;
  const json::value said = json::parse(line, failed);
  const json::object* object = failed ? nullptr : said.if_object();
  const json::value* form = object ? object->if_contains("journal") : nullptr;
  if (!form || !form->is_string()) return no_beginning();
  if (form->get_string() != kForm)
    return fail("the journal is of another version (" + std::string(form->get_string()) + ")", {},
                "this program reads " + std::string(kForm) + "; choose another folder");
  try {
    return beginning_in(*object);
  } catch (const std::exception&) {  // a member that is not there, or of another kind
    return no_beginning();
  }
}

Result<void> check_same(const Beginning& then, const Beginning& now, const std::string& place) {
  constexpr const char* kRemedy = "begin as before, or choose another folder";
  if (then.system != now.system)
    return fail("the journal is of another system (" + then.system + ")", place, kRemedy);
  if (then.given != now.given)
    return fail("the journal began with another file of --given", place, kRemedy);
  if (then.seed != now.seed)
    return fail("the journal began with another seed (" + std::to_string(then.seed) + ")", place,
                kRemedy);
  if (then.readings != now.readings)
    return fail("the journal began with other readings", place, kRemedy);
  if (then.mutants != now.mutants)
    return fail("the journal began with other mutants", place, kRemedy);
  if (then.challenges_met != now.challenges_met)
    return fail(then.challenges_met ? "the journal began with --always-valid"
                                    : "the journal began without --always-valid",
                place, kRemedy);
  if (then.faults != now.faults) return fail("the journal began with other faults", place, kRemedy);
  if (then.ca != now.ca)
    return fail("the certificates of the journal lead to " + then.ca, place,
                "give its port as --ca-port, and its --address");
  if (then.events != now.events)
    return fail("what is given leads to another beginning than in the journal", place,
                "use the program that wrote it, or choose another folder");
  return {};
}

Result<void> replay(Journal& journal, ServedState& state) {
  return journal.read([&](std::string_view line, std::size_t number) -> Result<void> {
    const std::string place = "journal.jsonl:" + std::to_string(number);
    const auto noted = read_noted(line);
    if (!noted) return fail(noted.error().what, place, "choose another folder");
    if (state.take(noted->input).said != noted->said)
      return fail("what is answered here is not what was answered then", place,
                  "use the program that wrote it, or choose another folder");
    return {};
  });
}

}  // namespace shinsa::cli
