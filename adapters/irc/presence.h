// The bot among others: follows who is where, and tells the hub what they say and do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/irc/channels.h"
#include "adapters/irc/features.h"
#include "adapters/irc/hub_words.h"
#include "adapters/irc/message.h"
#include "adapters/irc/moment.h"
#include "adapters/irc/netsplit.h"
#include "adapters/irc/outcome.h"

namespace chathub::irc {

class Presence {
 public:
  explicit Presence(const std::string& adapter) : words_(adapter, features_) {}

  // The server has greeted us under this nick.
  void Welcome(std::string_view nick, Outcome& outcome);
  void Hear(const Message& message, Moment now, Outcome& outcome);
  // The connection is gone, and all that was known of it.
  void Break(Outcome& outcome);
  void Tick(Moment now, Outcome& outcome);
  std::optional<Moment> NextWake() const { return netsplit_.NextWake(); }
  // Says everything again that the hub is to know.
  void TellAll(Outcome& outcome) const;

  const std::string& nick() const { return nick_; }
  bool IsUs(std::string_view nick) const { return features_.Same(nick, nick_); }
  const Features& features() const { return features_; }
  const Channels& channels() const { return channels_; }
  const HubWords& words() const { return words_; }
  // How many bytes of text fit into one line to `target`, as others will see it: with our prefix.
  std::size_t TextRoom(std::string_view target) const;

 private:
  void HearSaid(const Message& message, Outcome& outcome);
  void HearJoin(const Message& message, Outcome& outcome);
  // Who left, by themselves or not.
  void HearLeft(const Message& message, std::string_view nick, std::string_view reason,
                Outcome& outcome);
  void HearQuit(const Message& message, Moment now, Outcome& outcome);
  void HearNick(const Message& message, Outcome& outcome);
  void HearTopic(const Message& message, Outcome& outcome);
  void HearNames(const Message& message, Outcome& outcome);
  void LearnOwnAddress(const Message& message);

  Features features_;
  Channels channels_{features_};
  Netsplit netsplit_;
  const HubWords words_;
  std::string nick_;
  // What others see behind our nick: `user@host`; empty: not known yet.
  std::string address_;
};

}  // namespace chathub::irc
