#include "adapters/irc/talk.h"

#include <algorithm>
#include <utility>

#include "adapters/irc/text.h"

namespace chathub::irc {
namespace {

// For a connection, with TLS; for the server to greet us.
constexpr Moment kPatience{60'000};
// After so much silence the server is asked whether it lives, and then has half as much.
constexpr Moment kSilence{60'000};
// A connection that held so long was a good one.
constexpr Moment kGood{60'000};
constexpr Moment kRegain{60'000};

}  // namespace

Talk::Talk(Settings settings, std::function<double()> chance)
    : settings_(std::move(settings)), presence_(settings_.adapter), reconnect_(std::move(chance)) {
  for (const std::string& channel : settings_.channels) rooms_.Want(channel);
}

void Talk::Start(Moment now) {
  connect_at_ = now;
  Advance(now);
}

void Talk::Connected(Moment now) {
  state_ = State::kRegistering;
  since_ = heard_at_ = now;
  ping_out_ = false;
  registration_.emplace(settings_);
  gate_.emplace(settings_.flood_burst, settings_.flood_interval);
  WriteAll(registration_->Begin(), now);
}

void Talk::Hear(std::string_view line, Moment now) {
  if (state_ != State::kRegistering && state_ != State::kOn) return;
  heard_at_ = now;
  ping_out_ = false;
  const auto message = ParseLine(FromBytes(line));
  if (!message) return;
  if (message->command == "PING") {
    Write(FormatLine("PONG", message->params), now);
  } else if (message->command == "ERROR") {
    HangUp("the server says: " + std::string(message->Param(0)), reconnect_.Failed(), now);
  } else {
    HearOther(*message, now);
  }
  Advance(now);
}

void Talk::Written(std::size_t lines, Moment now) {
  for (; lines > 0 && !on_the_way_.empty(); --lines) {
    if (on_the_way_.front() == Line::kPiece && errand_) errand_->Written(Footing(), now);
    on_the_way_.pop_front();
  }
  Advance(now);
}

void Talk::Disconnected(std::string_view why, Moment now) {
  if (state_ == State::kOff || state_ == State::kLeft) return;
  if (state_ == State::kOn && now - since_ >= kGood) reconnect_.Held();
  Break(why, reconnect_.Failed(), now);
  Advance(now);
}

void Talk::HangUp(std::string_view why, Moment wait, Moment now) {
  outcome_.hang_up = true;
  Break(why, wait, now);
}

void Talk::Break(std::string_view why, Moment wait, Moment now) {
  outcome_.log.push_back("not on IRC: " + std::string(why) + "; again in " +
                         std::to_string(wait.count()) + " ms");
  outcome_.lines.clear();
  if (state_ == State::kOn) presence_.Break(outcome_);
  rooms_.Break();
  if (errand_) errand_->Break();
  waiting_.clear();
  on_the_way_.clear();
  labels_of_batches_.clear();
  identifying_until_.reset();
  registration_.reset();
  state_ = State::kOff;
  connect_at_ = now + wait;
}

void Talk::Do(v1::Order order, std::optional<Moment> deadline, Moment now) {
  errand_.emplace(std::move(order), deadline);
  Advance(now);
}

void Talk::ComeBackTo(const std::vector<std::string>& rooms, Moment now) {
  for (const std::string& room : rooms) {
    const std::string name = presence_.words().NativeId(room);
    if (presence_.features().IsChannel(name) && !rooms_.Wants(name)) rooms_.Want(name);
  }
  Advance(now);
}

void Talk::TellAll() { presence_.TellAll(outcome_); }

void Talk::Leave(Moment now) {
  if (state_ == State::kRegistering || state_ == State::kOn) Write("QUIT", now);
  state_ = State::kLeft;
}

Errand::Footing Talk::Footing(bool may_write) {
  const bool on = state_ == State::kOn;
  const bool echo = on && registration_->Has("echo-message");
  return {presence_,
          rooms_,
          on && !identifying_until_,
          may_write,
          {echo, echo && registration_->Has("labeled-response") && registration_->Has("batch")},
          last_label_};
}

void Talk::Write(std::string line, Moment now, Line kind) {
  if (gate_) gate_->Passed(line.size(), now);
  outcome_.lines.push_back(std::move(line));
  on_the_way_.push_back(kind);
}

void Talk::WriteAll(const std::vector<std::string>& lines, Moment now) {
  for (const std::string& line : lines) Write(line, now);
}

void Talk::Advance(Moment now) {
  Watch(now);
  if (state_ == State::kOn) {
    if (identifying_until_ && *identifying_until_ <= now) identifying_until_.reset();
    presence_.Tick(now, outcome_);
    Regain(now);
  }
  Flow(now);
}

void Talk::Watch(Moment now) {
  if (state_ == State::kOff && connect_at_ <= now) {
    state_ = State::kConnecting;
    since_ = now;
    outcome_.connect = true;
  } else if ((state_ == State::kConnecting || state_ == State::kRegistering) &&
             now - since_ >= kPatience) {
    HangUp("no greeting in time", reconnect_.Failed(), now);
  } else if (state_ == State::kOn && now - heard_at_ >= kSilence + kSilence / 2) {
    HangUp("the server is silent", reconnect_.Failed(), now);
  } else if (state_ == State::kOn && now - heard_at_ >= kSilence && !ping_out_) {
    ping_out_ = true;
    Write("PING chathub", now);
  }
}

void Talk::Regain(Moment now) {
  if (presence_.IsUs(settings_.nick) || regain_at_ > now || identifying_until_) return;
  regain_at_ = now + kRegain;
  if (registration_->logged_in() || !settings_.password.empty()) {
    waiting_.push_back(FormatLine("PRIVMSG", {settings_.nickserv, "GHOST " + settings_.nick}));
  }
  waiting_.push_back(FormatLine("NICK", {settings_.nick}));
}

void Talk::GoWhereWanted(Moment now) {
  if (state_ != State::kOn || identifying_until_) return;
  for (std::string& line : rooms_.Join(now)) waiting_.push_back(std::move(line));
}

void Talk::Flow(Moment now) {
  if (errand_) errand_->Next(Footing(), now);
  GoWhereWanted(now);
  while (state_ == State::kOn && gate_->IsOpen(now)) {
    if (!waiting_.empty()) {
      Write(std::move(waiting_.front()), now);
      waiting_.pop_front();
      continue;
    }
    auto line = errand_ ? errand_->Next(Footing(true), now) : std::nullopt;
    if (!line) break;
    Write(*std::move(line), now, errand_->speaks() ? Line::kPiece : Line::kOther);
  }
  gate_closed_ = state_ == State::kOn && !gate_->IsOpen(now);
  if (errand_ && errand_->done()) {
    outcome_.done = errand_->results();
    errand_.reset();
  }
}

std::optional<Moment> Talk::NextWake() const {
  std::optional<Moment> next;
  const auto at = [&next](std::optional<Moment> moment) {
    if (moment) next = std::min(next.value_or(*moment), *moment);
  };
  if (state_ == State::kLeft) return next;
  if (errand_) at(errand_->NextWake());
  if (state_ == State::kOff) at(connect_at_);
  if (state_ == State::kConnecting || state_ == State::kRegistering) at(since_ + kPatience);
  if (state_ != State::kOn) return next;
  at(heard_at_ + kSilence + (ping_out_ ? kSilence / 2 : Moment(0)));
  at(identifying_until_);
  at(presence_.NextWake());
  // Until the gate opens nothing else can be written.
  if (gate_closed_) {
    at(gate_->OpensAt());
  } else if (!identifying_until_) {
    at(rooms_.NextWake());
    if (!presence_.IsUs(settings_.nick)) at(regain_at_);
  }
  return next;
}

}  // namespace chathub::irc
