/// Reads scenario files: every name in them is checked, and every mistake of a file is told with
/// its place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/result.hpp"
#include "scenarios/bounded_world.hpp"
#include "scenarios/source_text.hpp"
#include "scenarios/story.hpp"

namespace shinsa::scenarios {

struct LoadResult {
  std::vector<Story> stories;  ///< ordered by file, then by row of examples
  std::vector<Error> errors;   ///< a file with an error gives no stories
};

/// @param paths  files, folders, or `FILE:LINE` (the story, or the row of its examples table, at or
/// above that line).
/// @param root   the folder that ids are relative to and in which shared blocks (given.yaml) are
/// looked for upwards.
[[nodiscard]] LoadResult load_paths(const std::vector<std::string>& paths, const std::string& root);

/// A file that bounds a world, for those who explore it. @param root  as above.
/// @return the world, or what is wrong with the file.
[[nodiscard]] tl::expected<BoundedWorld, std::vector<Error>> load_world(const std::string& path,
                                                                        const std::string& root);

/// One file's text, for tests. @param given  text of its given.yaml, if any.
[[nodiscard]] LoadResult load_text(const std::string& text, const std::string& file,
                                   const std::string& given = {});

}  // namespace shinsa::scenarios
