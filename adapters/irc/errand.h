// One order of the hub being done: its actions, one after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/irc/moment.h"
#include "adapters/irc/presence.h"
#include "adapters/irc/speech.h"
#include "adapters/irc/wanted_rooms.h"

namespace chathub::irc {

class Errand {
 public:
  // What it stands on while the connection holds.
  struct Footing {
    const Presence& presence;
    WantedRooms& rooms;
    // The server has greeted us, and knows who we are.
    bool ready = false;
    // A line can be written now.
    bool may_write = false;
    Confirmation confirmation = {};
    std::uint64_t& last_label;
  };

  // Not begun after the deadline.
  Errand(v1::Order order, std::optional<Moment> deadline)
      : order_(std::move(order)), deadline_(deadline) {}

  // Goes on as far as it can; the next line to be written, if there is one.
  std::optional<std::string> Next(const Footing& footing, Moment now);
  // The first piece of text that was not yet is written.
  void Written(const Footing& footing, Moment now);
  void Hear(const Message& message, std::string_view label, const Footing& footing);
  void Break();
  std::optional<Moment> NextWake() const;

  // What Next gave last was a piece of text.
  bool speaks() const { return speech_.has_value(); }
  bool done() const;
  // One for each action that was tried.
  const std::vector<v1::ActionResult>& results() const { return results_; }

 private:
  std::optional<std::string> Say(const v1::SendAction& action, const Footing& footing);
  std::optional<std::string> Join(const Footing& footing, Moment now);
  std::optional<std::string> Part(const Footing& footing, Moment now);
  std::optional<std::string> SetTopic(const std::string& topic, const Footing& footing, Moment now);
  std::optional<std::string> NextOf(const v1::Action& action, const Footing& footing, Moment now);

  // Whom or where the order is for, in IRC's words; nothing if that can be nobody.
  std::optional<std::string> Target(const Footing& footing) const;
  // The bot can speak there; fails the action if it never will.
  bool IsThere(const std::string& target, const Footing& footing);
  bool IsLate(Moment now) const;
  // Asks once; how long the server may take to answer.
  std::optional<std::string> Ask(std::string line, const Footing& footing, Moment now);

  void Succeed(const std::vector<std::string>& ids = {});
  void Fail(v1::Reason reason, const std::string& detail);

  const v1::Order order_;
  const std::optional<Moment> deadline_;
  std::vector<v1::ActionResult> results_;
  bool failed_ = false;
  // Of the action in hand.
  std::optional<Speech> speech_;
  std::optional<Moment> answer_until_;
};

}  // namespace chathub::irc
