// One handler orders far more than all others: they do not notice.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "hub/core/answer_pace.h"
#include "hub/core/mailboxes/order_turns.h"
#include "tests/core/small_hub.h"

namespace chathub {
namespace {

class NeighboursTest : public SmallHub {
 protected:
  FakeHandler& Asked(const std::string& name) {
    FakeHandler& handler = Attach(name, Word(name));
    Text(name + " me", name + "s_user");
    return handler;
  }
  // What it says before it answers: f0, f1, ...
  static void Say(FakeHandler& flood, int count) {
    for (int i = 0; i < count; ++i) {
      flood.Hear(absl::StrCat("say { delivery: '", flood.deliveries[0].id(),
                              "' attempt: 1 actions { send { content { text: 'f", i, "' } } } }"));
    }
  }
  static std::size_t RefusedOf(const FakeHandler& handler) {
    return std::count_if(handler.posted.begin(), handler.posted.end(), [](const auto& posted) {
      return posted.result().problem().reason() == v1::REASON_TOO_MUCH;
    });
  }
};

TEST_F(NeighboursTest, AFloodLiesBeforeNobodyElsesAnswer) {
  Say(Asked("flood"), 1'000);
  EXPECT_EQ(adapter_.orders.size(), OrderTurns::kShare);
  FakeHandler& karma = Asked("karma");
  karma.Finish(karma.deliveries[0], "karma");
  ASSERT_EQ(adapter_.orders.size(), OrderTurns::kShare + 1);
  EXPECT_EQ(adapter_.Texts().back(), "karma");
}

TEST_F(NeighboursTest, AFloodGoesOutInOrderAllTheSame) {
  Say(Asked("flood"), 200);
  int next = 0;
  while (!adapter_.orders.empty()) {
    for (const std::string& text : adapter_.Texts()) EXPECT_EQ(text, absl::StrCat("f", next++));
    adapter_.DoneAll();
  }
  EXPECT_EQ(next, 200);
}

TEST_F(NeighboursTest, WhatWaitedForTheAdapterGoesOutInTurns) {
  FakeHandler& flood = Asked("flood");
  FakeHandler& karma = Asked("karma");
  adapter_.Hangup();
  Say(flood, 3);
  karma.Finish(karma.deliveries[0], "karma");
  FakeAdapter next(hub_);
  next.Hello("e2", "i2");
  EXPECT_EQ(next.Texts(), (std::vector<std::string>{"f0", "karma", "f1", "f2"}));
}

TEST_F(NeighboursTest, AFloodLeavesRoomForTheAnswersOfOthers) {
  FakeHandler& flood = Asked("flood");
  FakeHandler& karma = Asked("karma");
  Say(flood, 10'000);
  EXPECT_EQ(RefusedOf(flood), 5'000u);
  karma.Finish(karma.deliveries[0], "karma");
  EXPECT_EQ(karma.LastOutcome(), v1::FINISH_OUTCOME_OK);
}

TEST_F(NeighboursTest, WhoIsMadeToWaitKeepsWhatItHoldsMeanwhile) {
  FakeHandler& flood = Asked("flood");
  FakeHandler& other = Attach("flood", Word("flood"));
  v1::HandlerItem says;
  constexpr int kMany = AnswerPace::kMostAtOnce + 15 * AnswerPace::kPerSecond;
  for (int i = 0; i < kMany; ++i) says.mutable_say()->add_actions();
  const Milliseconds wait = flood.Wait(says);
  EXPECT_EQ(wait, Ms(15'000));
  loop_.Advance(wait + HandlerMailbox::kLease / 2);
  EXPECT_TRUE(other.deliveries.empty());
  loop_.Advance(HandlerMailbox::kLease / 2 + Ms(1'000));
  EXPECT_EQ(other.deliveries.size(), 1u);
}

}  // namespace
}  // namespace chathub
