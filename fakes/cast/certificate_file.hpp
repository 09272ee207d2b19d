/// Where a run leaves the certificates that were issued in it: as PEM, or as octets where they are
/// only served. What was issued on paper has no file.
#pragma once

#include <string>
#include <string_view>

#include "fakes/ca/armour.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

/// `certificates/01ab.pem`. @param certificate  its subject, or the serial number alone.
[[nodiscard]] inline std::string certificate_file(std::string_view certificate,
                                                  std::string_view ending = ".pem") {
  std::string path = "certificates/";
  path.append(certificate.substr(certificate.find('/') + 1)).append(ending);
  return path;
}

/// Empty for one on paper, or one whose file was taken away.
[[nodiscard]] inline std::string pem_of(std::string_view certificate,
                                        const sim::Artefacts& artefacts) {
  if (const auto file = artefacts.find(certificate_file(certificate)); file != artefacts.end())
    return file->second;
  const auto octets = artefacts.find(certificate_file(certificate, ".der"));
  return octets == artefacts.end() ? std::string() : ca::armoured("CERTIFICATE", octets->second);
}

}  // namespace shinsa::fakes::cast
