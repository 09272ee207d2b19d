/// `report.html`: one file that opens from disk, asks nobody for anything and shows a log as text
/// only.
///
/// The page is made in `html/` (see its README) and is part of the program; here the data is put
/// in.
#pragma once

#include <map>
#include <string>

#include "reports/results.hpp"

namespace shinsa::reports {

/// What the page shows besides the results, by scenario id.
struct HtmlData {
  std::map<std::string, std::string> traces;                            ///< JSON Lines
  std::map<std::string, std::map<std::string, std::string>> artifacts;  ///< path -> text
};

struct HtmlOptions {
  std::string lang = "en";  ///< the language it opens in; the reader can switch
  bool redact = false;      ///< see `redact`
};

/// The whole file. Whatever the data holds stays text. More than a megabyte of data is compressed
/// in it.
[[nodiscard]] std::string to_html(const Results& results, const HtmlData& data,
                                  const HtmlOptions& options);

/// Replaces mail addresses, telephone numbers, customer IDs and the names of organisations by
/// `mail-1@redacted.invalid`, `tel-1`, `customer/redacted-1`, `organisation-1`, the same for the
/// same throughout. Common names stay: they are public in every certificate.
[[nodiscard]] std::string redact(const std::string& text);

}  // namespace shinsa::reports
