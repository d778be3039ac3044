#include "adapters/irc/errand.h"

#include <algorithm>

#include "adapters/irc/text.h"
#include "chathub/plain_text.h"

namespace chathub::irc {
namespace {

constexpr Moment kPatience{30'000};

// No server has longer names.
constexpr std::size_t kLongestTarget = 200;

// At a comma begins another target, at a space the text; '$' begins a whole network.
bool IsTarget(std::string_view name) {
  return !name.empty() && name.size() <= kLongestTarget && name.front() != '$' &&
         name.front() != ':' &&
         name.find_first_of(std::string_view(" ,\r\n\0\a*?!@", 11)) == std::string_view::npos;
}

std::string CutTo(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
  return text.substr(0, most);
}

}  // namespace

bool Errand::done() const {
  return failed_ || results_.size() == static_cast<std::size_t>(order_.actions_size());
}

void Errand::Succeed(const std::vector<std::string>& ids) {
  v1::ActionResult& result = results_.emplace_back();
  result.mutable_platform_ids()->Assign(ids.begin(), ids.end());
  speech_.reset();
  answer_until_.reset();
}

void Errand::Fail(v1::Reason reason, const std::string& detail) {
  v1::Problem& problem = *results_.emplace_back().mutable_problem();
  problem.set_reason(reason);
  problem.set_detail(detail);
  failed_ = true;
}

std::optional<std::string> Errand::Next(const Footing& footing, Moment now) {
  while (!done()) {
    const std::size_t before = results_.size();
    if (IsLate(now)) {
      Fail(v1::REASON_EXPIRED, "its time was over before IRC could hear it");
    } else if (answer_until_ && *answer_until_ <= now) {
      Fail(v1::REASON_GOING_AWAY, "the server does not answer");
    } else {
      if (speech_) speech_->Tick(now);
      const v1::Action& action = order_.actions(static_cast<int>(before));
      if (auto line = NextOf(action, footing, now)) return line;
    }
    if (results_.size() == before) return std::nullopt;
  }
  return std::nullopt;
}

bool Errand::IsLate(Moment now) const {
  const bool said = speech_ && speech_->all_written();
  return deadline_ && *deadline_ <= now && !said && !answer_until_;
}

std::optional<std::string> Errand::NextOf(const v1::Action& action, const Footing& footing,
                                          Moment now) {
  switch (action.kind_case()) {
    case v1::Action::kSend:
      return Say(action.send(), footing);
    case v1::Action::kJoin:
      return Join(footing, now);
    case v1::Action::kPart:
      return Part(footing, now);
    case v1::Action::kTopic:
      return SetTopic(action.topic().topic(), footing, now);
    case v1::Action::kTyping:
      Succeed();
      return std::nullopt;
    default:
      Fail(v1::REASON_UNSUPPORTED, "IRC can neither edit nor delete messages, nor react to them");
      return std::nullopt;
  }
}

std::optional<std::string> Errand::Target(const Footing& footing) const {
  const v1::Conversation& where = order_.conversation();
  const bool private_talk = where.room().empty();
  std::string name = footing.presence.words().NativeId(private_talk ? where.user() : where.room());
  const bool channel = footing.presence.features().IsChannel(name);
  if (!IsTarget(name) || channel == private_talk) return std::nullopt;
  return name;
}

bool Errand::IsThere(const std::string& target, const Footing& footing) {
  if (!footing.ready) return false;
  if (!footing.presence.features().IsChannel(target)) return true;
  if (footing.presence.channels().Find(target) != nullptr) return true;
  if (const auto refusal = footing.rooms.RefusalOf(target)) {
    Fail(refusal->reason, refusal->text);
  } else if (!footing.rooms.Wants(target)) {
    Fail(v1::REASON_NO_SUCH_PEER, "the bot is not in " + target + "; let it join first");
  }
  return false;
}

std::optional<std::string> Errand::Say(const v1::SendAction& action, const Footing& footing) {
  const auto target = Target(footing);
  if (!target) {
    Fail(v1::REASON_NO_SUCH_PEER, "that is no nick or channel");
    return std::nullopt;
  }
  if (!(speech_ && speech_->all_written()) && !IsThere(*target, footing)) return std::nullopt;
  if (!speech_) {
    speech_.emplace(*target, PlainText(action.content()), footing.presence.TextRoom(*target),
                    footing.last_label);
  }
  if (speech_->done()) {
    Succeed(speech_->ids());
    return std::nullopt;
  }
  return footing.ready && footing.may_write ? speech_->Next(footing.confirmation) : std::nullopt;
}

std::optional<std::string> Errand::Join(const Footing& footing, Moment now) {
  const auto target = Target(footing);
  if (!target || !footing.presence.features().IsChannel(*target)) {
    Fail(v1::REASON_NO_SUCH_PEER, "that is no channel");
    return std::nullopt;
  }
  if (footing.presence.channels().Find(*target) != nullptr) {
    Succeed();
    return std::nullopt;
  }
  if (!footing.ready) return std::nullopt;
  if (!answer_until_) {
    footing.rooms.Want(*target);
    answer_until_ = now + kPatience;
  } else if (const auto refusal = footing.rooms.RefusalOf(*target)) {
    footing.rooms.Forsake(*target);
    Fail(refusal->reason, refusal->text);
  }
  return std::nullopt;
}

std::optional<std::string> Errand::Part(const Footing& footing, Moment now) {
  const auto target = Target(footing);
  if (!target || !footing.presence.features().IsChannel(*target)) {
    Fail(v1::REASON_NO_SUCH_PEER, "that is no channel");
    return std::nullopt;
  }
  footing.rooms.Forsake(*target);
  if (footing.presence.channels().Find(*target) != nullptr) {
    return Ask(FormatLine("PART", {*target}), footing, now);
  }
  Succeed();
  return std::nullopt;
}

std::optional<std::string> Errand::SetTopic(const std::string& topic, const Footing& footing,
                                            Moment now) {
  const auto target = Target(footing);
  if (!target || !footing.presence.features().IsChannel(*target)) {
    Fail(v1::REASON_NO_SUCH_PEER, "that is no channel");
    return std::nullopt;
  }
  if (!IsThere(*target, footing)) return std::nullopt;
  const std::size_t room = footing.presence.TextRoom(*target);
  const std::size_t known = footing.presence.features().topic_length();
  const std::string line = CutTo(OneLine(topic), known == 0 ? room : std::min(known, room));
  return Ask(FormatLine("TOPIC", {*target, line}), footing, now);
}

std::optional<std::string> Errand::Ask(std::string line, const Footing& footing, Moment now) {
  if (answer_until_ || !footing.may_write) return std::nullopt;
  answer_until_ = now + kPatience;
  return line;
}

void Errand::Written(const Footing& footing, Moment now) {
  if (speech_) speech_->Written(footing.confirmation.echo, now);
}

void Errand::Hear(const Message& message, std::string_view label, const Footing& footing) {
  if (done()) return;
  const Features& features = footing.presence.features();
  const auto target = Target(footing);
  const bool ours = footing.presence.IsUs(message.Nick());
  if (speech_ && ours && message.command == "PRIVMSG" &&
      features.Same(message.Param(0), speech_->target())) {
    return speech_->Echoed(label, message.Tag("msgid"));
  }
  if (target && ours && answer_until_ && message.command == "TOPIC" &&
      order_.actions(static_cast<int>(results_.size())).has_topic() &&
      features.Same(message.Param(0), *target)) {
    return Succeed();
  }
  const auto refusal = RefusalOf(message);
  if (!refusal || !target || !features.Same(message.Param(1), *target)) return;
  // A label says exactly what was refused; without one it is what we are about.
  const bool about_us = speech_ ? label.empty() || speech_->Owns(label) : answer_until_.has_value();
  const bool joining = order_.actions(static_cast<int>(results_.size())).has_join();
  if (about_us && !joining) Fail(refusal->reason, refusal->text);
}

void Errand::Break() {
  if (speech_) speech_->Break();
  answer_until_.reset();
}

std::optional<Moment> Errand::NextWake() const {
  std::optional<Moment> next = answer_until_;
  if (!next && deadline_ && !(speech_ && speech_->all_written())) next = deadline_;
  if (!speech_) return next;
  const auto echo = speech_->NextWake();
  return next && echo ? std::min(*next, *echo) : echo ? echo : next;
}

}  // namespace chathub::irc
