#include "adapters/irc/presence.h"

#include <algorithm>

#include "adapters/irc/text.h"

namespace chathub::irc {
namespace {

// A user of 10 bytes and a host of 63, as long as they are not known.
constexpr std::size_t kLongestAddress = 10 + 1 + 63;

constexpr std::string_view kAction =
    "\x01"
    "ACTION ";

// What was said; nothing if it is another request between clients than ACTION.
std::optional<std::string> Said(std::string_view text) {
  if (!text.starts_with('\x01')) return WithoutFormatting(text);
  if (!text.starts_with(kAction)) return std::nullopt;
  text.remove_prefix(kAction.size());
  if (text.ends_with('\x01')) text.remove_suffix(1);
  return "/me " + WithoutFormatting(text);
}

}  // namespace

void Presence::Welcome(std::string_view nick, Outcome& outcome) {
  nick_ = nick;
  outcome.nick = nick_;
}

std::size_t Presence::TextRoom(std::string_view target) const {
  const std::size_t address = address_.empty() ? kLongestAddress : address_.size();
  // `:nick!address PRIVMSG target :text` and the line end.
  const std::size_t around = nick_.size() + address + target.size() + 15;
  return features_.line_length() - std::min(around, features_.line_length() - 4);
}

void Presence::Hear(const Message& message, Moment now, Outcome& outcome) {
  const std::string& command = message.command;
  if (IsUs(message.Nick())) LearnOwnAddress(message);
  if (command == "PRIVMSG") {
    HearSaid(message, outcome);
  } else if (command == "JOIN") {
    HearJoin(message, outcome);
  } else if (command == "PART") {
    HearLeft(message, message.Nick(), message.Param(1), outcome);
  } else if (command == "KICK") {
    HearLeft(message, message.Param(1), "kicked by " + std::string(message.Nick()), outcome);
  } else if (command == "QUIT") {
    HearQuit(message, now, outcome);
  } else if (command == "NICK") {
    HearNick(message, outcome);
  } else if (command == "TOPIC" || command == "332" || command == "331") {
    HearTopic(message, outcome);
  } else if (command == "353") {
    HearNames(message, outcome);
  } else if (command == "005") {
    features_.Learn(message);
  } else if (command == "396") {
    // The host that others see.
    const auto at = std::min(address_.find('@'), address_.size());
    if (!address_.empty()) address_ = address_.substr(0, at) + "@" + std::string(message.Param(1));
  } else if (command == "CHGHOST" && IsUs(message.Nick())) {
    address_ = std::string(message.Param(0)) + "@" + std::string(message.Param(1));
  }
}

void Presence::LearnOwnAddress(const Message& message) {
  const auto mark = message.source.find('!');
  if (mark != std::string::npos) address_ = message.source.substr(mark + 1);
}

void Presence::HearSaid(const Message& message, Outcome& outcome) {
  // Servers speak in notices; what we say ourselves is an echo.
  if (message.source.find('!') == std::string::npos || IsUs(message.Nick())) return;
  const auto text = Said(message.Param(1));
  if (!text) return;
  const Channel* channel = channels_.Find(message.Param(0));
  if (channel == nullptr && !IsUs(message.Param(0))) return;
  Happening happening =
      channel != nullptr ? words_.In(*channel, message) : words_.InPrivate(message);
  v1::ChatMessage& said = *happening.event.mutable_message();
  said.mutable_content()->set_text(*text);
  said.set_platform_id(happening.id);
  outcome.happenings.push_back(std::move(happening));
}

void Presence::HearJoin(const Message& message, Outcome& outcome) {
  if (IsUs(message.Nick())) channels_.Enter(message.Param(0));
  const Channel* channel = channels_.Find(message.Param(0));
  if (channel == nullptr) return;
  channels_.Add(channel->name, message.Nick());
  if (IsUs(message.Nick())) return outcome.rooms.push_back(words_.Room(*channel));
  if (netsplit_.ComesBack(features_.Fold(channel->name), features_.Fold(message.Nick()))) return;
  Happening happening = words_.In(*channel, message);
  happening.event.mutable_joined();
  outcome.happenings.push_back(std::move(happening));
}

void Presence::HearLeft(const Message& message, std::string_view nick, std::string_view reason,
                        Outcome& outcome) {
  const Channel* channel = channels_.Find(message.Param(0));
  if (channel == nullptr) return;
  if (IsUs(nick)) {
    outcome.rooms.push_back(words_.Room(*channel, false));
    return channels_.Leave(message.Param(0));
  }
  Happening happening = words_.In(*channel, message);
  // Of a kick the line says who did it, and the event who left.
  if (!features_.Same(nick, message.Nick())) *happening.event.mutable_user() = words_.User(nick);
  const bool kicked = message.command == "KICK" && !message.Param(2).empty();
  happening.event.mutable_left()->set_reason(WithoutFormatting(
      kicked ? std::string(reason) + ": " + std::string(message.Param(2)) : std::string(reason)));
  outcome.happenings.push_back(std::move(happening));
  channels_.Remove(message.Param(0), nick);
}

void Presence::HearQuit(const Message& message, Moment now, Outcome& outcome) {
  const std::string reason = WithoutFormatting(message.Param(0));
  for (const std::string& name : channels_.Of(message.Nick())) {
    if (Netsplit::IsReason(reason)) {
      netsplit_.Take({features_.Fold(name), features_.Fold(message.Nick()), reason}, now);
    } else {
      Happening happening = words_.In(*channels_.Find(name), message);
      happening.event.mutable_left()->set_reason(reason);
      outcome.happenings.push_back(std::move(happening));
    }
    channels_.Remove(name, message.Nick());
  }
}

// Nobody came or went: the hub hears of a user, of no event.
void Presence::HearNick(const Message& message, Outcome& outcome) {
  channels_.Rename(message.Nick(), message.Param(0));
  if (!IsUs(message.Nick())) return outcome.users.push_back(words_.User(message.Param(0)));
  nick_ = message.Param(0);
  outcome.nick = nick_;
}

void Presence::HearTopic(const Message& message, Outcome& outcome) {
  const bool changed = message.command == "TOPIC";
  Channel* channel = channels_.Find(message.Param(changed ? 0 : 1));
  if (channel == nullptr) return;
  channel->topic =
      message.command == "331" ? "" : WithoutFormatting(message.Param(changed ? 1 : 2));
  if (!changed) return outcome.rooms.push_back(words_.Room(*channel));
  if (IsUs(message.Nick())) return outcome.rooms.push_back(words_.Room(*channel));
  Happening happening = words_.In(*channel, message);
  happening.event.mutable_topic()->set_topic(channel->topic);
  outcome.happenings.push_back(std::move(happening));
}

void Presence::HearNames(const Message& message, Outcome& outcome) {
  std::string_view rest = message.Param(3);
  while (!rest.empty()) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    const std::string_view nick = features_.WithoutRank(word);
    if (nick.empty() || channels_.Find(message.Param(2)) == nullptr) continue;
    channels_.Add(message.Param(2), nick);
    if (!IsUs(nick)) outcome.users.push_back(words_.User(nick));
  }
}

void Presence::Tick(Moment now, Outcome& outcome) {
  for (const Netsplit::Lost& lost : netsplit_.GiveUp(now)) {
    const Channel* channel = channels_.Find(lost.channel);
    if (channel == nullptr) continue;
    Message line;
    line.source = lost.nick;
    Happening happening = words_.In(*channel, line);
    happening.event.mutable_left()->set_reason(lost.reason);
    outcome.happenings.push_back(std::move(happening));
  }
}

void Presence::Break(Outcome& outcome) {
  for (const Channel* channel : channels_.All()) {
    outcome.rooms.push_back(words_.Room(*channel, false));
  }
  netsplit_.Forget();
  channels_.Forget();
  features_ = Features();
  address_.clear();
}

void Presence::TellAll(Outcome& outcome) const {
  for (const Channel* channel : channels_.All()) {
    outcome.rooms.push_back(words_.Room(*channel));
    for (const auto& [folded, nick] : channel->members) {
      if (!IsUs(nick)) outcome.users.push_back(words_.User(nick));
    }
  }
}

}  // namespace chathub::irc
