#include "adapters/irc/registration.h"

#include <algorithm>
#include <sstream>

#include "adapters/irc/sasl_encoding.h"

namespace chathub::irc {
namespace {

const std::set<std::string>& Wanted() {
  static const std::set<std::string> wanted = {
      "account-tag",  "batch", "chghost",     "echo-message", "labeled-response",
      "message-tags", "sasl",  "server-time", "cap-notify"};
  return wanted;
}

constexpr int kMostNicks = 8;
// Of base64, in one AUTHENTICATE.
constexpr std::size_t kChunk = 400;

std::vector<std::string> Words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace

Registration::Lines Registration::Begin() {
  Lines lines = {"CAP LS 302"};
  if (!settings_.server_password.empty()) {
    lines.push_back(FormatLine("PASS", {settings_.server_password}));
  }
  lines.push_back(FormatLine("NICK", {nick_}));
  lines.push_back(FormatLine("USER", {settings_.user, "0", "*", settings_.real_name}));
  return lines;
}

Registration::Lines Registration::Hear(const Message& message) {
  const std::string& command = message.command;
  if (command == "CAP") return HearCapabilities(message);
  if (command == "AUTHENTICATE" && authenticating_) return Authenticate(message.Param(0));
  if (command.size() == 3 && command.front() == '9') return HearLogin(message);
  if (welcomed_) return {};
  if (command == "001") {
    welcomed_ = true;
    // The server may have cut it, or given us another.
    if (!message.Param(0).empty()) nick_ = message.Param(0);
    return {};
  }
  // Erroneous, in use, collision, unavailable now.
  if (command == "432" || command == "433" || command == "436" || command == "437") {
    return TryNextNick(message.params.empty() ? "" : message.params.back());
  }
  if (command == "464") return Fail("the server refuses the password");
  if (command == "465") return Fail("we are banned from the server");
  return {};
}

Registration::Lines Registration::HearCapabilities(const Message& message) {
  const std::string_view what = message.Param(1);
  const std::string_view last =
      message.params.size() < 3 ? std::string_view() : std::string_view(message.params.back());
  const bool more = message.params.size() > 3 && message.Param(2) == "*";
  if (what == "LS") return HearOffer(last, more);
  if (what == "NEW") return HearOffer(last, false);
  if (what == "ACK" || what == "NAK") return HearAnswer(last, what == "ACK");
  if (what == "DEL") {
    for (const std::string& name : Words(last)) {
      agreed_.erase(name);
      offered_.erase(name);
    }
  }
  return {};
}

Registration::Lines Registration::HearOffer(std::string_view offer, bool more) {
  for (const std::string& capability : Words(offer)) {
    const auto equals = std::min(capability.find('='), capability.size());
    const std::string name = capability.substr(0, equals);
    offered_.insert(name);
    if (name == "sasl" && equals < capability.size()) mechanisms_ = capability.substr(equals + 1);
  }
  return more ? Lines{} : Ask();
}

Registration::Lines Registration::Ask() {
  std::string names;
  for (const std::string& name : Wanted()) {
    if (!offered_.contains(name) || agreed_.contains(name) || asked_.contains(name)) continue;
    if (name == "sasl" && (!OffersLogin() || welcomed_)) continue;
    names += (names.empty() ? "" : " ") + name;
    asked_.insert(name);
  }
  if (names.empty()) return GoOn();
  return {FormatLine("CAP", {"REQ", names})};
}

// One that is refused refuses all that were asked in its line; then each is asked for itself.
Registration::Lines Registration::HearAnswer(std::string_view capabilities, bool agreed) {
  const auto names = Words(capabilities);
  Lines lines;
  for (const std::string& name : names) {
    if (agreed) agreed_.insert(name);
    if (agreed || names.size() == 1) {
      asked_.erase(name);
    } else {
      lines.push_back(FormatLine("CAP", {"REQ", name}));
    }
  }
  return lines.empty() ? GoOn() : lines;
}

bool Registration::OffersLogin() const {
  if (!WantsLogin() || !offered_.contains("sasl")) return false;
  if (!mechanisms_) return true;
  const std::string wanted = settings_.external ? "EXTERNAL" : "PLAIN";
  return ("," + *mechanisms_ + ",").find("," + wanted + ",") != std::string::npos;
}

Registration::Lines Registration::GoOn() {
  if (!asked_.empty() || talk_ended_ || welcomed_) return {};
  if (!Has("sasl") || authenticating_) {
    return settings_.external && !authenticating_ ? Fail("the server offers no SASL EXTERNAL")
                                                  : EndOfTalk();
  }
  authenticating_ = true;
  return {FormatLine("AUTHENTICATE", {settings_.external ? "EXTERNAL" : "PLAIN"})};
}

Registration::Lines Registration::Authenticate(std::string_view challenge) const {
  if (challenge != "+") return {"AUTHENTICATE *"};
  const std::string& account = settings_.account;
  // With EXTERNAL nothing is said: the certificate says it, and a name would ask to be somebody
  // else.
  std::string answer =
      settings_.external ? "" : account + '\0' + account + '\0' + settings_.password;
  answer = Base64(answer);
  Lines lines;
  for (std::size_t at = 0; at < answer.size(); at += kChunk) {
    lines.push_back("AUTHENTICATE " + answer.substr(at, kChunk));
  }
  // Nothing, or nothing more behind a whole chunk.
  if (answer.size() % kChunk == 0) lines.push_back("AUTHENTICATE +");
  return lines;
}

Registration::Lines Registration::HearLogin(const Message& message) {
  const std::string& number = message.command;
  if (number == "900" || number == "903" || number == "907") logged_in_ = true;
  if (number == "901") logged_in_ = false;
  if (!authenticating_ || talk_ended_) return {};
  if (number == "903" || number == "907") return EndOfTalk();
  if (number == "902" || number == "904" || number == "905" || number == "906" || number == "908") {
    return Fail("the login (SASL) was refused: " +
                (message.params.empty() ? number : message.params.back()));
  }
  return {};
}

Registration::Lines Registration::EndOfTalk() {
  talk_ended_ = true;
  return {"CAP END"};
}

Registration::Lines Registration::TryNextNick(std::string_view why) {
  if (++nicks_tried_ > kMostNicks) return Fail("no nick is to be had: " + std::string(why));
  nick_ += '_';
  return {FormatLine("NICK", {nick_})};
}

Registration::Lines Registration::Fail(std::string_view why) {
  failure_ = why;
  return {};
}

}  // namespace chathub::irc
