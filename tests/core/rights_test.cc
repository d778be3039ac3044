// What rights are written like, and what they allow.
#include "hub/core/rights/rights.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "hub/core/rights/pass.h"

namespace chathub {
namespace {

using testing::ElementsAre;

Pass PassOf(const std::vector<std::string>& words) {
  return Pass::Of({PeerKind::kHandler, "karma"}, *Rights::Parse(words), "t1");
}

TEST(RightsTest, NobodyHasARightThatWasNotGiven) {
  const Rights rights = *Rights::Parse({"users"});
  EXPECT_TRUE(rights.Has(Right::kUsers));
  for (const Right other : {Right::kListen, Right::kPrivate, Right::kExclusive, Right::kAdmin}) {
    EXPECT_FALSE(rights.Has(other)) << ToString(other);
  }
  EXPECT_FALSE(rights.MaySendTo("irc/#ops"));
}

TEST(RightsTest, AllIsEveryRightAndEveryRoom) {
  EXPECT_THAT(Rights::All().Words(),
              ElementsAre("admin", "exclusive", "listen", "private", "send:*", "users"));
  EXPECT_TRUE(Rights::All().MaySendTo("irc/#ops"));
}

TEST(RightsTest, ARoomIsMeantExactlyAndAStarMeansAllThatBeginSo) {
  const Rights rights = *Rights::Parse({"send:irc/#ops", "send:mail/team-*"});
  EXPECT_TRUE(rights.MaySendTo("irc/#ops"));
  EXPECT_FALSE(rights.MaySendTo("irc/#ops2"));
  EXPECT_FALSE(rights.MaySendTo("irc/#op"));
  EXPECT_TRUE(rights.MaySendTo("mail/team-red"));
  EXPECT_FALSE(rights.MaySendTo("mail/boss"));
}

TEST(RightsTest, WhatIsNoRightIsRefusedByName) {
  for (const std::string word : {"", "root", "Admin", "send", "send:", "send:#ops", "send:irc/",
                                 "send:/x", "send:irc/*/x", "send:irc/**"}) {
    const auto rights = Rights::Parse({"users", word});
    ASSERT_FALSE(rights.ok()) << word;
    EXPECT_EQ(ReasonOf(rights.status()), Reason::kBadFrame);
  }
}

TEST(RightsTest, WordsGiveTheSameRightsBack) {
  const std::vector<std::string> words = {"listen", "send:irc/*", "users"};
  EXPECT_EQ(Rights::Parse(words)->Words(), words);
}

TEST(PassTest, ATokenIsForOnePeerAlone) {
  const Pass pass = PassOf({});
  EXPECT_TRUE(pass.MayBe({PeerKind::kHandler, "karma"}).ok());
  EXPECT_EQ(ReasonOf(pass.MayBe({PeerKind::kHandler, "other"})), Reason::kNotAllowed);
  EXPECT_EQ(ReasonOf(pass.MayBe({PeerKind::kAdapter, "karma"})), Reason::kNotAllowed);
  EXPECT_EQ(pass.who(), "handler/karma");
}

TEST(PassTest, TheOwnerMayBeAnybodyUntilItSaysWhoItIs) {
  const Pass owner = Pass::Owner();
  EXPECT_TRUE(owner.MayBe({PeerKind::kAdapter, "irc"}).ok());
  EXPECT_EQ(owner.who(), "client/owner");
  const Pass karma = owner.As({PeerKind::kHandler, "karma"});
  EXPECT_FALSE(karma.MayBe({PeerKind::kAdapter, "irc"}).ok());
  EXPECT_TRUE(karma.may(Right::kAdmin));
}

TEST(PassTest, AMissingRightIsNamed) {
  EXPECT_TRUE(PassOf({"users"}).Need(Right::kUsers, "ask for users").ok());
  const absl::Status status = PassOf({}).Need(Right::kUsers, "ask for users");
  EXPECT_EQ(ReasonOf(status), Reason::kNotAllowed);
  EXPECT_EQ(status.message(), "handler/karma may not ask for users: it has no right 'users'");
}

}  // namespace
}  // namespace chathub
