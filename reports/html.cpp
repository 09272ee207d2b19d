#include "reports/html.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <string_view>
#include <vector>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/events.hpp"
#include "reports/results_json.hpp"

namespace shinsa::reports {

/// The page without data, made from `html/shell.html`.
std::string_view html_shell();

namespace {

namespace json = boost::json;

constexpr std::string_view kHole = "/*__DATA__*/";

/// JSON that may stand inside a script element: no `<`, no line separators of JavaScript.
std::string harmless(const std::string& text) {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<') {
      safe += "\\u003c";
    } else if (text.compare(i, 3, "\xe2\x80\xa8") == 0 || text.compare(i, 3, "\xe2\x80\xa9") == 0) {
      safe += text[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      safe += text[i];
    }
  }
  return safe;
}

bool is_mail_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_' || c == '+';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Gives the same stand-in to the same text.
class StandIns {
 public:
  StandIns(std::string before, std::string after)
      : before_(std::move(before)), after_(std::move(after)) {}
  std::string of(const std::string& text) {
    const auto [at, is_new] = known_.try_emplace(text, known_.size() + 1);
    return before_ + std::to_string(at->second) + after_;
  }

 private:
  std::string before_, after_;
  std::map<std::string, std::size_t> known_;
};

std::string without_mails(const std::string& text) {
  StandIns names("mail-", "@redacted.invalid");
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    std::size_t begin = at, end = at + 1;
    // A backslash before a letter is an escape of JSON, such as the n of a line break.
    while (begin > done && is_mail_character(text[begin - 1]) &&
           !(begin >= 2 && text[begin - 2] == '\\'))
      --begin;
    while (end < text.size() && is_mail_character(text[end])) ++end;
    if (begin == at || end == at + 1) continue;
    out += text.substr(done, begin - done) + names.of(text.substr(begin, end - begin));
    done = end;
  }
  return out + text.substr(done);
}

/// The end of a telephone number that starts at `at`: groups of digits with hyphens, from 0.
std::size_t end_of_number(const std::string& text, std::size_t at) {
  if (text[at] != '0' || (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '-'))) return at;
  std::size_t groups = 0, digits = 0, total = 0, end = at;
  for (; end < text.size(); ++end) {
    if (is_digit(text[end])) {
      ++digits;
      ++total;
    } else if (text[end] == '-' && digits > 0 && groups < 2) {
      ++groups;
      digits = 0;
    } else {
      break;
    }
  }
  const bool whole = groups == 2 && digits >= 3 && digits <= 4 && total >= 9 && total <= 11;
  return whole ? end : at;
}

std::string without_numbers(const std::string& text) {
  StandIns names("tel-", "");
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = end_of_number(text, i);
    if (end == i) {
      out += text[i++];
      continue;
    }
    out += names.of(text.substr(i, end - i));
    i = end;
  }
  return out;
}

std::string without_customers(const std::string& text) {
  constexpr std::string_view kWord = "customer/";
  StandIns names("customer/redacted-", "");
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = text.find(kWord); at != std::string::npos; at = text.find(kWord, done)) {
    std::size_t end = at + kWord.size();
    while (end < text.size() && is_mail_character(text[end])) ++end;
    out += text.substr(done, at - done) + names.of(text.substr(at, end - at));
    done = end;
  }
  return out + text.substr(done);
}

/// The texts after each `marker`, up to a quotation mark (escaped or not) or a blank.
std::vector<std::string> named_after(const std::string& text, std::string_view marker) {
  std::vector<std::string> names;
  for (std::size_t at = text.find(marker); at != std::string::npos;
       at = text.find(marker, at + marker.size())) {
    const std::size_t begin = at + marker.size();
    const std::size_t end = text.find_first_of("\\\"}, ", begin);
    if (end != std::string::npos && end > begin) names.push_back(text.substr(begin, end - begin));
  }
  return names;
}

std::string without_organisations(std::string text) {
  std::vector<std::string> found;
  for (std::string_view marker :
       {"\"organisation\":\"", "\\\"organisation\\\":\\\"", "organisation/", "organisation: "})
    for (std::string& name : named_after(text, marker)) found.push_back(std::move(name));
  std::ranges::sort(found, [](const std::string& a, const std::string& b) {
    return std::pair(b.size(), a) < std::pair(a.size(), b);  // longer ones first
  });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::size_t number = 0;
  for (const std::string& name : found) {
    const std::string stand_in = "organisation-" + std::to_string(++number);
    for (std::size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + stand_in.size()))
      text.replace(at, name.size(), stand_in);
  }
  return text;
}

}  // namespace

std::string redact(const std::string& text) {
  return without_organisations(without_customers(without_numbers(without_mails(text))));
}

std::string to_html(const Results& results, const HtmlData& data, const HtmlOptions& options) {
  json::object root;
  root["results"] = json::parse(to_json(results));
  json::object traces;
  for (const auto& [id, text] : data.traces) traces[id] = text;
  root["traces"] = std::move(traces);
  json::object artifacts;
  for (const auto& [id, files] : data.artifacts) {
    json::object of_one;
    for (const auto& [path, text] : files) of_one[path] = text;
    artifacts[id] = std::move(of_one);
  }
  root["artifacts"] = std::move(artifacts);
  json::object actors;
  for (const EventType& type : kEventTypes)
    actors[type.name] = type.actor == Actor::nobody ? std::string_view{} : to_text(type.actor);
  root["actors"] = std::move(actors);
  root["lang"] = options.lang;
  std::string text = json::serialize(root);
  if (options.redact) text = redact(text);
  const std::string_view shell = html_shell();
  const std::size_t hole = shell.find(kHole);
  SHINSA_ASSERT(hole != std::string_view::npos, "the report's page has no place for its data");
  std::string page(shell.substr(0, hole));
  page += harmless(text);
  page += shell.substr(hole + kHole.size());
  return page;
}

}  // namespace shinsa::reports
