/// The post: sends every mail of the portal and the CA, and keeps the mailboxes of the world.
///
/// What a mail must say comes from the obligation, the rest of its text from `letters.hpp`. A fault
/// puts it among the spam, loses it or delays it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fakes/cast.hpp"
#include "fakes/letters.hpp"
#include "fakes/mail/mailbox.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class Post : public sim::Performer {
 public:
  explicit Post(Detail detail) : detail_(detail) {}

  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Learns the common name of each application, certificate and order, for the text of its mails.
  void observe(const Event& event, sim::Stage& stage) override;

  /// Of letters as files only so many of the newest stay from now on.
  void keep_letters(std::size_t newest) { letters_kept_ = newest; }

  /// The newest approval code mailed for an application that has arrived by now.
  /// @param to  only of mails to that address, unless it is empty.
  [[nodiscard]] std::optional<FoundCode> code_for(std::string_view application, bool in_spam,
                                                  Instant now, std::string_view to = {}) const;
  /// Decoded mails that have arrived in a folder of an address by now.
  [[nodiscard]] std::vector<mail::Message> folder(std::string_view address, bool in_spam,
                                                  Instant now) const;
  void forget(std::span<const TextId> things, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override {
    needed(names_);
    needed(products_);
  }

 private:
  struct Code {
    std::string application, code, to, message_id;
  };

  Letter compose(const model::Duty& duty, TextId subject, sim::Stage& stage);
  Result<void> deliver(const std::string& bytes, TextId subject, sim::Stage& stage);

  Detail detail_;
  mail::PostOffice office_;
  std::vector<Code> codes_;
  std::map<TextId, TextId> names_;
  std::map<TextId, TextId> products_;  // of orders at a rental server
  std::size_t count_ = 0;
  std::optional<std::size_t> letters_kept_;  // nothing: all
};

}  // namespace shinsa::fakes::cast
