/// Traces written by hand, and what the laws of a system say of them: for tests.
///
/// A line is `TIME TYPE SUBJECT DATA`: the time in Tokyo without its zone, the data JSON without
/// its braces, or nothing.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "properties/laws/law.hpp"
#include "sim/trace_reader.hpp"

namespace shinsa::properties {

using Lines = std::vector<std::string>;
using Names = std::set<std::string>;

/// The names of the laws that a trace breaks, and those that it shows.
struct HandWritten {
  Names broken;
  Names shown;
};

/// One line as an event of a log.
inline std::string in_json(const std::string& line, int id) {
  const std::size_t at = line.find(' ');
  const std::size_t type = line.find(' ', at + 1);
  const std::size_t subject = line.find(' ', type + 1);
  return R"({"id":")" + std::to_string(id) + R"(","time":")" + line.substr(0, at) +
         R"(+09:00","type":")" + line.substr(at + 1, type - at - 1) + R"(","subject":")" +
         line.substr(type + 1, subject - type - 1) + R"(","data":{)" +
         (subject == std::string::npos ? "" : line.substr(subject + 1)) + "}}\n";
}

/// @param until  when the trace ends; with its last line unless said.
inline HandWritten hold(std::string_view system, const Lines& lines,
                        const std::string& until = {}) {
  std::string text;
  int id = 0;
  for (const std::string& line : lines) text += in_json(line, ++id);
  Facts facts;
  const sim::ReadResult read = sim::read_all(text, "test", facts, {});
  EXPECT_TRUE(read.errors.empty()) << read.errors.front().text();
  const auto monitor = make_monitor(system);
  Instant now;
  for (const auto& line : read.lines) {
    monitor->see(line.event, facts, line.number);
    now = line.event.time;
  }
  monitor->end(until.empty() ? now : *parse_instant(until));
  const auto all = laws(system);
  HandWritten said;
  for (const Breach& breach : monitor->breaches()) said.broken.emplace(all[breach.law].name);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (monitor->shown()[i]) said.shown.emplace(all[i].name);
  return said;
}

// -- traces made of others

inline std::string with(std::string line, const std::string& from, const std::string& to) {
  const std::size_t at = line.find(from);
  EXPECT_NE(at, std::string::npos) << from << " in " << line;
  return line.replace(at, from.size(), to);
}
inline Lines changed(Lines lines, const std::string& line, const std::string& from,
                     const std::string& to) {
  for (std::string& one : lines)
    if (one == line) one = with(one, from, to);
  return lines;
}
inline Lines without(Lines lines, const std::string& line) {
  EXPECT_EQ(std::erase(lines, line), 1u) << line;
  return lines;
}
inline Lines before(Lines lines, const std::string& line, const std::string& more) {
  lines.insert(std::ranges::find(lines, line), more);
  return lines;
}
inline Lines replaced(Lines lines, const std::string& line, const std::string& other) {
  std::ranges::replace(lines, line, other);
  return lines;
}

// -- each law and what breaks it

struct Case {
  std::string law;
  Lines lines;
  std::string until = {};
};

/// Keeps the bytes of a case, which differ from run to run, out of the names of the tests.
inline void PrintTo(const Case& one, std::ostream* os) { *os << one.law; }

/// The name of a parameterised test: that of its law, and a number.
inline std::string name_of_case(const testing::TestParamInfo<Case>& info) {
  std::string name = info.param.law + "_" + std::to_string(info.index);
  std::ranges::replace(name, '-', '_');
  return name;
}

/// Every law but a `sometimes` has a case that breaks it.
inline void expect_a_case_of_each(std::string_view system, const std::vector<Case>& cases) {
  Names seen;
  for (const Case& one : cases) seen.insert(one.law);
  for (const Law& law : laws(system))
    EXPECT_TRUE(law.kind == LawKind::sometimes || seen.contains(std::string(law.name))) << law.name;
}

/// Every law has a name of its own, a sentence in both languages, and its clauses.
inline void expect_named_once(std::string_view system) {
  Names names;
  for (const Law& law : laws(system)) {
    EXPECT_TRUE(names.emplace(law.name).second) << law.name;
    EXPECT_FALSE(law.says_en.empty() || law.says_ja.empty()) << law.name;
    EXPECT_FALSE(law.clauses.empty()) << law.name;
  }
}

}  // namespace shinsa::properties
