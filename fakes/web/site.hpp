/// What a web site answers: files, redirects, errors and worse, each from an instant on.
///
/// Sources: RFC 9110 section 15 (status codes; 15.4: redirects). A site answers requests for its
/// paths the same over http and https, by path alone: the query is not looked at.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "fakes/timeline.hpp"
#include "fakes/web/uri.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::web {

struct File {
  std::string body;  ///< answered with status 200; may be empty
  friend bool operator==(const File&, const File&) = default;
};
struct Redirect {
  std::string location;  ///< absolute or relative, sent as it is, even if it is none
  int status = 302;      ///< 301, 302, 303, 307 or 308
  /// The path and query that were asked for are put behind `location`, as a rule for a whole site
  /// does: `https://www.example.jp` and `/a?b` make `https://www.example.jp/a?b`.
  bool keeps_path = false;
  friend bool operator==(const Redirect&, const Redirect&) = default;
};
struct ErrorStatus {
  int status = 500;       ///< 400 to 599
  std::string body = {};  ///< the page that goes with it
  friend bool operator==(const ErrorStatus&, const ErrorStatus&) = default;
};
/// The connection is closed without a byte of an answer.
struct EmptyAnswer {
  friend bool operator==(const EmptyAnswer&, const EmptyAnswer&) = default;
};
/// The answer takes longer than anybody waits.
struct Slow {
  friend bool operator==(const Slow&, const Slow&) = default;
};
using Answer = std::variant<File, Redirect, ErrorStatus, EmptyAnswer, Slow>;

/// One virtual host of a server. What is asked for is looked up in three places: `instead`, the
/// path, `otherwise`; nothing anywhere is 404.
class Site {
 public:
  /// From `at` on `answer` is given for this path. Refused: a path that does not begin with `/` or
  /// holds `?`, `#` or what RFC 3986 does not allow, and a status out of its range.
  Result<void> put(std::string_view path, Answer answer, Instant at);
  /// From `at` on the path has no answer of its own.
  Result<void> remove(std::string_view path, Instant at);

  /// For every path without an answer of its own: a site that sends everybody to https. Nothing
  /// ends that. Refused: a status out of its range.
  Result<void> otherwise(std::optional<Answer> answer, Instant at);
  /// Whatever the path: a site under maintenance. Nothing ends that. Refused as above.
  Result<void> instead(std::optional<Answer> answer, Instant at);

  /// Forgets what no longer holds at that instant, and paths that have no answer from then on.
  void forget_before(Instant at);

  /// What is answered to a request for `uri`; redirects have their path put behind them already.
  [[nodiscard]] Answer answer(const Uri& uri, Instant at) const;

 private:
  std::map<std::string, Timeline<std::optional<Answer>>, std::less<>> paths_;
  Timeline<std::optional<Answer>> otherwise_;
  Timeline<std::optional<Answer>> instead_;
};

}  // namespace shinsa::fakes::web
