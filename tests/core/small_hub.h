// A whole hub in virtual time, with adapters and handlers whose wires are vectors.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "hub/core/hub.h"
#include "hub/engine/open.h"
#include "tests/engine/failing_engine.h"
#include "tests/support/virtual_loop.h"

namespace chathub {

template <class Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// An attached adapter as the test plays it.
class FakeAdapter : public AdapterLink {
 public:
  explicit FakeAdapter(Hub& hub) : session_(hub.OpenAdapter(*this, Pass::Owner())) {}

  void Say(const v1::AdapterCommand& command) override {
    if (command.has_order()) orders.push_back(command.order());
    if (command.has_accepted()) accepted = command.accepted().up_to();
    if (command.has_settled()) settled = command.settled().up_to();
    if (command.has_ping()) ++pings;
    if (command.has_hello_ok()) hello_ok = command.hello_ok();
  }
  void Close(const absl::Status& why) override { closed = why; }

  void Hello(const std::string& epoch = "e1", const std::string& incarnation = "i1",
             const std::string& more = "") {
    Hear("hello { name: 'chat' epoch: '" + epoch + "' incarnation: '" + incarnation +
         "' own_user_id: 'chat/bot' mention_names: 'hub' capabilities { edit: true } " + more +
         " }");
  }
  void Hear(const std::string& item) { session_->Hear(Parse<v1::AdapterItem>(item)); }
  // A private text, so it is addressed.
  void Text(const std::string& text, const std::string& user = "alice") {
    Event("conversation { user: 'chat/" + user + "' } user { id: 'chat/" + user +
          "' } message { content { text: '" + text + "' } }");
  }
  void TextInRoom(const std::string& text, const std::string& more = "") {
    Event("conversation { room: 'chat/lobby' } user { id: 'chat/alice' " + more +
          " } message { content { text: '" + text + "' } }");
  }
  void Event(const std::string& event, const std::string& more = "") {
    Hear("event { seq: " + std::to_string(++seq) + " " + more + " event { " + event + " } }");
  }
  void Done(const std::string& key) {
    Hear("done { key: '" + key + "' results { platform_ids: 'p' } }");
  }
  void DoneAll() {
    for (const v1::Order& order : std::exchange(orders, {})) Done(order.key());
  }
  std::vector<std::string> Texts() const {
    std::vector<std::string> texts;
    for (const v1::Order& order : orders) {
      for (const v1::Action& action : order.actions()) {
        texts.push_back(action.send().content().text());
      }
    }
    return texts;
  }
  void Hangup() { session_.reset(); }

  std::vector<v1::Order> orders;
  std::uint64_t accepted = 0;
  std::uint64_t settled = 0;
  std::uint64_t seq = 0;
  int pings = 0;
  std::optional<v1::AdapterHelloOk> hello_ok;
  std::optional<absl::Status> closed;

 private:
  std::unique_ptr<AdapterSession> session_;
};

// An attached handler as the test plays it.
class FakeHandler : public HandlerLink {
 public:
  explicit FakeHandler(Hub& hub, const Pass& pass = Pass::Owner())
      : session_(hub.OpenHandler(*this, pass)) {}

  void Say(const v1::HandlerCommand& command) override {
    if (command.has_delivery()) deliveries.push_back(command.delivery());
    if (command.has_finish_result()) results.push_back(command.finish_result());
    if (command.has_cancel()) cancels.push_back(command.cancel());
    if (command.has_posted()) posted.push_back(command.posted());
    if (command.has_hello_ok()) hello_ok = command.hello_ok();
  }
  void Close(const absl::Status& why) override { closed = why; }

  void Hear(const std::string& item) { session_->Hear(Parse<v1::HandlerItem>(item)); }
  // As its stream asks before that.
  Milliseconds Wait(const v1::HandlerItem& item) { return session_->Wait(item); }
  void Hello(const std::string& name, const std::string& routes, const std::string& more = "") {
    Hear("hello { name: '" + name + "' " + routes + " " + more + " }");
  }
  void Finish(const v1::Delivery& delivery, const std::string& text, const std::string& more = "") {
    const std::string action =
        text.empty() ? "" : "actions { send { content { text: '" + text + "' } } }";
    Hear("finish { delivery: '" + delivery.id() +
         "' attempt: " + std::to_string(delivery.attempt()) + " " + action + " " + more + " }");
  }
  void Nack(const v1::Delivery& delivery, const std::string& more = "") {
    Hear("nack { delivery: '" + delivery.id() + "' attempt: " + std::to_string(delivery.attempt()) +
         " " + more + " }");
  }
  void Renew(const v1::Delivery& delivery) {
    Hear("renew { deliveries: '" + delivery.id() + "' }");
  }
  std::vector<std::string> Texts() const {
    std::vector<std::string> texts;
    for (const v1::Delivery& delivery : deliveries) texts.push_back(delivery.text());
    return texts;
  }
  v1::FinishOutcome LastOutcome() const {
    return results.empty() ? v1::FINISH_OUTCOME_UNSPECIFIED : results.back().outcome();
  }
  void Hangup() { session_.reset(); }

  std::vector<v1::Delivery> deliveries;
  std::vector<v1::FinishResult> results;
  std::vector<v1::Cancel> cancels;
  std::vector<v1::Posted> posted;
  std::optional<v1::HandlerHelloOk> hello_ok;
  std::optional<absl::Status> closed;

 private:
  std::unique_ptr<HandlerSession> session_;
};

class SmallHub : public testing::Test {
 protected:
  using Ms = Milliseconds;

  SmallHub() {
    adapter_.Hello();
    loop_.Run();
  }

  // An attached instance; what `routes` says is text of v1::HandlerHello.
  FakeHandler& Attach(const std::string& name, const std::string& routes,
                      const std::string& more = "") {
    handlers_.push_back(std::make_unique<FakeHandler>(hub_));
    handlers_.back()->Hello(name, routes, more);
    loop_.Run();
    return *handlers_.back();
  }
  // A command route with more of v1::Route behind it.
  static std::string Word(const std::string& word, const std::string& more = "") {
    return "routes { id: '" + word + "' command { word: '" + word + "' } " + more + " }";
  }
  void Text(const std::string& text, const std::string& user = "alice") {
    adapter_.Text(text, user);
    loop_.Run();
  }
  static Hub::Options Options() {
    Hub::Options options;
    options.selected_adapter = "chat";
    options.adapters = {{.name = "chat"}};
    options.handler_mailbox = 50;
    return options;
  }

  VirtualLoop loop_;
  InlineWorkshop workshop_{loop_};
  FailingEngine engine_{*OpenEngine({.kind = "memory"}, loop_)};
  Hub hub_{Options(), loop_, workshop_, engine_};
  FakeAdapter adapter_{hub_};
  std::deque<std::unique_ptr<FakeHandler>> handlers_;
};

}  // namespace chathub
