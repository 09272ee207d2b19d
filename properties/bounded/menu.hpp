/// What may happen in a bounded world, and how much of it has: requests with what they take over
/// from the events that they follow.
#pragma once

#include <string>
#include <vector>

#include "fakes/cast.hpp"
#include "properties/bounded/contents.hpp"
#include "scenarios/bounded_world.hpp"

namespace shinsa::properties::bounded {

/// How it stands with one item of a menu.
struct Standing {
  std::uint16_t used = 0;
  std::uint16_t due = 0;  ///< how many events it may still follow
  TextId subject;         ///< of the newest of these
  RecordId data;
};

/// Whether an event is about somebody or something: it is its subject, or one of its fields says
/// so.
[[nodiscard]] bool is_about(const Event& event, TextId whom, const Facts& facts);

class Menu {
 public:
  /// @return an Error that names the place of an item that cannot be.
  [[nodiscard]] static Result<Menu> make(const scenarios::BoundedWorld& world, Facts& facts);

  [[nodiscard]] std::size_t size() const { return items_.size(); }
  /// Whether the request may be made now.
  [[nodiscard]] bool is_open(std::size_t item, const Standing& standing) const {
    return standing.used < items_[item].times && (items_[item].follows == kNothing || standing.due);
  }
  /// The request, made now.
  [[nodiscard]] Event event(std::size_t item, const Standing& standing, Facts& facts) const;
  /// Notes that a request was made.
  void use(std::size_t item, std::vector<Standing>& standings) const;
  /// Notes that something happened, for what follows it.
  void note(const Event& event, const Facts& facts, std::vector<Standing>& standings) const;

 private:
  static constexpr TypeIndex kNothing = UINT16_MAX;
  /// A field of what is followed, taken over; `kSubject` is its subject.
  struct Hole {
    std::size_t field;
    std::size_t from;
  };
  static constexpr std::size_t kSubject = SIZE_MAX;
  /// A text, or a list of texts, with fields of what is followed put in.
  struct Template {
    std::size_t field;
    scenarios::Entry entry;
  };
  struct Item {
    TypeIndex type = 0;
    TextId subject;
    std::vector<Value> fields;
    std::vector<Hole> holes;
    std::vector<Template> templates;
    std::size_t subject_from = 0;
    bool has_subject = true;  ///< of its own
    unsigned times = 1;
    TypeIndex follows = kNothing;
    TextId of;
  };
  static Result<Item> item(const scenarios::MenuItem& written, fakes::Cast& cast, Facts& facts);
  static Result<void> add_hole(Item& item, const scenarios::Entry& entry);
  [[nodiscard]] static bool concerns(const Item& item, const Event& event, const Facts& facts);

  std::vector<Item> items_;
};

}  // namespace shinsa::properties::bounded
