#include "fakes/ca/armour.hpp"

#include <gtest/gtest.h>

namespace shinsa::fakes::ca {
namespace {

using namespace std::string_view_literals;

TEST(ArmourTest, FindsTheMarksInEverySpelling) {
  const std::string_view kTexts[] = {
      "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
      "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----",
      "-----BEGIN NEW CERTIFICATE REQUEST-----\nAAAA\n-----END NEW CERTIFICATE REQUEST-----\n",
      "----- BEGIN CERTIFICATE REQUEST -----\nAAAA\n----- END CERTIFICATE REQUEST -----\n",
      "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n----- END CERTIFICATE REQUEST -----\n",
      "-----BEGIN CERTIFICATE REQUEST-----\r\nAAAA\r\n-----END CERTIFICATE REQUEST-----\r\n",
      "  -----BEGIN CERTIFICATE REQUEST-----  \n  AAAA\n\t-----END CERTIFICATE REQUEST-----\n",
      "\xEF\xBB\xBF-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
      "よろしく\n-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n-- "
      "\nTaro",
      "-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----\n"
      "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
  };

  for (std::string_view text : kTexts) {
    std::optional<Armoured> armour = find_armour(text);
    ASSERT_TRUE(armour) << text;
    EXPECT_TRUE(armour->is_request()) << text;
    EXPECT_EQ(decode_base64(armour->body), std::vector<unsigned char>(3, 0)) << text;
    EXPECT_TRUE(armour->begin.starts_with("-----") && armour->begin.ends_with("-----")) << text;
    EXPECT_TRUE(armour->end.starts_with("-----") && armour->end.ends_with("-----")) << text;
  }
}

TEST(ArmourTest, FindsNothingWithoutAPairOfMarksOnLinesOfTheirOwn) {
  const std::string_view kTexts[] = {
      "",
      "AAAA\n",
      "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n",
      "AAAA\n-----END CERTIFICATE REQUEST-----\n",
      "-----END CERTIFICATE REQUEST-----\nAAAA\n-----BEGIN CERTIFICATE REQUEST-----\n",
      "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END NEW CERTIFICATE REQUEST-----\n",
      "----BEGIN CERTIFICATE REQUEST----\nAAAA\n----END CERTIFICATE REQUEST----\n",
      "-----BEGIN CERTIFICATE REQUEST-----AAAA-----END CERTIFICATE REQUEST-----\n",
      "「----- BEGIN CERTIFICATE REQUEST -----」\nAAAA\n「----- END CERTIFICATE REQUEST -----」\n",
      "-----BEGIN-----\nAAAA\n-----END-----\n",
      "-----BEGINNING-----\nAAAA\n-----ENDING-----\n",
      "-----\n-----\n",
  };

  for (std::string_view text : kTexts) EXPECT_FALSE(find_armour(text)) << text;
}

TEST(ArmourTest, NamesWhatWasSentInsteadOfARequest) {
  std::optional<Armoured> armour =
      find_armour("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

  ASSERT_TRUE(armour);
  EXPECT_FALSE(armour->is_request());
  EXPECT_EQ(armour->label, "CERTIFICATE");
}

TEST(ArmourTest, RefusesWhatIsNotBase64) {
  const std::string_view kTexts[] = {
      "", " \n", "A", "AAA", "AAAAA", "A===", "AA=A", "====", "AA-_", "AAA\0"sv, "AA\xC3\xA9"};

  for (std::string_view text : kTexts) EXPECT_FALSE(decode_base64(text)) << text;
}

TEST(ArmourTest, DecodesBase64OverLinesWithPadding) {
  EXPECT_EQ(decode_base64("aGV\nsbG8\r\n="), (std::vector<unsigned char>{'h', 'e', 'l', 'l', 'o'}));
  EXPECT_EQ(decode_base64("aA =="), (std::vector<unsigned char>{'h'}));
}

}  // namespace
}  // namespace shinsa::fakes::ca
