#include "hub/base/names.h"

#include "gtest/gtest.h"

namespace chathub {
namespace {

TEST(NamesTest, LegalNames) {
  EXPECT_TRUE(IsName("k"));
  EXPECT_TRUE(IsName("karma-2.0_x"));
  EXPECT_TRUE(IsName(std::string(64, 'a')));
}

TEST(NamesTest, NothingThatCouldBeAPathIsAName) {
  for (const char* text : {"", ".", "..", ".a", "-a", "a/b", "a b", "ä", "a\n"}) {
    EXPECT_FALSE(IsName(text)) << text;
  }
  EXPECT_FALSE(IsName(std::string(65, 'a')));
  EXPECT_FALSE(IsName(std::string_view("a\0b", 3)));
}

TEST(NamesTest, APeerNameIsAKindAndAName) {
  const auto peer = ParsePeerName("handler/karma");
  ASSERT_TRUE(peer.has_value());
  EXPECT_EQ(peer->kind, PeerKind::kHandler);
  EXPECT_EQ(peer->name, "karma");
  EXPECT_EQ(ToString(*peer), "handler/karma");
}

TEST(NamesTest, OtherThingsAreNotPeerNames) {
  for (const char* text : {"", "handler", "handler/", "/karma", "robot/karma", "handler/a/b"}) {
    EXPECT_FALSE(ParsePeerName(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace chathub
