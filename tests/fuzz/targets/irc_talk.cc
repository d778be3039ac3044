// IRC: what a server says, line by line. A line that begins with '>' is an order (`>#lab text`,
// `>ada text`, `>#lab` joins, `>!#lab text` is a topic), '+' lets seconds pass, '-' cuts the line.
#include "adapters/irc/message.h"
#include "adapters/irc/talk.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;
using irc::Moment;

void Check(const irc::Outcome& outcome) {
  Promise(!outcome.connect || !outcome.hang_up, "it comes or goes");
  for (const std::string& line : outcome.lines) {
    Promise(line.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
            "a line is one line");
    const auto message = irc::ParseLine(line);
    Promise(message.has_value(), "a line has a command");
    // What the server asks is given back as it is.
    if (message->command == "PONG") continue;
    const std::size_t tags = line.front() == '@' ? line.find(' ') + 1 : 0;
    Promise(line.size() - tags <= 4096 - 2, "a line is as short as it must be");
  }
  for (const irc::Happening& happening : outcome.happenings) {
    const v1::Event& event = happening.event;
    const auto& where = event.conversation();
    Promise(event.user().id().starts_with("irc/"), "ids are qualified");
    Promise(where.room().starts_with("irc/") != where.user().starts_with("irc/"),
            "it is in a room or in private");
    Promise(IsUtf8(event.message().content().text()), "text is UTF-8");
  }
}

v1::Order OrderOf(std::string_view line) {
  v1::Order order;
  v1::Action& action = *order.add_actions();
  const bool topic = line.starts_with('!');
  if (topic) line.remove_prefix(1);
  const std::string place = "irc/" + std::string(TakeUpTo(' ', line));
  if (place.starts_with("irc/#")) {
    order.mutable_conversation()->set_room(place);
  } else {
    order.mutable_conversation()->set_user(place);
  }
  if (topic) {
    action.mutable_topic()->set_topic(std::string(line));
  } else if (line.empty()) {
    action.mutable_join();
  } else {
    action.mutable_send()->mutable_content()->set_text(std::string(line));
  }
  return order;
}

class Play {
 public:
  Play() : talk_(SettingsOfIt(), [] { return 0.5; }) {
    talk_.Start(now_);
    Settle();
  }

  void Hear(std::string_view line) {
    if (line.starts_with('>')) {
      if (!std::exchange(busy_, true))
        talk_.Do(OrderOf(line.substr(1)), now_ + Moment(60'000), now_);
    } else if (line.starts_with('+')) {
      now_ += Moment(1'000 * static_cast<int>(line.size()));
      talk_.Tick(now_);
      const auto wake = talk_.NextWake();
      Promise(!wake || *wake > now_, "nobody is woken for nothing");
    } else if (line.starts_with('-')) {
      talk_.Disconnected("cut", now_);
    } else {
      talk_.Hear(line, now_);
    }
    Settle();
  }

 private:
  static irc::Settings SettingsOfIt() {
    irc::Settings settings;
    settings.account = settings.password = "hub";
    settings.channels = {"#lab", "#den key"};
    return settings;
  }

  // What the socket would do, at once.
  void Settle() {
    const irc::Outcome outcome = talk_.Take();
    Check(outcome);
    if (outcome.done) busy_ = false;
    if (outcome.connect) talk_.Connected(now_);
    if (!outcome.lines.empty()) talk_.Written(outcome.lines.size(), now_);
    if (outcome.connect || !outcome.lines.empty()) Settle();
  }

  irc::Talk talk_;
  Moment now_{0};
  bool busy_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text = TextOf(bytes, size);
  Play play;
  while (const auto line = TakeLine(text)) play.Hear(*line);
  return 0;
}
