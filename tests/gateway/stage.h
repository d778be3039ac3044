// A gateway in virtual time: programs whose connections are vectors, before a whole hub.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/gateway/networks.h"
#include "tests/core/small_hub.h"

namespace chathub {

// A legacy program as the test plays it.
class FakeProgram : public TextLink {
 public:
  FakeProgram(Networks& networks, Greeting greeting, Loop& loop)
      : loop_(loop), talk_(networks.Open(*this, std::move(greeting))) {
    talk_->Begin();
  }

  void Write(std::string text) override { heard.push_back(std::move(text)); }
  void Ping() override {
    if (!deaf) talk_->Lives();
  }
  void Close(const CloseReason& why) override {
    closed = why;
    loop_.Post([talk = std::move(talk_)]() mutable { talk.reset(); });
  }
  void Says(const std::string& text) {
    if (talk_ != nullptr) talk_->Hear(text);
  }
  void Leaves() { talk_.reset(); }

  std::deque<std::string> heard;
  std::optional<CloseReason> closed;
  bool deaf = false;

 private:
  Loop& loop_;
  std::unique_ptr<Talk> talk_;
};

// The hub, its gateway, and everybody who is there.
class Stage {
 public:
  explicit Stage(NetworkSettings settings = {})
      : networks(std::move(settings), hub, loop, workshop) {
    chat.Hello();
    loop.Run();
  }

  FakeProgram& Open(const std::string& name, Greeting greeting) {
    programs[name] = std::make_unique<FakeProgram>(networks, std::move(greeting), loop);
    loop.Run();
    return *programs[name];
  }

  // Answers `<word> x` with `<word>: x`, at once.
  FakeHandler& Attach(const std::string& word) {
    auto& handler = handlers[word];
    handler = std::make_unique<FakeHandler>(hub);
    handler->Hello(word, "routes { id: 'x' command { word: '" + word + "' } linger {} }");
    loop.Run();
    return *handler;
  }

  // Runs until nobody has anything to do.
  void Settle() {
    loop.Run();
    for (const auto& [word, handler] : handlers) {
      for (const v1::Delivery& delivery : std::exchange(handler->deliveries, {})) {
        handler->Finish(delivery, word + ": " + delivery.captures().at("rest"));
      }
    }
    loop.Run();
    for (const std::string& text : chat.Texts()) chat_heard.push_back(text);
    chat.DoneAll();
    loop.Run();
  }

  VirtualLoop loop;
  InlineWorkshop workshop{loop};
  const std::unique_ptr<Engine> engine = *OpenEngine({.kind = "memory"}, loop);
  Hub hub{Options(), loop, workshop, *engine};
  FakeAdapter chat{hub};
  Networks networks;
  std::map<std::string, std::unique_ptr<FakeProgram>> programs;
  std::map<std::string, std::unique_ptr<FakeHandler>> handlers;
  std::deque<std::string> chat_heard;

 private:
  static Hub::Options Options() {
    Hub::Options options;
    options.selected_adapter = "chat";
    options.adapters = {{.name = "chat"}, {.name = "wnet"}, {.name = "botcomet"}};
    return options;
  }
};

}  // namespace chathub
