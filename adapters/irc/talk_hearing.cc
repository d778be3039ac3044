// What lines from the server mean to the talk.
#include <algorithm>

#include "adapters/irc/talk.h"

namespace chathub::irc {
namespace {

constexpr Moment kNickServ{10'000};
constexpr Moment kFirstRegain{5'000};
// Requests of other clients are answered when not so much waits already.
constexpr std::size_t kFewWaiting = 3;
constexpr std::size_t kLongestRequest = 100;
constexpr std::size_t kMostBatches = 100;

}  // namespace

void Talk::HearOther(const Message& message, Moment now) {
  HearRegistration(message, now);
  if (state_ != State::kOn) return;
  const std::string label = LabelOf(message);
  AnswerRequest(message);
  HearOwn(message, now);
  presence_.Hear(message, now, outcome_);
  if (errand_) errand_->Hear(message, label, Footing());
}

void Talk::HearRegistration(const Message& message, Moment now) {
  WriteAll(registration_->Hear(message), now);
  if (registration_->failure()) {
    return HangUp(*registration_->failure(), reconnect_.Refused(), now);
  }
  if (state_ == State::kRegistering && registration_->welcomed()) Welcome(now);
  const bool nickserv =
      message.command == "NOTICE" &&
      presence_.features().Same(message.Nick(),
                                settings_.nickserv.substr(0, settings_.nickserv.find('@')));
  if (nickserv || message.command == "900") identifying_until_.reset();
}

void Talk::Welcome(Moment now) {
  state_ = State::kOn;
  since_ = now;
  // What the greeting took is forgiven.
  gate_.emplace(settings_.flood_burst, settings_.flood_interval);
  regain_at_ = now + kFirstRegain;
  outcome_.log.push_back("on IRC as " + registration_->nick());
  presence_.Welcome(registration_->nick(), outcome_);
  if (!settings_.password.empty() && !registration_->logged_in()) Identify(now);
}

void Talk::Identify(Moment now) {
  waiting_.push_front(FormatLine(
      "PRIVMSG", {settings_.nickserv, "IDENTIFY " + settings_.account + " " + settings_.password}));
  identifying_until_ = now + kNickServ;
}

// What the server says of ourselves.
void Talk::HearOwn(const Message& message, Moment now) {
  const std::string_view channel = message.Param(0);
  const bool us = presence_.IsUs(message.Nick());
  if (message.command == "JOIN" && us) {
    rooms_.Joined(channel);
  } else if (message.command == "PART" && us) {
    rooms_.Forsake(channel);
  } else if (message.command == "KICK" && presence_.IsUs(message.Param(1))) {
    outcome_.log.push_back("kicked out of " + std::string(channel));
    if (settings_.return_after_kick == Moment(0)) return StayAway(channel, message);
    rooms_.Out(channel, now + settings_.return_after_kick);
  } else if (const auto refusal = RefusalOf(message)) {
    rooms_.Refused(message.Param(1), *refusal, now);
  } else if (!us && (message.command == "NICK" || message.command == "QUIT") &&
             presence_.features().Same(message.Nick(), settings_.nick)) {
    // Ours, perhaps, in a moment.
    regain_at_ = now;
  }
}

// The hub hears it as an event, so that it does not send us back some day.
void Talk::StayAway(std::string_view channel, const Message& message) {
  rooms_.Forsake(channel);
  const Channel* left = presence_.channels().Find(channel);
  if (left == nullptr) return;
  Happening happening = presence_.words().In(*left, message);
  *happening.event.mutable_user() = presence_.words().User(presence_.nick());
  happening.event.mutable_left()->set_reason(std::string(message.Param(2)));
  outcome_.happenings.push_back(std::move(happening));
}

// Who asks what we are, or whether we are there (CTCP); a flood of such requests is not answered.
void Talk::AnswerRequest(const Message& message) {
  const std::string_view text = message.Param(1);
  if (message.command != "PRIVMSG" || !presence_.IsUs(message.Param(0)) ||
      waiting_.size() >= kFewWaiting) {
    return;
  }
  const std::string to(message.Nick());
  if (text.starts_with("\x01VERSION")) {
    waiting_.push_back(FormatLine("NOTICE", {to, "\x01VERSION Chathub\x01"}));
  } else if (text.starts_with("\x01PING ") && text.size() <= kLongestRequest) {
    waiting_.push_back(FormatLine("NOTICE", {to, std::string(text)}));
  }
}

std::string Talk::LabelOf(const Message& message) {
  const std::string label(message.Tag("label"));
  if (message.command == "BATCH") {
    const std::string reference(
        message.Param(0).substr(std::min<std::size_t>(1, message.Param(0).size())));
    // More than ever are open at a time; who opens so many closes none.
    if (labels_of_batches_.size() >= kMostBatches) labels_of_batches_.clear();
    if (message.Param(0).starts_with('+') && !label.empty()) labels_of_batches_[reference] = label;
    if (message.Param(0).starts_with('-')) labels_of_batches_.erase(reference);
  }
  if (!label.empty()) return label;
  const auto batch = labels_of_batches_.find(std::string(message.Tag("batch")));
  return batch == labels_of_batches_.end() ? "" : batch->second;
}

}  // namespace chathub::irc
