/// The control of a World, packed: an object with its duties is one content, all objects together
/// are another, made of their numbers. Two Worlds of one fact store that will do the same from now
/// on give the same number, as far as can be told without looking ahead.
#pragma once

#include <string>
#include <vector>

#include "model/world.hpp"
#include "properties/bounded/contents.hpp"

namespace shinsa::properties::bounded {

/// An object and what it owes or may do, in the order in which that arose.
struct Part {
  model::Object object;
  std::vector<model::Duty> duties;
};

class Controls {
 public:
  /// @param now  duties that have been allowed for some time are not told apart by since when.
  ContentId pack(const std::vector<model::Group>& groups, Instant now);
  /// The same after a step: what it left alone is known already.
  /// @param before, parts  the groups before it, at that same instant, and all their parts.
  ContentId pack_after(const std::vector<model::Group>& groups, Instant now,
                       const std::vector<model::Group>& before,
                       const std::vector<ContentId>& parts);
  /// @param groups  are overwritten, in the memory that they have.
  void unpack(ContentId control, std::vector<model::Group>& groups) const;

  /// All parts, group by group. @param parts  is overwritten.
  void list(ContentId control, std::vector<ContentId>& parts) const;
  /// The control with another part in the place of one. @param at  position among all parts.
  ContentId with(ContentId control, std::size_t at, ContentId part);
  [[nodiscard]] Part part(ContentId id) const;
  [[nodiscard]] TextId subject_of(ContentId part) const;

  /// As those of Contents.
  void save(CheckpointWriter& to) const {
    parts_.save(to);
    controls_.save(to);
  }
  [[nodiscard]] bool load(CheckpointReader& from) {
    return parts_.load(from) && controls_.load(from);
  }

  [[nodiscard]] std::size_t bytes() const { return parts_.bytes() + controls_.bytes(); }

 private:
  ContentId pack_part(const model::Group& group, model::ObjectIndex at, Instant now);

  Contents parts_;
  Contents controls_;
  Packing packed_part_, packed_;  // scratch, as what follows
  std::string edited_;
};

}  // namespace shinsa::properties::bounded
