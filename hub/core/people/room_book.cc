#include "hub/core/people/room_book.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/base/text.h"
#include "hub/core/people/qualified_ids.h"

namespace chathub {
namespace {

constexpr std::size_t kMostFound = 100;
constexpr std::size_t kLongestTopic = 4096;  // bytes; what is longer is cut

v1::Room Completed(v1::Room room) {
  if (room.name().empty()) room.set_name(std::string(NativeId(room.id())));
  return room;
}

std::vector<v1::Room> Copies(const std::vector<const internal::KeptRoom*>& rooms) {
  std::vector<v1::Room> copies;
  for (const internal::KeptRoom* kept : rooms) copies.push_back(Completed(kept->room()));
  return copies;
}

bool Same(const internal::KeptRoom& a, const internal::KeptRoom& b) {
  return a.wanted() == b.wanted() && a.room().joined() == b.room().joined() &&
         a.room().name() == b.room().name() && a.room().topic() == b.room().topic();
}

void SetName(v1::Room& room, const std::string& name) {
  if (!name.empty()) room.set_name(std::string(CutAtCodePoint(name, kLongestName)));
}

void SetTopic(v1::Room& room, const std::string& topic) {
  room.set_topic(std::string(CutAtCodePoint(topic, kLongestTopic)));
}

bool TellsOfRoom(const v1::Event& event) {
  return event.has_room() || event.has_topic() || event.has_joined() || event.has_left();
}

// Trying again later would end alike.
bool IsFinal(v1::Reason reason) {
  return reason == v1::REASON_BAD_FRAME || reason == v1::REASON_NO_SUCH_PEER ||
         reason == v1::REASON_NOT_ALLOWED || reason == v1::REASON_UNSUPPORTED;
}

}  // namespace

std::vector<std::string> RoomBook::Kind::NamesOf(const Item& kept) {
  return {Completed(kept.room()).name()};
}

internal::KeptRoom RoomBook::Known(const std::string& id) const {
  if (const internal::KeptRoom* known = rooms_.Find(id)) return *known;
  internal::KeptRoom kept;
  kept.mutable_room()->set_id(id);
  return kept;
}

void RoomBook::Keep(internal::KeptRoom kept) {
  const internal::KeptRoom* known = rooms_.Find(kept.room().id());
  if (known != nullptr && Same(kept, *known)) {
    rooms_.Seen(kept.room().id());
    return;
  }
  rooms_.Keep({std::move(kept)});
}

// --- what adapters tell

absl::Status RoomBook::Told(const std::string& adapter,
                            const google::protobuf::RepeatedPtrField<v1::Room>& rooms) {
  std::vector<internal::KeptRoom> changed;
  for (const v1::Room& told : rooms) {
    absl::Status status = CheckQualifiedId("room", told.id(), adapter);
    if (!status.ok()) return status;
    internal::KeptRoom kept = Known(told.id());
    SetName(*kept.mutable_room(), told.name());
    SetTopic(*kept.mutable_room(), told.topic());
    kept.mutable_room()->set_joined(told.joined());
    const internal::KeptRoom* known = rooms_.Find(told.id());
    if (known == nullptr || !Same(kept, *known)) changed.push_back(std::move(kept));
  }
  rooms_.Keep(std::move(changed));
  return absl::OkStatus();
}

void RoomBook::Saw(const v1::AdapterHello& adapter, const v1::Event& event) {
  const std::string& id = event.conversation().room();
  if (id.empty()) return;  // a private talk
  if (!TellsOfRoom(event) && rooms_.Seen(id) != nullptr) return;
  if (!CheckQualifiedId("room", id, adapter.name()).ok()) return;
  internal::KeptRoom kept = Known(id);
  v1::Room& room = *kept.mutable_room();
  if (event.room().id().empty() || event.room().id() == id) {
    SetName(room, event.room().name());
    if (!event.room().topic().empty()) SetTopic(room, event.room().topic());
    if (event.room().joined()) room.set_joined(true);
  }
  if (event.has_topic()) SetTopic(room, event.topic().topic());
  const bool own = !adapter.own_user_id().empty() && event.user().id() == adapter.own_user_id();
  if (own && event.has_joined()) room.set_joined(true);
  if (own && event.has_left()) {
    room.set_joined(false);
    kept.set_wanted(false);
  }
  Keep(std::move(kept));
}

// --- where the bot is to be

void RoomBook::Want(const std::string& id) {
  internal::KeptRoom kept = Known(id);
  kept.set_wanted(true);
  Keep(std::move(kept));
}

void RoomBook::OrderDone(const v1::Order& order, const v1::Done& done) {
  if (order.actions_size() != 1) return;
  const v1::Action& action = order.actions(0);
  if (!action.has_join() && !action.has_part()) return;
  const std::string& id = order.conversation().room();
  const bool failed = done.results_size() > 0 && done.results(0).has_problem();
  const bool final = failed && IsFinal(done.results(0).problem().reason());
  if (id.size() > kLongestId || (failed && !(final && action.has_join()))) return;
  const bool in = !failed && action.has_join();
  if (!in && rooms_.Find(id) == nullptr) return;
  internal::KeptRoom kept = Known(id);
  kept.mutable_room()->set_joined(in);
  kept.set_wanted(in);
  Keep(std::move(kept));
}

std::vector<std::string> RoomBook::ToJoin(const std::string& adapter) const {
  std::vector<std::string> ids;
  const auto rooms = rooms_.List(adapter, "", std::string::npos, Kind::IsHeld);
  for (const internal::KeptRoom* kept : rooms) ids.push_back(kept->room().id());
  return ids;
}

// --- what is asked

absl::StatusOr<v1::Room> RoomBook::Get(const std::string& id) const {
  const internal::KeptRoom* kept = rooms_.Find(id);
  if (kept != nullptr) return Completed(kept->room());
  return Fail(Reason::kNoSuchPeer, "no adapter has told of a room '" + ForLog(id, 80) + "'");
}

std::vector<v1::Room> RoomBook::Find(std::string_view name, std::string_view adapter) const {
  return Copies(rooms_.Named(name, adapter, kMostFound));
}

std::vector<v1::Room> RoomBook::List(const std::string& adapter, bool joined_only,
                                     const std::string& after, std::size_t limit) const {
  return Copies(rooms_.List(adapter, after, limit, [joined_only](const internal::KeptRoom& kept) {
    return !joined_only || kept.room().joined();
  }));
}

}  // namespace chathub
