#include "hub/base/nearest.h"

#include "gtest/gtest.h"

namespace chathub {
namespace {

const std::vector<std::string> kWords = {"status", "peers", "routes", "why"};

TEST(NearestTest, AMisspeltWordIsRecognised) {
  EXPECT_EQ(Nearest("stauts", kWords), "status");
  EXPECT_EQ(Nearest("peer", kWords), "peers");
  EXPECT_EQ(Nearest("wyh", kWords), "why");
  EXPECT_EQ(Nearest("route", kWords), "routes");
}

TEST(NearestTest, ASomethingElseIsNotGuessedAt) {
  EXPECT_EQ(Nearest("token", kWords), std::nullopt);
  EXPECT_EQ(Nearest("", kWords), std::nullopt);
  EXPECT_EQ(Nearest("x", kWords), std::nullopt);
  EXPECT_EQ(Nearest("b", {"hub"}), std::nullopt);
  EXPECT_EQ(Nearest("status", {}), std::nullopt);
}

TEST(NearestTest, TheNearestOfSeveralWins) {
  EXPECT_EQ(Nearest("peerz", {"peers", "peer"}), "peers");
  EXPECT_EQ(Nearest("tab", {"tabs", "tab"}), "tab");
}

}  // namespace
}  // namespace chathub
