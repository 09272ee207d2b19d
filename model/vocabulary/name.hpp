/// Domain names as certificates carry them: lower-case A-labels, at most one leading wildcard
/// label.
///
/// Sources: RFC 5890 to 5895 and UTS #46 (non-transitional) for the mapping, Baseline
/// Requirements 7.1.4.2 for what a name in a certificate may be. libidn2 maps; empty labels,
/// lengths, blanks, `*` and `_` are checked here, because it lets them pass.
#pragma once

#include <string>
#include <string_view>

#include "model/vocabulary/result.hpp"

namespace shinsa {

/// Brings a host name to its A-label form: `例え.jp` -> `xn--r8jz45g.jp`, `WWW.Example.JP` ->
/// `www.example.jp`,
/// `*.例え.jp` -> `*.xn--r8jz45g.jp`.
/// Refused: empty names or labels, blanks and control characters, labels over 63 and names over 253
/// octets, a hyphen at either end of a label, `--` in places 3-4 of a label that is not a valid
/// A-label, `_`, a wildcard that is not the whole first label, a trailing dot, an `xn--` label that
/// does not decode.
[[nodiscard]] Result<std::string> to_a_label(std::string_view name);

/// The form for people: `xn--r8jz45g.jp` -> `例え.jp`. What does not decode is given back
/// unchanged.
[[nodiscard]] std::string to_u_label(std::string_view name);

/// Whether `name` is `parent` or stands below it, label by label: `www.example.jp` is at or under
/// `example.jp`, `wwwexample.jp` is not. Both in A-label form. A wildcard label counts as a label.
[[nodiscard]] bool is_at_or_under(std::string_view name, std::string_view parent);

/// Whether two mail addresses are the same mailbox: the local part as written, the domain without
/// regard to case.
[[nodiscard]] bool same_mail_address(std::string_view a, std::string_view b);

/// A text as readers see it: Unicode NFKC, white space runs collapsed to one blank, trimmed. Used
/// to compare mail subjects, because mailers and crawlers disagree on full-width brackets.
[[nodiscard]] std::string as_read(std::string_view text);
/// Whether `as_read` makes the same of both.
[[nodiscard]] bool read_alike(std::string_view a, std::string_view b);

}  // namespace shinsa
