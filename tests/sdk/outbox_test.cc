#include "sdk/cpp/src/outbox.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace chathub::sdk {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class OutboxTest : public testing::Test {
 protected:
  std::vector<v1::AdapterEvent> Say() {
    std::vector<v1::AdapterEvent> said;
    while (!outbox_.all_said()) {
      const v1::AdaptersAttachRequest frame = SaidInOneFrame(outbox_);
      for (const auto& item : frame.items()) said.push_back(item.event());
    }
    return said;
  }

  v1::AdaptersAttachRequest SaidInOneFrame(Outbox& outbox) {
    OutgoingFrame frame;
    outbox.Fill(frame, now_);
    v1::AdaptersAttachRequest said;
    EXPECT_TRUE(said.ParseFromString(frame.bytes()));
    return said;
  }

  void Add(int count) {
    for (int i = 0; i < count; ++i) outbox_.Add({}, {}, now_);
  }

  static std::string EventOf(std::size_t bytes) {
    v1::AdapterEvent event;
    event.mutable_event()->mutable_message()->mutable_content()->set_text(std::string(bytes, 'x'));
    return event.SerializeAsString();
  }

  Outbox::Time now_{};
  Outbox outbox_{4, 1024 * 1024};
};

TEST_F(OutboxTest, EventsAreNumberedFromOneAndSaidOnce) {
  EXPECT_EQ(outbox_.oldest(), 0u);
  Add(2);
  const auto said = Say();
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0].seq(), 1u);
  EXPECT_EQ(said[1].seq(), 2u);
  EXPECT_FALSE(said[1].resent());
  EXPECT_TRUE(Say().empty());
}

TEST_F(OutboxTest, WhatIsNotAcceptedIsSaidAgainOnANewStreamAndMarked) {
  Add(3);
  Say();
  outbox_.Accept(1);
  EXPECT_EQ(outbox_.oldest(), 2u);
  Add(1);
  outbox_.Rewind();
  const auto said = Say();
  ASSERT_EQ(said.size(), 3u);
  EXPECT_EQ(said[0].seq(), 2u);
  EXPECT_TRUE(said[0].resent());
  EXPECT_TRUE(said[1].resent());
  EXPECT_FALSE(said[2].resent()) << "it was never said before";
}

// How many it says until it says nothing.
std::size_t SaidNow(Outbox& outbox) {
  const std::size_t before = outbox.said();
  while (true) {
    OutgoingFrame frame;
    outbox.Fill(frame, {});
    if (frame.empty()) return outbox.said() - before;
  }
}

TEST_F(OutboxTest, SoManyAreSaidAndNotAccepted) {
  Outbox outbox(10'000, 16 * 1024 * 1024);
  for (std::size_t i = 0; i < Outbox::kMostUnaccepted + 100; ++i) outbox.Add({}, {}, now_);
  EXPECT_EQ(SaidNow(outbox), Outbox::kMostUnaccepted);
  outbox.Accept(10);
  EXPECT_EQ(SaidNow(outbox), 10u);
  outbox.Rewind();
  EXPECT_EQ(SaidNow(outbox), Outbox::kMostUnaccepted);
}

TEST_F(OutboxTest, WhatMadeRoomIsNotAcceptedYet) {
  Outbox outbox(Outbox::kMostUnaccepted, 16 * 1024 * 1024);
  for (std::size_t i = 0; i < Outbox::kMostUnaccepted; ++i) outbox.Add({}, {}, now_);
  EXPECT_EQ(SaidNow(outbox), Outbox::kMostUnaccepted);
  for (int i = 0; i < 5; ++i) outbox.Add({}, {}, now_);
  EXPECT_EQ(SaidNow(outbox), 0u);
  outbox.Accept(4);
  EXPECT_EQ(SaidNow(outbox), 0u) << "the fifth is still on its way";
  outbox.Accept(5);
  EXPECT_EQ(SaidNow(outbox), 5u);
}

TEST_F(OutboxTest, TheAgeGrowsWhileAnEventWaits) {
  outbox_.Add({}, seconds(2), now_);
  now_ += milliseconds(1500);
  const auto said = Say();
  EXPECT_EQ(said.at(0).age().seconds(), 3);
  EXPECT_EQ(said.at(0).age().nanos(), 500'000'000);
}

TEST_F(OutboxTest, AnOverflowLosesTheOldestAndSaysWhich) {
  Add(7);
  const auto gap = outbox_.TakeGap();
  ASSERT_TRUE(gap);
  EXPECT_EQ(gap->from(), 1u);
  EXPECT_EQ(gap->to(), 3u);
  EXPECT_FALSE(outbox_.TakeGap());
  EXPECT_EQ(Say().at(0).seq(), 4u);
}

TEST_F(OutboxTest, WhatWasSaidOnThisStreamIsNoGapWhenItIsForgotten) {
  Add(4);
  Say();
  Add(2);
  EXPECT_FALSE(outbox_.TakeGap());
  EXPECT_EQ(outbox_.oldest(), 3u);
  EXPECT_EQ(Say().at(0).seq(), 5u);
}

TEST_F(OutboxTest, TheHelloSaysWhereItBeginsSoANewStreamHasNoGap) {
  Add(7);
  outbox_.Rewind();
  EXPECT_FALSE(outbox_.TakeGap());
  EXPECT_EQ(outbox_.oldest(), 4u);
}

TEST_F(OutboxTest, BytesAreLimitedToo) {
  Outbox outbox(1000, 1000);
  for (int i = 0; i < 5; ++i) outbox.Add(EventOf(400), {}, now_);
  EXPECT_EQ(outbox.oldest(), 4u);
  EXPECT_FALSE(outbox.has_space());
  outbox.Accept(5);
  EXPECT_TRUE(outbox.has_space());
}

TEST_F(OutboxTest, AFrameIsClosedAt256KiB) {
  Outbox outbox(100, 100 * 1024 * 1024);
  for (int i = 0; i < 3; ++i) outbox.Add(EventOf(100'000), {}, now_);
  const v1::AdaptersAttachRequest said = SaidInOneFrame(outbox);
  ASSERT_EQ(said.items_size(), 2);
  EXPECT_EQ(said.items(1).event().seq(), 2u);
  EXPECT_EQ(said.items(1).event().event().message().content().text().size(), 100'000u);
}

}  // namespace
}  // namespace chathub::sdk
