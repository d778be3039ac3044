// What is counted of the frames that come in, and how those that go out are collected.
#include <gtest/gtest.h>

#include <string>

#include "hub/gateway/frame_watch.h"
#include "hub/gateway/outgoing.h"

namespace chathub {
namespace {

using std::string_literals::operator""s;

const std::string kBegin = "\x01\x81mask."s;  // masked, of one byte
const std::string kGoOn = "\x00\x80mask"s;    // empty
const std::string kEnd = "\x80\x80mask"s;
const std::string kPing = "\x89\x80mask"s;

TEST(FrameWatchTest, AMessageMayHaveSoManyFragmentsAndNoMore) {
  FrameWatch watch(3);
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(watch.Follow(kBegin + kPing + kGoOn + kPing + kEnd));
  EXPECT_EQ(watch.TakeFrames(), 30);
  EXPECT_EQ(watch.TakeFrames(), 0);
  EXPECT_TRUE(watch.Follow(kBegin + kGoOn + kGoOn));
  EXPECT_FALSE(watch.Follow(kEnd));
  EXPECT_FALSE(watch.Follow(kBegin));
}

TEST(FrameWatchTest, ItDoesNotMatterHowTheBytesAreCut) {
  const std::string medium = "\x01\xFE\x01\x00mask"s + std::string(256, '\x81');
  const std::string large =
      "\x00\xFF\x00\x00\x00\x00\x00\x01\x00\x00mask"s + std::string(65536, '\x81');
  const std::string bytes = medium + large + kEnd + kBegin + kGoOn + kGoOn;
  for (const std::size_t step : {1u, 2u, 7u, 1536u, 1000000u}) {
    FrameWatch watch(2);
    std::size_t at = 0;
    bool fine = true;
    for (; at < bytes.size() && fine; at += step)
      fine = watch.Follow(std::string_view(bytes).substr(at, step));
    EXPECT_FALSE(fine);
    EXPECT_EQ(watch.TakeFrames(), 3) << step;
  }
}

TEST(OutgoingTest, FramesAreCollectedAndWrittenTogether) {
  Outgoing outgoing;
  outgoing.AddText("a");
  outgoing.AddText("bc");
  EXPECT_EQ(outgoing.Next(),
            "\x81\x01"
            "a\x81\x02"
            "bc");
  outgoing.AddText("");
  outgoing.Wrote(3);
  EXPECT_EQ(outgoing.Next(),
            "\x81\x02"
            "bc");
  EXPECT_EQ(outgoing.bytes(), 6u);
  outgoing.Wrote(4);
  EXPECT_EQ(outgoing.Next(), "\x81\x00"s);
  outgoing.Wrote(2);
  EXPECT_TRUE(outgoing.empty());
}

TEST(OutgoingTest, AFrameSaysHowLongItIs) {
  for (const auto& [size, head] : {std::pair<std::size_t, std::string>{125, "\x81\x7D"},
                                   {126, "\x81\x7E\x00\x7E"s},
                                   {65535, "\x81\x7E\xFF\xFF"},
                                   {65536, "\x81\x7F\x00\x00\x00\x00\x00\x01\x00\x00"s}}) {
    Outgoing outgoing;
    outgoing.AddText(std::string(size, 'x'));
    EXPECT_EQ(outgoing.Next(), head + std::string(size, 'x')) << size;
  }
}

TEST(OutgoingTest, NothingFollowsAClose) {
  Outgoing outgoing;
  outgoing.AddFrames("\x88\x00"s);
  outgoing.AddText("late");
  EXPECT_EQ(outgoing.Next(), "\x88\x00"s);
}

TEST(OutgoingTest, WhatWaitsMayBeForgottenButNotHalfOfAFrame) {
  Outgoing outgoing;
  outgoing.AddText("begun");
  outgoing.Next();
  outgoing.Wrote(2);
  outgoing.AddText("waits");
  outgoing.Drop();
  EXPECT_EQ(outgoing.Next(), "begun");
  outgoing.Wrote(5);
  EXPECT_TRUE(outgoing.empty());
}

}  // namespace
}  // namespace chathub
