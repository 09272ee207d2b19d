/// What the portal and the CA write: the text of each mail, by the clause that asks for it.
///
/// Subjects and senders come from the obligation (and so from the catalogue). The pages show bodies
/// only as images that their text lacks (JPR-Q18): the bodies here are ours and nothing asserts
/// them, codes and enclosures apart.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/mail/message.hpp"
#include "model/catalogue/catalogue.hpp"
#include "sim/stream.hpp"

namespace shinsa::fakes {

struct Enclosure {
  std::string kind;  ///< application-form, certificate: the word in the event
  std::string file_name;
  std::string media_type;
  std::string bytes;
};

struct Letter {
  std::string from;
  std::string from_name;
  std::string subject;
  std::string text;
  std::string code;  ///< what the approval procedure asks to send back; empty in other mails
  mail::Charset charset = mail::Charset::utf8;
  std::vector<Enclosure> enclosures;
};

struct LetterFacts {
  std::string_view application;
  std::string_view common_name;
  std::string_view subject;      ///< as the obligation demands; empty: ours to choose
  std::string_view sender;       ///< likewise
  std::string_view certificate;  ///< subject of the certificate the mail carries
  std::string_view pem;
  std::vector<std::string_view> purposes;  ///< where no subject tells what it is for
  std::string_view product;  ///< サーバ証明書種別 of an order, where it is known
  bool with_text = true;     ///< else only what an event says of the letter is written
};

/// The text of a letter, of its parts; empty where nobody reads it.
[[nodiscard]] std::string written(const LetterFacts& facts,
                                  std::initializer_list<std::string_view> parts);

/// @param codes  the stream that approval codes are drawn from.
[[nodiscard]] Letter write_letter(ClauseIndex clause, const LetterFacts& facts, sim::Stream& codes);

}  // namespace shinsa::fakes
