// Groups: who is in one may use the routes that require it, nobody else.
#include "hub/core/rights/groups.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "hub/engine/open.h"
#include "tests/core/small_hub.h"

namespace chathub {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class GroupsTest : public SmallHub {
 protected:
  void Put(const std::string& group, const std::string& user) {
    v1::AddToGroupRequest request;
    request.set_group(group);
    request.set_user(user);
    EXPECT_TRUE(hub_.groups().Add(request, nullptr).ok());
  }
  absl::Status Take(const std::string& group, const std::string& user) {
    v1::RemoveFromGroupRequest request;
    request.set_group(group);
    request.set_user(user);
    return hub_.groups().Remove(request, nullptr).status();
  }
  void Says(const std::string& user, bool authenticated, const std::string& text = "deploy") {
    adapter_.Event("conversation { user: 'chat/" + user + "' } user { id: 'chat/" + user +
                   "' authenticated: " + (authenticated ? "true" : "false") +
                   " } message { content { text: '" + text + "' } }");
    loop_.Run();
  }
  std::vector<std::string> ListedFor(const std::string& user) {
    std::vector<std::string> routes;
    const auto listed = hub_.ListRoutes(Parse<v1::ListRoutesRequest>(user));
    for (const auto& listing : listed.routes()) {
      routes.push_back(listing.route().id());
    }
    return routes;
  }

  FakeHandler& deploy_ =
      Attach("deploy", Word("deploy", "required_groups: ['ops', 'admins']") + Word("look"));
};

TEST_F(GroupsTest, OnlyWhoIsInOneOfThemAndVouchedForGetsThrough) {
  Put("ops", "chat/alice");
  Says("alice", true);
  EXPECT_EQ(deploy_.deliveries.size(), 1u);
  Says("alice", false);
  Says("bob", true);
  EXPECT_EQ(deploy_.deliveries.size(), 1u);
  Put("admins", "chat/bob");
  Says("bob", true);
  EXPECT_EQ(deploy_.deliveries.size(), 2u);
}

TEST_F(GroupsTest, WhoIsDeniedIsToldAndWhatNeedsNoGroupGoesOn) {
  Says("mallory", true);
  EXPECT_THAT(adapter_.Texts(), ElementsAre(HasSubstr("may not use deploy")));
  Says("mallory", false, "look");
  EXPECT_EQ(deploy_.deliveries.size(), 1u);
}

TEST_F(GroupsTest, WhoLeavesAGroupIsOutAtOnce) {
  Put("ops", "chat/alice");
  ASSERT_TRUE(Take("ops", "chat/alice").ok());
  Says("alice", true);
  EXPECT_THAT(deploy_.deliveries, IsEmpty());
  EXPECT_EQ(ReasonOf(Take("ops", "chat/alice")), Reason::kNoSuchPeer);
}

TEST_F(GroupsTest, AnAdapterCannotSpeakAsTheUserOfAnother) {
  Put("ops", "mail/boss");
  adapter_.Event(
      "conversation { user: 'chat/mallory' } user { id: 'mail/boss' authenticated: true } "
      "message { content { text: 'deploy' } }");
  loop_.Run();
  EXPECT_THAT(deploy_.deliveries, IsEmpty());
  ASSERT_TRUE(adapter_.closed.has_value());
  EXPECT_EQ(ReasonOf(*adapter_.closed), Reason::kNotAllowed);
}

TEST_F(GroupsTest, HelpShowsWhatTheUserMayUse) {
  Put("ops", "chat/alice");
  EXPECT_THAT(ListedFor(""), ElementsAre("look"));
  EXPECT_THAT(ListedFor("user { id: 'chat/alice' authenticated: true }"),
              ElementsAre("deploy", "look"));
  EXPECT_THAT(ListedFor("user { id: 'chat/alice' }"), ElementsAre("look"));
  EXPECT_THAT(ListedFor("user { id: 'chat/bob' authenticated: true }"), ElementsAre("look"));
}

TEST_F(GroupsTest, TheDryRunSaysWhichGroupIsMissing) {
  const auto verdicts =
      hub_.router().Explain("deploy", true, Parse<v1::User>("id: 'chat/bob' authenticated: true"));
  ASSERT_EQ(verdicts.size(), 2u);
  EXPECT_FALSE(verdicts[0].reached);
  EXPECT_THAT(verdicts[0].why,
              HasSubstr("chat/bob is in none of the groups it needs: ops, admins"));
}

TEST_F(GroupsTest, GroupsOutliveTheHub) {
  Put("ops", "chat/alice");
  Put("ops", "chat/a/b");
  const Groups later(engine_);
  const auto listed = later.List({});
  ASSERT_EQ(listed.groups_size(), 1);
  EXPECT_EQ(listed.groups(0).name(), "ops");
  EXPECT_THAT(listed.groups(0).users(), ElementsAre("chat/a/b", "chat/alice"));
}

TEST_F(GroupsTest, WhatIsNoGroupOrNoUserIsRefused) {
  for (const auto& [group, user] :
       std::vector<std::pair<std::string, std::string>>{{"", "chat/alice"},
                                                        {"o/ps", "chat/alice"},
                                                        {"ops", "alice"},
                                                        {"ops", "chat/"},
                                                        {"ops", "/alice"}}) {
    v1::AddToGroupRequest request;
    request.set_group(group);
    request.set_user(user);
    EXPECT_EQ(ReasonOf(hub_.groups().Add(request, nullptr).status()), Reason::kBadFrame)
        << group << " " << user;
  }
}

}  // namespace
}  // namespace chathub
