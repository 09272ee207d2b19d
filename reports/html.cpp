#include "reports/html.hpp"

#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <boost/json.hpp>
#include <string_view>
#include <vector>

#include "model/catalogue/catalogue.hpp"
#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/events.hpp"
#include "reports/results_json.hpp"

namespace shinsa::reports {

/// The page without data, made from `html/shell.html`.
std::string_view html_shell();

namespace {

namespace json = boost::json;

/// The element of the page that takes the data, as html/build.mjs writes it, and as it is opened
/// for data that is packed (html/src/data.ts).
constexpr std::string_view kHole = R"(<script type="application/json" id="data">/*__DATA__*/)";
constexpr std::string_view kPlainOpening = R"(<script type="application/json" id="data">)";
constexpr std::string_view kPackedOpening =
    R"(<script type="text/plain" id="data" data-packed="gzip-base64">)";

/// Longer data is compressed: a report is mailed around.
constexpr std::size_t kPlainMax = 1'000'000;

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

/// Gzip, then base64 without line breaks.
std::string packed(const std::string& text) {
  constexpr int kGzip = 15 + 16;
  z_stream stream{};
  int state = deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, 9, Z_DEFAULT_STRATEGY);
  SHINSA_ASSERT(state == Z_OK, "zlib cannot begin");
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  state = deflate(&stream, Z_FINISH);
  SHINSA_ASSERT(state == Z_STREAM_END, "zlib did not take the whole text");
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  std::string base64(4 * ((bytes.size() + 2) / 3), '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  return base64;
}

std::string page_with(std::string_view opening, const std::string& data) {
  const std::string_view shell = html_shell();
  const std::size_t hole = shell.find(kHole);
  SHINSA_ASSERT(hole != std::string_view::npos, "the report's page has no place for its data");
  std::string page(shell.substr(0, hole));
  page += opening;
  page += data;
  page += shell.substr(hole + kHole.size());
  return page;
}

json::object words(std::string_view en, std::string_view ja) { return {{"en", en}, {"ja", ja}}; }

json::object catalogue_of(const Results& results) {
  json::object all;
  for (const ClauseResult& result : results.clauses) {
    const auto index = find_clause(result.id);
    if (!index) continue;
    const Clause& one = clause(*index);
    json::object source;
    const auto page = std::ranges::find(pages(), one.system, &Page::system);
    if (page != pages().end()) source = {{"page", page->page}, {"address", page->address}};
    source["lines"] = one.lines;
    source["source"] = one.source;
    source["observable"] = words(one.observable_en, one.observable_ja);
    json::array settled_by;
    for (const Reading& reading : readings())
      if (is_about(reading, one)) settled_by.emplace_back(reading.id);
    source["readings"] = std::move(settled_by);
    all[result.id] = std::move(source);
  }
  return all;
}

json::object readings_of(const Results& results) {
  json::object all;
  for (const auto& [id, name] : results.readings) {
    const Reading* reading = find_reading(id);
    if (!reading) continue;
    const auto chosen = std::ranges::find(reading->alternatives, name, &Alternative::name);
    if (chosen == reading->alternatives.end()) continue;
    all[id] = {{"issue", words(reading->issue_en, reading->issue_ja)},
               {"says", words(chosen->says_en, chosen->says_ja)}};
  }
  return all;
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
  root["senders"] = {{kLabel<"JPR-35", "sender">, to_text(Actor::ca)}};  // JPR-50: not the portal
  root["catalogue"] = catalogue_of(results);
  root["readings"] = readings_of(results);
  root["lang"] = options.lang;
  std::string text = json::serialize(root);
  if (options.redact) text = redact(text);
  return text.size() > kPlainMax ? page_with(kPackedOpening, packed(text))
                                 : page_with(kPlainOpening, harmless(text));
}

}  // namespace shinsa::reports
