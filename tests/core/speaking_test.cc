// Who may speak where, and which routes a credential may have.
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "tests/core/small_hub.h"

namespace chathub {
namespace {

using testing::HasSubstr;

class SpeakingTest : public SmallHub {
 protected:
  static Pass With(const std::vector<std::string>& rights) {
    return Pass::Of({PeerKind::kHandler, "karma"}, *Rights::Parse(rights), "t1");
  }
  // What becomes of `kind` into `place`, both texts of protobuf; nothing: it is done.
  std::optional<Reason> Do(const Pass& pass, const std::string& place,
                           const std::string& kind = "send { content { text: 'x' } }") {
    const auto key =
        hub_.chat().Do(pass, "", Parse<v1::Conversation>(place), Parse<v1::Action>(kind), nullptr);
    if (key.ok()) return std::nullopt;
    return ReasonOf(key.status());
  }
  FakeHandler& AttachWith(const std::vector<std::string>& rights, const std::string& routes) {
    handlers_.push_back(std::make_unique<FakeHandler>(hub_, With(rights)));
    handlers_.back()->Hello("karma", routes);
    loop_.Run();
    return *handlers_.back();
  }

  const std::string lobby_ = "room: 'chat/lobby'";
  const std::string alice_ = "user: 'chat/alice'";
  const std::string karma_ = Word("karma", "addressed_only: true");
};

TEST_F(SpeakingTest, UnaskedItTakesTheRightForTheRoom) {
  EXPECT_EQ(Do(With({}), lobby_), Reason::kNotAllowed);
  EXPECT_EQ(Do(With({"send:chat/other", "private"}), lobby_), Reason::kNotAllowed);
  EXPECT_EQ(Do(With({"send:chat/lobby"}), lobby_), std::nullopt);
  EXPECT_EQ(Do(With({"send:chat/*"}), lobby_ + " thread: 't'"), std::nullopt);
}

TEST_F(SpeakingTest, AUserIsSpokenToPrivatelyWithTheRightPrivate) {
  EXPECT_EQ(Do(With({"send:*"}), alice_), Reason::kNotAllowed);
  EXPECT_EQ(Do(With({"private"}), alice_), std::nullopt);
}

TEST_F(SpeakingTest, WhoHoldsADeliveryMayAnswerThereAndNowhereElse) {
  FakeHandler& karma = AttachWith({}, karma_);
  Text("karma");
  ASSERT_EQ(karma.deliveries.size(), 1u);
  EXPECT_EQ(Do(With({}), alice_), std::nullopt);
  EXPECT_EQ(Do(With({}), "user: 'chat/bob'"), Reason::kNotAllowed);
  EXPECT_EQ(Do(With({}), lobby_), Reason::kNotAllowed);
  const Pass other = Pass::Of({PeerKind::kHandler, "other"}, Rights(), "t2");
  EXPECT_EQ(Do(other, alice_), Reason::kNotAllowed);
  karma.Finish(karma.deliveries[0], "3");
  loop_.Run();
  EXPECT_EQ(Do(With({}), alice_), Reason::kNotAllowed);
}

TEST_F(SpeakingTest, ToBeSpokenToIsNoLeaveToJoinOrToChangeTheTopic) {
  FakeHandler& karma = AttachWith({}, karma_);
  adapter_.TextInRoom("!karma");
  loop_.Run();
  ASSERT_EQ(karma.deliveries.size(), 1u);
  EXPECT_EQ(Do(With({}), lobby_), std::nullopt);
  EXPECT_EQ(Do(With({}), lobby_, "part {}"), Reason::kNotAllowed);
  EXPECT_EQ(Do(With({}), lobby_, "topic { topic: 'x' }"), Reason::kNotAllowed);
}

TEST_F(SpeakingTest, AGrantedReplyLastsUntilTheDeadline) {
  v1::Delivery delivery = Parse<v1::Delivery>(
      "event { conversation { adapter: 'chat' room: 'chat/lobby' } } deadline { seconds: 30 }");
  hub_.speaking().GrantReply(With({}), delivery);
  loop_.Advance(Ms(29'000));
  EXPECT_EQ(Do(With({}), lobby_), std::nullopt);
  loop_.Advance(Ms(1'000));
  EXPECT_EQ(Do(With({}), lobby_), Reason::kNotAllowed);
}

TEST_F(SpeakingTest, ARouteThatHearsEverythingNeedsListen) {
  FakeHandler& denied = AttachWith({}, Word("karma"));
  ASSERT_TRUE(denied.closed.has_value());
  EXPECT_EQ(ReasonOf(*denied.closed), Reason::kNotAllowed);
  EXPECT_THAT(std::string(denied.closed->message()), HasSubstr("'karma'"));
  EXPECT_THAT(std::string(denied.closed->message()), HasSubstr("'listen'"));
  EXPECT_TRUE(AttachWith({}, karma_).hello_ok.has_value());
  EXPECT_TRUE(AttachWith({"listen"}, Word("karma") + "revision: 1").hello_ok.has_value());
}

TEST_F(SpeakingTest, ARouteThatKeepsOthersAwayNeedsExclusive) {
  const std::string route = Word("karma", "addressed_only: true precedence: PRECEDENCE_EXCLUSIVE");
  FakeHandler& denied = AttachWith({"listen"}, route);
  ASSERT_TRUE(denied.closed.has_value());
  EXPECT_THAT(std::string(denied.closed->message()), HasSubstr("'exclusive'"));
  // Nothing of it stays: another may have the word.
  EXPECT_TRUE(Attach("other", Word("karma")).hello_ok.has_value());
}

TEST_F(SpeakingTest, AHelloUnderAnotherNameIsRefused) {
  handlers_.push_back(std::make_unique<FakeHandler>(hub_, With({"admin"})));
  handlers_.back()->Hello("somebody", karma_);
  loop_.Run();
  ASSERT_TRUE(handlers_.back()->closed.has_value());
  EXPECT_EQ(ReasonOf(*handlers_.back()->closed), Reason::kNotAllowed);
}

}  // namespace
}  // namespace chathub
