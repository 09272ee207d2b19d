#include "cli/serve/deviation.hpp"

#include <gtest/gtest.h>

namespace shinsa::cli {
namespace {

Deviation refused(const char* target, int status, const char* error) {
  const std::string problem =
      R"({"type":"urn:ietf:params:acme:error:)" + std::string(error) + R"(","detail":"no"})";
  return deviation_in("POST", target, {.status = status, .body = problem}, Instant{0});
}

TEST(DeviationTest, IsWhatAClientHasToAnswerFor) {
  EXPECT_TRUE(is_of_the_client(refused("/acme/new-order", 403, "rejectedIdentifier")));
  EXPECT_TRUE(is_of_the_client(refused("/acme/new-account", 403, "externalAccountRequired")));
  EXPECT_FALSE(is_of_the_client(refused("/acme/new-order", 400, "badNonce")));
  EXPECT_FALSE(is_of_the_client(refused("/acme/new-order", 429, "rateLimited")));
  EXPECT_FALSE(is_of_the_client(refused("/acme/new-order", 500, "serverInternal")));
}

// RFC 8555 section 7.3.1: that is how a client finds out whether its key has an account.
TEST(DeviationTest, IsNotThatSomebodyAskedForAnAccountThatIsNotThere) {
  EXPECT_FALSE(is_of_the_client(refused("/acme/new-account", 400, "accountDoesNotExist")));
  EXPECT_FALSE(is_of_the_client(refused("/acme/new-account?a=b", 400, "accountDoesNotExist")));
  EXPECT_TRUE(is_of_the_client(refused("/acme/new-order", 400, "accountDoesNotExist")));
}

}  // namespace
}  // namespace shinsa::cli
