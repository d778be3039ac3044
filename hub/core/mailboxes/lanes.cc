#include "hub/core/mailboxes/lanes.h"

#include <algorithm>
#include <utility>

namespace chathub {

void Lanes::Enter(Delivery& delivery, std::string conversation_key) {
  auto found = lanes_.find(conversation_key);
  if (found == lanes_.end()) {
    auto lane = std::make_unique<Lane>(std::move(conversation_key));
    found = lanes_.emplace(lane->key, std::move(lane)).first;
  }
  delivery.lane = found->second.get();
  ++delivery.lane->members;
}

void Lanes::PushBack(Delivery& delivery) {
  delivery.waits = true;
  delivery.lane->waiting.push_back(&delivery);
  ++waiting_;
  List(*delivery.lane);
}

void Lanes::PushFront(Delivery& delivery) {
  delivery.waits = true;
  delivery.lane->waiting.push_front(&delivery);
  ++waiting_;
  List(*delivery.lane);
}

void Lanes::Take(Delivery& delivery) {
  if (!std::exchange(delivery.waits, false)) return;
  auto& waiting = delivery.lane->waiting;
  waiting.erase(std::find(waiting.begin(), waiting.end(), &delivery));
  --waiting_;
}

Lane* Lanes::Next() {
  while (!listed_.empty()) {
    Lane* lane = listed_.front();
    listed_.pop_front();
    lane->listed = false;
    if (!lane->waiting.empty() && !lane->held) return lane;
  }
  return nullptr;
}

void Lanes::List(Lane& lane) {
  if (lane.listed || lane.blocked_on != nullptr || lane.waiting.empty()) return;
  lane.listed = true;
  listed_.push_back(&lane);
}

void Lanes::ListFirst(Lane& lane) {
  if (lane.listed || lane.waiting.empty()) return;
  lane.listed = true;
  listed_.push_front(&lane);
}

void Lanes::Exit(Delivery& delivery) {
  Lane* lane = delivery.lane;
  Take(delivery);
  if (--lane->members > 0) return;
  if (lane->listed) listed_.erase(std::find(listed_.begin(), listed_.end(), lane));
  if (lane->blocked_on != nullptr) std::erase(lane->blocked_on->blocked, lane);
  lanes_.erase(lane->key);
}

}  // namespace chathub
