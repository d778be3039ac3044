#include "adapters/irc/wanted_rooms.h"

#include <algorithm>
#include <utility>

namespace chathub::irc {
namespace {

// A server that does not answer, or refuses, is asked again after that.
constexpr Moment kNoAnswer{60'000};
constexpr Moment kRefused{300'000};
// Bytes of names in one line.
constexpr std::size_t kNamesInLine = 300;

}  // namespace

void WantedRooms::Want(std::string_view channel) {
  const auto space = std::min(channel.find(' '), channel.size());
  const std::string_view name = channel.substr(0, space);
  if (!Wants(name)) rooms_.push_back({std::string(name), ""});
  Room& room = *Find(name);
  if (space < channel.size()) room.key = channel.substr(space + 1);
  if (room.refusal) room.again = Moment(0);
  room.refusal.reset();
}

void WantedRooms::Forsake(std::string_view name) {
  std::erase_if(rooms_, [&](const Room& room) { return features_.Same(room.name, name); });
}

const WantedRooms::Room* WantedRooms::Find(std::string_view name) const {
  const auto found = std::find_if(rooms_.begin(), rooms_.end(), [&](const Room& room) {
    return features_.Same(room.name, name);
  });
  return found == rooms_.end() ? nullptr : &*found;
}

WantedRooms::Room* WantedRooms::Find(std::string_view name) {
  return const_cast<Room*>(std::as_const(*this).Find(name));
}

std::vector<std::string> WantedRooms::Join(Moment now) {
  std::vector<std::string> lines;
  std::string names;
  for (Room& room : rooms_) {
    if (room.in || room.again > now) continue;
    room.again = now + kNoAnswer;
    room.refusal.reset();
    if (!room.key.empty()) {
      lines.push_back(FormatLine("JOIN", {room.name, room.key}));
      continue;
    }
    if (names.size() + room.name.size() > kNamesInLine) {
      lines.push_back(FormatLine("JOIN", {std::exchange(names, {})}));
    }
    names += (names.empty() ? "" : ",") + room.name;
  }
  if (!names.empty()) lines.push_back(FormatLine("JOIN", {names}));
  return lines;
}

void WantedRooms::Joined(std::string_view name) {
  Room* room = Find(name);
  if (room == nullptr) return;
  room->in = true;
  room->refusal.reset();
}

void WantedRooms::Out(std::string_view name, Moment again) {
  Room* room = Find(name);
  if (room == nullptr) return;
  room->in = false;
  room->again = again;
}

void WantedRooms::Refused(std::string_view name, const Refusal& refusal, Moment now) {
  Room* room = Find(name);
  if (room == nullptr || room->in) return;
  room->refusal = refusal;
  room->again = now + kRefused;
}

std::optional<Refusal> WantedRooms::RefusalOf(std::string_view name) const {
  const Room* room = Find(name);
  return room == nullptr ? std::nullopt : room->refusal;
}

void WantedRooms::Break() {
  for (Room& room : rooms_) {
    room.in = false;
    room.again = Moment(0);
    room.refusal.reset();
  }
}

std::optional<Moment> WantedRooms::NextWake() const {
  std::optional<Moment> next;
  for (const Room& room : rooms_) {
    if (!room.in) next = std::min(next.value_or(room.again), room.again);
  }
  return next;
}

}  // namespace chathub::irc
