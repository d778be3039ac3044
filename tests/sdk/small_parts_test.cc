// The small parts that the sessions stand on.
#include <google/protobuf/message.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>

#include "chathub/channel.h"
#include "chathub/internal/rpc_status.pb.h"
#include "chathub/plain_text.h"
#include "chathub/v1/message.pb.h"
#include "sdk/cpp/src/alarm.h"
#include "sdk/cpp/src/backoff.h"
#include "sdk/cpp/src/doorbell.h"
#include "sdk/cpp/src/durations.h"
#include "sdk/cpp/src/event_text.h"
#include "sdk/cpp/src/log.h"
#include "sdk/cpp/src/names.h"
#include "sdk/cpp/src/utf8.h"
#include "tests/sdk/written_log.h"

namespace chathub::sdk {
namespace {

using std::chrono::milliseconds;

TEST(BackoffTest, WaitsLongerEachTimeUpToFiveSecondsAndBeginsAnew) {
  Backoff backoff;
  EXPECT_EQ(backoff.Next(1), milliseconds(100));
  EXPECT_EQ(backoff.Next(0), milliseconds(100));
  EXPECT_EQ(backoff.Next(0.5), milliseconds(300));
  for (int i = 0; i < 10; ++i) backoff.Next(1);
  EXPECT_EQ(backoff.Next(1), milliseconds(5000));
  backoff.Reset();
  EXPECT_EQ(backoff.Next(0), milliseconds(50));
}

TEST(AlarmTest, WhatCameBeforeTheWaitIsNotLost) {
  Alarm alarm;
  alarm.Set(std::chrono::nanoseconds(1));
  alarm.Wait();
}

TEST(AlarmTest, TheTimeThatWasSetLastCounts) {
  Alarm alarm;
  alarm.Set(std::chrono::hours(1));
  std::thread sleeper([&] { alarm.Wait(); });
  alarm.Cancel();
  alarm.Set(std::chrono::nanoseconds(1));
  sleeper.join();
}

TEST(DoorbellTest, ARingBeforeTheWaitIsNotLostAndCountsOnce) {
  Doorbell doorbell;
  doorbell.Ring();
  doorbell.Ring();
  doorbell.Wait(std::nullopt);
  const auto soon = std::chrono::steady_clock::now() + milliseconds(2);
  doorbell.Wait(soon);
  EXPECT_GE(std::chrono::steady_clock::now(), soon);
}

TEST(DurationsTest, WhatGoesToTheWireComesBack) {
  EXPECT_EQ(FromProto(ToProto(milliseconds(12'345))), milliseconds(12'345));
  const auto before_the_epoch = std::chrono::system_clock::time_point(
      std::chrono::duration_cast<std::chrono::system_clock::duration>(milliseconds(-1)));
  EXPECT_EQ(FromProto(ToProto(before_the_epoch)), before_the_epoch);
  EXPECT_EQ(ToProto(before_the_epoch).nanos(), 999'000'000);
}

TEST(LogTest, NobodyCanForgeALine) {
  WrittenLog written;
  Log("handler/x", written.Sink()).Line("a\nb\x1b[2J");
  EXPECT_EQ(written.Count("handler/x: a\\x0ab\\x1b[2J"), 1);
}

TEST(NamesTest, OnlyWhatTheWireAllowsIsAName) {
  EXPECT_TRUE(IsPeerName("a.b_c-9"));
  EXPECT_TRUE(IsPeerName(std::string(64, 'a')));
  EXPECT_FALSE(IsPeerName(std::string(65, 'a')));
  EXPECT_FALSE(IsPeerName(""));
  EXPECT_FALSE(IsPeerName("-a"));
  EXPECT_FALSE(IsPeerName("a b"));
  EXPECT_FALSE(IsPeerName("\xc3\xa4"));
}

TEST(Utf8Test, TextStaysAndEveryStrayByteIsReplaced) {
  const std::string good = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80";
  EXPECT_EQ(ToUtf8(good), good);
  const std::string mark = "\xef\xbf\xbd";
  EXPECT_EQ(ToUtf8("\x80"), mark);
  EXPECT_EQ(ToUtf8("\xc3"), mark);
  EXPECT_EQ(ToUtf8("\xc0\xaf"), mark + mark) << "overlong";
  EXPECT_EQ(ToUtf8("\xed\xa0\x80"), mark + mark + mark) << "a surrogate";
  EXPECT_EQ(ToUtf8("\xf4\x90\x80\x80"), mark + mark + mark + mark) << "beyond Unicode";
}

// Calls `with` with each string of the message, at most so deep in it, made something that is no
// UTF-8, one after the other.
void SpoilEach(google::protobuf::Message& part, int depth, const std::function<void()>& with) {
  using google::protobuf::FieldDescriptor;
  const auto& reflection = *part.GetReflection();
  for (int i = 0; i < part.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = part.GetDescriptor()->field(i);
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      field->is_repeated() ? reflection.AddString(&part, field, "\xff")
                           : reflection.SetString(&part, field, "\xff");
      with();
    } else if (field->type() == FieldDescriptor::TYPE_MESSAGE && depth > 0) {
      SpoilEach(field->is_repeated() ? *reflection.AddMessage(&part, field)
                                     : *reflection.MutableMessage(&part, field),
                depth - 1, with);
    }
    reflection.ClearField(&part, field);
  }
}

TEST(EventTextTest, NoStringOfAnEventIsForgotten) {
  int strings = 0;
  v1::Event event;
  SpoilEach(event, 4, [&] {
    ++strings;
    v1::Event repaired = event;
    if (event.kind_case() == v1::Event::KIND_NOT_SET) repaired.mutable_message();
    RepairEvent(repaired);
    EXPECT_NE(repaired.DebugString().find("\\357\\277\\275"), std::string::npos)
        << event.DebugString();
  });
  EXPECT_GT(strings, 30);
}

TEST(ChannelTest, TheHubsOwnWordsAreReadFromAStatus) {
  v1::Problem problem;
  problem.set_reason(v1::REASON_BAD_ROUTE);
  problem.set_detail("route 1: missing )");
  internal::RpcStatus details;
  details.add_details()->PackFrom(problem);
  const grpc::Status status(grpc::StatusCode::INVALID_ARGUMENT, "short",
                            details.SerializeAsString());
  EXPECT_EQ(ProblemOf(status)->reason(), v1::REASON_BAD_ROUTE);
  EXPECT_EQ(Explain(status), "route 1: missing )");
  EXPECT_EQ(Explain({grpc::StatusCode::UNAVAILABLE, "gone"}), "gone");
  EXPECT_FALSE(ProblemOf({grpc::StatusCode::UNAVAILABLE, "gone", "garbage"}));
}

TEST(PlainTextTest, BlocksAreReadableWithoutMarkup) {
  v1::Content content;
  content.add_blocks()->mutable_heading()->add_spans()->set_text("Title");
  auto& list = *content.add_blocks()->mutable_list();
  list.set_ordered(true);
  auto& spans = *list.add_items()->add_blocks()->mutable_paragraph();
  spans.add_spans()->set_text("see ");
  auto& link = *spans.add_spans();
  link.set_text("here");
  link.set_link("https://a.b/");
  auto& quote = *content.add_blocks()->mutable_quote();
  quote.add_blocks()->mutable_code()->set_text("x\ny");
  auto& attachment = *content.add_attachments();
  attachment.set_name("cat.png");
  EXPECT_EQ(PlainText(content), "Title\n1. see here <https://a.b/>\n> x\n> y\n[cat.png]");
  content.set_text("as it is");
  EXPECT_EQ(PlainText(content), "as it is\n[cat.png]");
}

}  // namespace
}  // namespace chathub::sdk
