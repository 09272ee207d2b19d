#include "model/vocabulary/distinguished_name.hpp"

#include <gtest/gtest.h>

namespace shinsa {
namespace {

TEST(DistinguishedNameTest, PutsTheMostSpecificFirst) {
  EXPECT_EQ(to_text({"www.example.jp", "Sales", "Example K.K.", "Chiyoda-ku", "Tokyo", "JP"}),
            "CN=www.example.jp,OU=Sales,O=Example K.K.,L=Chiyoda-ku,ST=Tokyo,C=JP");
}

TEST(DistinguishedNameTest, LeavesOutWhatItDoesNotHave) {
  EXPECT_EQ(to_text({"www.example.jp", "", "Example K.K.", "", "", ""}),
            "CN=www.example.jp,O=Example K.K.");
  EXPECT_EQ(to_text({"", "", "", "", "", ""}), "");
}

TEST(DistinguishedNameTest, EscapesWhatIsReserved) {
  const auto organisation = [](std::string_view o) { return to_text({"", "", o, "", "", ""}); };
  EXPECT_EQ(organisation("Example, Inc."), "O=Example\\, Inc.");
  EXPECT_EQ(organisation("a+b\"c\\d<e>f;g"), "O=a\\+b\\\"c\\\\d\\<e\\>f\\;g");
  EXPECT_EQ(organisation(" a b "), "O=\\ a b\\ ");
  EXPECT_EQ(organisation("#1"), "O=\\#1");
  EXPECT_EQ(organisation("No#1"), "O=No#1");
}

}  // namespace
}  // namespace shinsa
