// The whole talk with an IRC server, without socket and clock: lines, time and orders in, an
// Outcome out. Start reading here.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/irc/errand.h"
#include "adapters/irc/flood_gate.h"
#include "adapters/irc/moment.h"
#include "adapters/irc/outcome.h"
#include "adapters/irc/presence.h"
#include "adapters/irc/reconnect.h"
#include "adapters/irc/registration.h"
#include "adapters/irc/settings.h"
#include "adapters/irc/wanted_rooms.h"

namespace chathub::irc {

// After each call, Take says what is to be done. Outlives connections; whoever owns it makes them.
class Talk {
 public:
  // `chance` gives numbers from 0 up to 1.
  Talk(Settings settings, std::function<double()> chance);
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;

  void Start(Moment now);

  // The connection that was asked for is there; a line came, without its end; so many lines of ours
  // are on their way; it is gone, or could not be made.
  void Connected(Moment now);
  void Hear(std::string_view line, Moment now);
  void Written(std::size_t lines, Moment now);
  void Disconnected(std::string_view why, Moment now);

  // Only if none is in hand. What became of it is Outcome::done, some time.
  void Do(v1::Order order, std::optional<Moment> deadline, Moment now);
  // The hub says that the bot was in these rooms; qualified ids.
  void ComeBackTo(const std::vector<std::string>& rooms, Moment now);
  void TellAll();
  // Says goodbye; nothing is connected any more.
  void Leave(Moment now);

  void Tick(Moment now) { Advance(now); }
  std::optional<Moment> NextWake() const;
  // Qualified; once the server has greeted us.
  std::string OwnId() const { return presence_.words().Id(presence_.nick()); }
  Outcome Take() { return std::exchange(outcome_, {}); }

 private:
  enum class State { kOff, kConnecting, kRegistering, kOn, kLeft };
  // What a line of ours was that is not known to be written.
  enum class Line { kOther, kPiece };

  void Advance(Moment now);
  void Watch(Moment now);
  void Flow(Moment now);
  void Write(std::string line, Moment now, Line kind = Line::kOther);
  void WriteAll(const std::vector<std::string>& lines, Moment now);
  void Break(std::string_view why, Moment wait, Moment now);
  void HangUp(std::string_view why, Moment wait, Moment now);

  void HearOther(const Message& message, Moment now);
  void HearRegistration(const Message& message, Moment now);
  void Welcome(Moment now);
  void Identify(Moment now);
  void HearOwn(const Message& message, Moment now);
  void StayAway(std::string_view channel, const Message& message);
  void AnswerRequest(const Message& message);
  void Regain(Moment now);
  std::string LabelOf(const Message& message);
  Errand::Footing Footing(bool may_write = false);
  void GoWhereWanted(Moment now);

  const Settings settings_;
  Presence presence_;
  WantedRooms rooms_{presence_.features()};
  Reconnect reconnect_;
  Outcome outcome_;

  State state_ = State::kOff;
  Moment connect_at_{0};
  Moment heard_at_{0};
  Moment since_{0};  // in this state
  bool ping_out_ = false;
  // Until then NickServ may answer before anything else is done.
  std::optional<Moment> identifying_until_;
  Moment regain_at_{0};
  std::optional<Registration> registration_;
  std::optional<FloodGate> gate_;
  bool gate_closed_ = false;
  // What goes before the errand's lines, when the gate is open.
  std::deque<std::string> waiting_;
  std::deque<Line> on_the_way_;
  std::map<std::string, std::string> labels_of_batches_;
  std::uint64_t last_label_ = 0;
  std::optional<Errand> errand_;
};

}  // namespace chathub::irc
