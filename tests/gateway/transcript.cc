#include "tests/gateway/transcript.h"

#include <regex>
#include <sstream>

#include "tests/support/transcript_files.h"

namespace chathub {
namespace {

std::vector<std::string> Words(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string Rest(const std::string& line, const std::string& behind) {
  return line.substr(std::min(line.find(behind) + behind.size(), line.size()));
}

std::string CookieOf(const std::string& name, const std::string& password) {
  return "auth=\"type=password&auth=%7B%22username%22:%22" + name + "%22,%22password%22:%22" +
         password + "%22%7D\"";
}

const std::regex kName(R"(\$([a-z]+))");

}  // namespace

void Transcript::Do(const std::string& line) {
  const auto words = Words(line);
  if (words[0] == "given") return Given(words);
  Raise();
  const bool hears = words.size() > 1 && words[1] == "<";
  if (!hears) ExpectNothingMore();
  if (line.front() == '+') {
    stage_->loop.Advance(TimeOf(line.substr(1)));
  } else if (words[0] == "admin") {
    if (hears) return Expect(answers_, Rest(line, "< "));
    Ask(words);
  } else if (words[0] == "chat") {
    Expect(stage_->chat_heard, Rest(line, "< "));
  } else if (words[0].starts_with("chat/")) {
    SayInChat(words[0], Rest(line, "> "));
  } else if (words[0] == "handler") {
    stage_->handlers.erase(words[1]);
  } else if (words[1] == "opens") {
    Open(words[0], words);
  } else if (!stage_->programs.contains(words[0])) {
    Fail("nobody is called so");
  } else {
    FakeProgram& program = *stage_->programs[words[0]];
    if (hears) return Expect(program.heard, Rest(line, "< "));
    if (words[1] == ">") program.Says(Fill(Rest(line, "> ")));
    if (words[1] == "leaves") program.Leaves();
    if (words[1] == "deaf") program.deaf = true;
    if (words[1] == "ended") {
      const std::string code = program.closed ? std::to_string(program.closed->code) : "not ended";
      if (code != words.at(2)) Fail("ended: " + code);
    }
  }
  stage_->Settle();
}

void Transcript::Given(const std::vector<std::string>& words) {
  if (words[1] == "account") accounts_.push_back({words[2], words[3]});
  if (words[1] == "exposed") settings_.wnet.expose.push_back(words[2]);
  if (words[1] == "botica")
    settings_.botica.push_back({words[2], words.size() > 3 ? words[3] : ""});
  if (words[1] != "handler") return;
  Raise();
  stage_->Attach(words[2]);
}

void Transcript::Raise() {
  if (stage_ != nullptr) return;
  stage_ = std::make_unique<Stage>(settings_);
  for (const auto& [name, password] : accounts_) {
    stage_->hub.accounts().Add(name, password, [](const absl::Status&) {});
  }
  stage_->Settle();
}

// `A opens /wnet/ws`, `A opens /wnet/ws as ann secret`
void Transcript::Open(const std::string& name, const std::vector<std::string>& words) {
  Greeting greeting{.path = words.at(2), .address = "127.0.0.1"};
  if (words.size() > 5) greeting.cookie = CookieOf(words[4], words[5]);
  stage_->Open(name, std::move(greeting));
}

// `chat/alice` is a private talk, `chat/lobby/alice` a room.
void Transcript::SayInChat(const std::string& who, const std::string& text) {
  const auto slash = who.rfind('/');
  const std::string user = who.substr(slash + 1);
  const std::string place = who.substr(0, slash);
  stage_->chat.Event((place == "chat" ? "conversation { user: 'chat/" + user + "' }"
                                      : "conversation { room: '" + place + "' }") +
                     " user { id: 'chat/" + user + "' name: '" + user +
                     "' } message { content { text: '" + text + "' } }");
}

void Transcript::Ask(const std::vector<std::string>& words) {
  BoticaBots& bots = *stage_->hub.botica_bots();
  if (words.at(2) == "list") {
    const v1::ListBoticaBotsResponse response = bots.List();
    for (const v1::BoticaBot& bot : response.bots()) {
      answers_.push_back(bot.id() + " " + v1::BoticaStatus_Name(bot.status()));
    }
    return;
  }
  bots.Stop(words.at(3), words.size() > 4, [this](auto response) {
    answers_.push_back(response.ok() ? v1::BoticaStopOutcome_Name(response->outcome())
                                     : std::string(response.status().message()));
  });
}

// `$sid` stands for an id that the hub made: bound where it is heard first, the same from then on.
void Transcript::Expect(std::deque<std::string>& heard, const std::string& wanted) {
  if (heard.empty()) return Fail("heard nothing");
  const std::string frame = heard.front();
  heard.pop_front();
  std::string pattern;
  std::vector<std::string> unbound;
  std::string filled = Fill(wanted);
  std::smatch found;
  while (std::regex_search(filled, found, kName)) {
    pattern += std::regex_replace(found.prefix().str(), std::regex(R"([^\w@" ])"), "\\$&");
    pattern += "([0-9a-z]+)";
    unbound.push_back(found[1]);
    filled = found.suffix();
  }
  pattern += std::regex_replace(filled, std::regex(R"([^\w@" ])"), "\\$&");
  if (!std::regex_match(frame, found, std::regex(pattern))) return Fail("heard: " + frame);
  for (std::size_t i = 0; i < unbound.size(); ++i) names_[unbound[i]] = found[i + 1];
}

void Transcript::ExpectNothingMore() {
  for (const auto& [name, program] : stage_->programs) {
    if (!program->heard.empty()) Fail(name + " also heard: " + program->heard.front());
  }
  if (!stage_->chat_heard.empty()) Fail("the chat also heard: " + stage_->chat_heard.front());
  if (!answers_.empty()) Fail("the administrator also heard: " + answers_.front());
}

std::string Transcript::Fill(const std::string& text) const {
  std::string filled = text;
  for (const auto& [name, value] : names_) {
    filled = std::regex_replace(filled, std::regex("\\$" + name + "\\b"), value);
  }
  return filled;
}

}  // namespace chathub
