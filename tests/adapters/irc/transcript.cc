#include "tests/adapters/irc/transcript.h"

#include <cstdio>

#include "tests/support/transcript_files.h"

namespace chathub::irc {
namespace {

// `\x01` in a file is that byte.
std::string Bytes(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\\x") == 0 && i + 4 <= text.size()) {
      bytes += static_cast<char>(std::stoi(text.substr(i + 2, 2), nullptr, 16));
      i += 3;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

std::string Shown(const std::string& bytes) {
  std::string text;
  for (char c : bytes) {
    char escaped[5];
    std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned char>(c));
    text += c >= 0 && c < 0x20 ? escaped : std::string(1, c);
  }
  return text;
}

// The text before `separator`, which is taken away with it.
std::string Take(std::string& text, const std::string& separator) {
  const auto end = text.find(separator);
  std::string taken = text.substr(0, end);
  text = end == std::string::npos ? "" : text.substr(end + separator.size());
  return taken;
}

std::string Described(const Happening& happening) {
  const v1::Event& event = happening.event;
  const auto& where = event.conversation();
  std::string text = (where.room().empty() ? "private" : where.room()) + " " + event.user().id();
  if (event.has_message()) text += " says: " + Shown(event.message().content().text());
  if (event.has_joined()) text += " joined";
  if (event.has_left()) text += " left: " + event.left().reason();
  if (event.has_topic()) text += " topic: " + event.topic().topic();
  if (!happening.id.empty()) text += " [id " + happening.id + "]";
  if (event.user().authenticated()) text += " [authenticated]";
  if (event.user().bot()) text += " [bot]";
  if (happening.at) {
    text += " [at " +
            std::to_string(happening.at->time_since_epoch() / std::chrono::milliseconds(1)) + "]";
  }
  return text;
}

std::string Described(const std::vector<v1::ActionResult>& results) {
  std::string text;
  for (const v1::ActionResult& result : results) {
    text += text.empty() ? "" : " | ";
    if (result.has_problem()) {
      text +=
          v1::Reason_Name(result.problem().reason()).substr(7) + " " + result.problem().detail();
    }
    for (const std::string& id : result.platform_ids()) text += "[id " + id + "]";
    if (!result.has_problem() && result.platform_ids().empty()) text += "ok";
  }
  return text;
}

}  // namespace

void Transcript::Do(const std::string& line) {
  std::string rest = line;
  const std::string word = Take(rest, " ");
  if (word == "given") {
    const std::string what = Take(rest, " ");
    return Given(what, rest);
  }
  if (talk_ == nullptr) {
    talk_ = std::make_unique<Talk>(settings_, [] { return 0.0; });
    talk_->Start(now_);
    Collect();
  }
  if (heard_.contains(word) || word == "C:") return Expect(word, rest);
  ExpectNothingMore();
  if (word.front() == '+') return Pass(TimeOf(word.substr(1)));
  if (word == "S:") {
    talk_->Hear(Bytes(rest), now_);
  } else if (word == "connected") {
    talk_->Connected(now_);
  } else if (word == "cut") {
    talk_->Disconnected(rest, now_);
  } else if (word == "order") {
    Order(rest);
  } else if (word == "again") {
    talk_->ComeBackTo({rest}, now_);
  } else if (word == "attached") {
    talk_->TellAll();
  } else if (word == "leave") {
    talk_->Leave(now_);
  } else if (word == "stalled") {
    stalled_ = true;
  } else if (word == "written") {
    talk_->Written(std::stoul(rest), now_);
  } else {
    return Fail("there is no such line, or it did not happen");
  }
  Collect();
}

void Transcript::Given(const std::string& what, const std::string& value) {
  if (what == "channel") settings_.channels.push_back(value);
  if (what == "account") settings_.account = value;
  if (what == "password") settings_.password = value;
  if (what == "server-password") settings_.server_password = value;
  if (what == "external") settings_.external = true;
  if (what == "no-flood-gate") settings_.flood_interval = Moment(0);
  if (what == "away-after-kick") settings_.return_after_kick = Moment(0);
}

// `say #lab: one | two`, `join #lab`, `topic #lab: text`; `within 5s ...`.
void Transcript::Order(std::string what) {
  std::optional<Moment> deadline;
  std::string verb = Take(what, " ");
  if (verb == "within") {
    deadline = now_ + TimeOf(Take(what, " "));
    verb = Take(what, " ");
  }
  const std::string place = Take(what, ": ");
  v1::Order order;
  if (place.front() == '#') {
    order.mutable_conversation()->set_room("irc/" + place);
  } else {
    order.mutable_conversation()->set_user("irc/" + place);
  }
  do {
    v1::Action& action = *order.add_actions();
    const std::string text = Bytes(Take(what, " | "));
    if (verb == "say") action.mutable_send()->mutable_content()->set_text(text);
    if (verb == "topic") action.mutable_topic()->set_topic(text);
    if (verb == "join") action.mutable_join();
    if (verb == "part") action.mutable_part();
    if (verb == "react") action.mutable_react();
  } while (!what.empty());
  talk_->Do(std::move(order), deadline, now_);
}

void Transcript::Pass(Moment time) {
  const Moment until = now_ + time;
  while (true) {
    const auto wake = talk_->NextWake();
    if (!wake || *wake > until) break;
    // Who is woken at once, again and again, would burn a processor.
    if (*wake < now_) return Fail("it is woken for nothing");
    now_ = *wake;
    talk_->Tick(now_);
    Collect();
    if (const auto next = talk_->NextWake(); next && *next <= now_) {
      return Fail("it is woken for nothing");
    }
  }
  now_ = until;
}

void Transcript::Collect() {
  Outcome outcome = talk_->Take();
  for (const std::string& line : outcome.lines) heard_["C:"].push_back(Shown(line));
  for (const Happening& each : outcome.happenings) heard_["event:"].push_back(Described(each));
  for (const v1::User& user : outcome.users)
    heard_["user:"].push_back(user.id() + " " + user.name());
  for (const v1::Room& room : outcome.rooms) {
    heard_["room:"].push_back(room.id() + (room.joined() ? " in" : " out") +
                              (room.topic().empty() ? "" : ": " + room.topic()));
  }
  if (outcome.done) heard_["done:"].push_back(Described(*outcome.done));
  if (outcome.nick) heard_["nick:"].push_back(*outcome.nick);
  if (outcome.connect) heard_["connect"].push_back("");
  if (outcome.hang_up) heard_["hang-up"].push_back("");
  if (!stalled_ && !outcome.lines.empty()) {
    talk_->Written(outcome.lines.size(), now_);
    Collect();
  }
}

void Transcript::Expect(const std::string& kind, const std::string& wanted) {
  auto& heard = heard_[kind];
  if (heard.empty()) return Fail("nothing of the kind");
  const std::string found = heard.front();
  heard.pop_front();
  if (found != wanted) Fail("instead: " + kind + " " + found);
  if (heard.empty()) heard_.erase(kind);
}

void Transcript::ExpectNothingMore() {
  for (const auto& [kind, heard] : heard_) {
    if (!heard.empty()) Fail("also: " + kind + " " + heard.front());
  }
}

}  // namespace chathub::irc
