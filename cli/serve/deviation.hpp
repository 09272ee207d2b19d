/// What an ACME client did that was refused, and why: the client's side of a verdict. (What portal
/// and CA do wrong the judge and the laws find.)
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "fakes/wire/http.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::cli {

struct Deviation {
  Instant at;
  std::string method, target;
  int status = 0;
  std::string error;   ///< `rejectedIdentifier`, without urn:ietf:params:acme:error:; may be empty
  std::string detail;  ///< one sentence
  std::vector<std::string> clauses = {};  ///< that refuse it; none where the protocol alone does
  /// The refused request in the trace, from 1; 0: it became no event.
  std::size_t line = 0;
};

/// The newest ones, and how many there were.
class Deviations {
 public:
  static constexpr std::size_t kKept = 10'000;

  void add(Deviation deviation) {
    ++count_;
    kept_.push_back(std::move(deviation));
    if (kept_.size() > kKept) kept_.pop_front();
  }
  [[nodiscard]] const std::deque<Deviation>& kept() const { return kept_; }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::deque<Deviation> kept_;
  std::size_t count_ = 0;
};

/// Whether that is for the client to answer for: not what the server cannot do, nor a nonce that is
/// over or a limit that is reached, for which clients have to be ready (RFC 8555
/// sections 6.5, 6.6), nor "no" to the question whether its key has an account (section 7.3.1).
[[nodiscard]] bool is_of_the_client(const Deviation& deviation);

/// What an answer of 400 or more says. @param response  with a problem document (RFC 7807).
[[nodiscard]] Deviation deviation_in(std::string method, std::string target,
                                     const fakes::wire::HttpResponse& response, Instant at);

}  // namespace shinsa::cli
