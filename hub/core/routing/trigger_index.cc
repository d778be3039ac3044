#include "hub/core/routing/trigger_index.h"

#include <algorithm>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/text.h"

namespace chathub {
namespace {

// What is said of them; all of them count.
constexpr std::size_t kMostCollisions = 1000;
constexpr std::size_t kLongestRefusal = 4096;

// What two routes must not share, with a letter for the kind in front. Empty: they may share it.
std::string KeyOf(const CompiledRoute& route) {
  if (route.command.has_value()) return "c" + route.command->word();
  if (route.pattern != nullptr) return "p" + route.pattern->text();
  return {};
}

const std::string& TriggerOf(const CompiledRoute& route) {
  return route.command.has_value() ? route.route.command().word() : route.route.pattern();
}

std::string Describe(const v1::Collision& collision) {
  return "route \"" + collision.route() + "\" and " + collision.other_handler() + "'s \"" +
         collision.other_route() + "\" (" + ForLog(collision.trigger(), 60) + ")";
}

absl::Status RefuseAll(const std::string& handler, const std::vector<v1::Collision>& collisions) {
  std::string detail = "an exclusive route of handler " + handler + " or of another collides: ";
  for (const v1::Collision& collision : collisions) {
    if (detail.back() == ')') detail += ", ";
    if (detail.size() > kLongestRefusal) {
      detail += "...";
      break;
    }
    detail += Describe(collision);
  }
  return Fail(Reason::kNameTaken, detail);
}

}  // namespace

absl::StatusOr<std::vector<v1::Collision>> TriggerIndex::Admit(const RouteSet& newcomer) const {
  if (absl::Status status = CheckWithoutLiteral(newcomer); !status.ok()) return status;
  std::vector<v1::Collision> collisions;
  bool exclusive = false;
  for (const Conflict& conflict : FindConflicts(newcomer)) {
    exclusive = exclusive || conflict.route->exclusive() || conflict.other.route->exclusive();
    if (collisions.size() == kMostCollisions) continue;
    v1::Collision& collision = collisions.emplace_back();
    collision.set_route(conflict.route->id());
    collision.set_other_handler(conflict.other.set->handler());
    collision.set_other_route(conflict.other.route->id());
    collision.set_trigger(TriggerOf(*conflict.route));
  }
  if (exclusive) return RefuseAll(newcomer.handler(), collisions);
  return collisions;
}

absl::Status TriggerIndex::CheckWithoutLiteral(const RouteSet& newcomer) const {
  const std::size_t coming = newcomer.without_literal();
  const auto kept = sets_.find(newcomer.handler());
  const std::size_t going = kept == sets_.end() ? 0 : kept->second->without_literal();
  const std::size_t sum = without_literal_ - going + coming;
  if (coming <= going || sum <= kMostPatternsWithoutLiteralInAll) return absl::OkStatus();
  return Fail(Reason::kTooMuch,
              "handler " + newcomer.handler() + ": with its patterns the hub would have " +
                  std::to_string(sum) + " that must be tried on every text, at most " +
                  std::to_string(kMostPatternsWithoutLiteralInAll) +
                  " are allowed; put a fixed word into each");
}

std::vector<TriggerIndex::Conflict> TriggerIndex::FindConflicts(const RouteSet& newcomer) const {
  std::vector<Conflict> conflicts;
  absl::flat_hash_map<std::string, std::vector<const CompiledRoute*>> earlier;
  for (const CompiledRoute& route : newcomer.routes()) {
    const std::string key = KeyOf(route);
    if (key.empty()) continue;
    if (const auto kept = holders_.find(key); kept != holders_.end()) {
      for (const Holder& other : kept->second) {
        if (other.set->handler() != newcomer.handler()) conflicts.push_back({&route, other});
      }
    }
    std::vector<const CompiledRoute*>& same = earlier[key];
    for (const CompiledRoute* other : same) conflicts.push_back({&route, {&newcomer, other}});
    same.push_back(&route);
  }
  return conflicts;
}

void TriggerIndex::Put(std::shared_ptr<const RouteSet> set) {
  Remove(set->handler());
  for (const CompiledRoute& route : set->routes()) {
    const std::string key = KeyOf(route);
    if (!key.empty()) holders_[key].push_back({set.get(), &route});
  }
  without_literal_ += set->without_literal();
  const std::string handler = set->handler();
  sets_.emplace(handler, std::move(set));
}

void TriggerIndex::Remove(std::string_view handler) {
  const auto place = sets_.find(handler);
  if (place == sets_.end()) return;
  const std::shared_ptr<const RouteSet> set = std::move(place->second);
  sets_.erase(place);
  without_literal_ -= set->without_literal();
  for (const CompiledRoute& route : set->routes()) {
    const auto entry = holders_.find(KeyOf(route));
    if (entry == holders_.end()) continue;
    std::erase_if(entry->second, [&](const Holder& holder) { return holder.set == set.get(); });
    if (entry->second.empty()) holders_.erase(entry);
  }
}

}  // namespace chathub
