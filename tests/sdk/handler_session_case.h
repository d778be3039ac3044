// A handler's session in a time of the test's own.
#pragma once

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sdk/cpp/src/handler_session.h"
#include "tests/sdk/written_log.h"

namespace chathub::sdk {

class HandlerSessionCase : public testing::Test {
 protected:
  using Ids = std::vector<std::string>;

  HandlerSessionCase()
      : log_("handler/test", written_.Sink()),
        session_(
            {}, [](const std::string& route) { return route == "free"; }, log_) {}

  void Hear(const std::string& text) {
    const auto reply = NewFrame<v1::HandlersAttachResponse>();
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, reply.get())) << text;
    session_.Hear(reply, now_);
  }

  // Opens a stream and is greeted; what the hello said.
  v1::HandlerHello Attach(const std::string& holding = {}) {
    session_.Opened(now_);
    const auto items = Said();
    Hear("items { hello_ok { hub: 'h' instance_token: 'T' lease { seconds: 9 } " + holding + "} }");
    return items.empty() ? v1::HandlerHello() : items.front().hello();
  }

  void Deliver(const std::string& id, const std::string& room,
               const std::string& how = "attempt: 1") {
    Hear("items { delivery { id: '" + id + "' " + how +
         " event { conversation { adapter: 'a' room: 'a/" + room + "' } } } }");
  }

  std::vector<v1::HandlerItem> Said() {
    std::vector<v1::HandlerItem> said;
    while (true) {
      const v1::HandlersAttachRequest frame = SaidInOneFrame();
      if (frame.items().empty()) return said;
      said.insert(said.end(), frame.items().begin(), frame.items().end());
    }
  }

  v1::HandlersAttachRequest SaidInOneFrame() {
    v1::HandlersAttachRequest frame;
    EXPECT_TRUE(frame.ParseFromString(session_.Take(now_).bytes()));
    return frame;
  }

  // The deliveries whose functions are to run now.
  std::vector<std::string> Begun() {
    std::vector<std::string> ids;
    for (auto& job : session_.TakeJobs()) {
      ids.push_back(job->delivery->id());
      jobs_.push_back(std::move(job));
    }
    return ids;
  }

  // The function of the delivery that began last under this id returns.
  void Return(
      const std::string& id, const std::function<void(Answer&)>& answer_it = [](Answer&) {}) {
    Answer answer;
    answer_it(answer);
    for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job) {
      if ((*job)->delivery->id() == id) return session_.Returned(**job, answer);
    }
    FAIL() << id << " never began";
  }

  void Result(const std::string& id, const std::string& outcome) {
    Hear("items { finish_result { delivery: '" + id + "' " + outcome + " } }");
  }

  void Pass(std::chrono::milliseconds time) {
    now_ += time;
    session_.Tick(now_);
  }

  WrittenLog written_;
  Log log_;
  HandlerSession::Time now_{};
  HandlerSession session_;
  std::vector<std::shared_ptr<Job>> jobs_;
};

}  // namespace chathub::sdk
