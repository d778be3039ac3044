#include "hub/core/mailboxes/lanes.h"

#include <utility>

namespace chathub {

void Lanes::Enter(Delivery& delivery, std::string conversation_key) {
  auto& [key, lane] = *lanes_.try_emplace(std::move(conversation_key)).first;
  lane.key = &key;
  delivery.lane = &lane;
  ++lane.members;
}

void Lanes::PushBack(Delivery& delivery) {
  delivery.waits = true;
  delivery.lane->waiting.PushBack(delivery);
  ++waiting_;
  List(*delivery.lane);
}

void Lanes::PushFront(Delivery& delivery) {
  delivery.waits = true;
  delivery.lane->waiting.PushFront(delivery);
  ++waiting_;
  List(*delivery.lane);
}

void Lanes::Take(Delivery& delivery) {
  if (!std::exchange(delivery.waits, false)) return;
  delivery.lane->waiting.Remove(delivery);
  --waiting_;
}

Lane* Lanes::Next() {
  while (!listed_.empty()) {
    Lane& lane = listed_.front();
    listed_.Remove(lane);
    lane.listed = false;
    if (!lane.waiting.empty() && !lane.held) return &lane;
  }
  return nullptr;
}

void Lanes::List(Lane& lane) {
  if (lane.listed || lane.blocked_on != nullptr || lane.waiting.empty()) return;
  lane.listed = true;
  listed_.PushBack(lane);
}

void Lanes::ListFirst(Lane& lane) {
  if (lane.listed || lane.waiting.empty()) return;
  lane.listed = true;
  listed_.PushFront(lane);
}

void Lanes::Exit(Delivery& delivery) {
  Lane* lane = delivery.lane;
  Take(delivery);
  if (--lane->members > 0) return;
  if (lane->listed) listed_.Remove(*lane);
  if (lane->blocked_on != nullptr) std::erase(lane->blocked_on->blocked, lane);
  lanes_.erase(lanes_.find(*lane->key));
}

}  // namespace chathub
