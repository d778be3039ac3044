// Botica: a bot's packets, one per line, and between them the Director's doings: `>tick`, `>stop`,
// `>force`, `>away`, `>order KEY PAYLOAD`.
#include "hub/gateway/botica/botica_dialect.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

// What the Director has to rely on, whatever a bot says.
class Watcher {
 public:
  explicit Watcher(std::optional<std::string> id) : dialect_(std::move(id), BotStatus::kStopped) {
    See(dialect_.Begin());
  }

  bool ended() const { return ended_; }
  void Hear(std::string_view frame) { See(dialect_.Hear(frame)); }

  void Do(std::string_view line) {
    const std::string_view what = TakeUpTo(' ', line);
    if (what == "tick") {
      See(dialect_.Tick());
    } else if (what == "order") {
      const std::string key(TakeUpTo(' ', line));
      Order({key, "message", std::string(line)});
    } else {
      asked_ = true;
      forced_ = what == "force";
      away_ = what == "away";
      See(dialect_.Say(Shutdown{forced_, away_}));
    }
  }

 private:
  void See(const Outcome& outcome) {
    for (const std::string& frame : outcome.to_peer) SeeFrame(frame);
    for (const Item& item : outcome.to_hub) std::visit([this](const auto& it) { See(it); }, item);
    if (!outcome.close.has_value()) return;
    Promise(status_ == BotStatus::kStopped, "only a bot that stopped is closed");
    Promise(outcome.close->code == (away_ ? 1012 : 1000), "and is told whether the hub ends");
    ended_ = true;
  }

  void See(const Claim& claim) {
    Promise(claims_++ == 0, "one connection is one bot");
    Promise(claim.role == Role::kBot, "a bot");
  }
  void See(const StatusChanged& changed) {
    Promise(changed.status != status_ || asked_, "a change is a change");
    status_ = changed.status;
  }
  void See(const ShutdownEnded& ended) {
    Promise(std::exchange(asked_, false), "one end for one request");
    Promise(!forced_ || ended.outcome == StopOutcome::kStopped, "forced means stopped");
  }
  void See(const Heartbeat&) { Promise(claims_ == 1, "a bot with a name"); }
  void See(const ChatOrder&) { Promise(claims_ == 1, "a bot with a name"); }
  template <class Other>
  void See(const Other&) {
    Promise(false, "nothing else");
  }

  void SeeFrame(const std::string& frame) {
    const auto packet = botica::ReadPacket(frame);
    Promise(packet.has_value() && IsUtf8(frame), "a Director's packet is one");
    if (frame == botica::HeartbeatPacket()) {
      Promise(status_ != BotStatus::kStopped, "who is stopped gets no heartbeat");
    }
  }

  void Order(const ChatOrder& order) {
    const Outcome outcome = dialect_.Say(order);
    See(outcome);
    const auto packet = botica::ReadPacket(outcome.to_peer.at(0));
    Promise(packet->order.key == order.key && packet->order.payload == order.payload,
            "an order is read again");
  }

  botica::BoticaDialect dialect_;
  BotStatus status_ = BotStatus::kStopped;
  int claims_ = 0;
  bool asked_ = false;
  bool forced_ = false;
  bool away_ = false;
  bool ended_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text = TextOf(bytes, size);
  if (!IsUtf8(text)) return 0;
  for (const bool named : {true, false}) {
    Watcher watcher(named ? std::optional<std::string>("b") : std::nullopt);
    std::string_view script = text;
    for (auto line = TakeLine(script); line && !watcher.ended(); line = TakeLine(script)) {
      line->starts_with('>') ? watcher.Do(line->substr(1)) : watcher.Hear(*line);
    }
  }
  return 0;
}
