#include "hub/core/mailboxes/instances.h"

#include <algorithm>

#include "hub/base/errors.h"
#include "hub/base/secrets.h"

namespace chathub {

Instance& Instances::Join(HandlerLink& link, const std::string& session,
                          const v1::HandlerHello& hello) {
  Instance* instance = FindByToken(hello.instance_token());
  if (instance == nullptr) {
    list_.push_back(std::make_unique<Instance>());
    instance = list_.back().get();
    instance->token = RandomId();
  } else if (instance->link != nullptr) {
    instance->link->Close(Fail(Reason::kNameTaken, "the instance came back on another stream"));
  }
  instance->link = &link;
  instance->session = session;
  instance->revision = hello.revision();
  instance->attached_at = loop_.WallNow();
  instance->grace.Cancel();
  const std::size_t asked = hello.maximum_in_flight();
  instance->maximum = asked == 0 ? kDefaultInFlight : std::min(asked, kMostInFlight);
  return *instance;
}

void Instances::Remove(const Instance& instance) {
  std::erase_if(list_, [&](const auto& other) { return other.get() == &instance; });
}

bool Instances::attached() const {
  return std::any_of(list_.begin(), list_.end(),
                     [](const auto& instance) { return instance->link != nullptr; });
}

Instance* Instances::FindByToken(const std::string& token) const {
  for (const auto& instance : list_) {
    if (EqualInConstantTime(instance->token, token)) return instance.get();
  }
  return nullptr;
}

Instance* Instances::FindAuthor(std::string_view token) const {
  for (const auto& instance : list_) {
    if (instance->token == token) return instance.get();
  }
  return nullptr;
}

Instance* Instances::FindBySession(const std::string& session) const {
  for (const auto& instance : list_) {
    if (instance->session == session) return instance.get();
  }
  return nullptr;
}

bool Instances::HasRoom(const Instance& instance, std::int64_t revision) {
  return instance.link != nullptr && !instance.leaving && !instance.silent &&
         instance.revision == revision && instance.holds.size() < instance.maximum;
}

Instance* Instances::Roomiest(std::int64_t revision) const {
  Instance* best = nullptr;
  for (const auto& instance : list_) {
    if (!HasRoom(*instance, revision)) continue;
    if (best == nullptr || instance->holds.size() < best->holds.size()) best = instance.get();
  }
  return best;
}

std::vector<Delivery*> NotHeld(const Instance& instance, const v1::HandlerHello& hello) {
  std::vector<Delivery*> lost;
  for (Delivery* delivery : instance.holds) {
    const bool held = std::any_of(
        hello.holding().begin(), hello.holding().end(), [&](const v1::Holding& holding) {
          return holding.delivery() == delivery->id() && holding.attempt() == delivery->attempt();
        });
    if (!held) lost.push_back(delivery);
  }
  return lost;
}

}  // namespace chathub
