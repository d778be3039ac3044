// A handler's session in a time of the test's own.
#pragma once

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <chrono>
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
    v1::HandlersAttachResponse reply;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &reply)) << text;
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
    v1::HandlersAttachRequest frame;
    std::vector<v1::HandlerItem> said;
    while (session_.Fill(frame, now_)) {
      said.insert(said.end(), frame.items().begin(), frame.items().end());
      frame.Clear();
    }
    return said;
  }

  // The deliveries whose functions are to run now.
  std::vector<std::string> Begun() {
    std::vector<std::string> ids;
    for (Job& job : session_.TakeJobs()) {
      ids.push_back(job.delivery->id());
      jobs_.push_back(std::move(job));
    }
    return ids;
  }

  // The function of the delivery that began last under this id returns.
  void Return(const std::string& id, Answer answer = {}) {
    for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job) {
      if (job->delivery->id() == id) return session_.Returned(job->number, std::move(answer));
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
  std::vector<Job> jobs_;
};

}  // namespace chathub::sdk
