// Who or what the adapters told of, by id and by name: kept in the store, bounded for each adapter.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/base/text.h"
#include "hub/core/conversation.h"
#include "hub/engine/engine.h"

namespace chathub {

// `Kind` says what is kept: `Item` (a protobuf message), `kSpace`, `IdOf` (qualified), `NamesOf`
// (by which it is found) and `IsHeld` (what is held goes only when everything else is gone).
template <class Kind>
class Roster {
 public:
  using Item = typename Kind::Item;

  // Reads what is kept. `most`: items of one adapter; for one more the one that was seen longest
  // ago goes, or since the last start was changed longest ago.
  Roster(std::size_t most, Engine& engine) : most_(most), engine_(engine) { Restore(); }
  Roster(const Roster&) = delete;
  Roster& operator=(const Roster&) = delete;

  // Null: nobody told of it.
  const Item* Find(const std::string& id) const {
    const auto found = known_.find(id);
    return found == known_.end() ? nullptr : &found->second.item;
  }

  // Without regard to the case of ASCII letters, in the order of the ids. Empty adapter: of any.
  std::vector<const Item*> Named(std::string_view name, std::string_view adapter,
                                 std::size_t limit) const {
    std::vector<const Item*> items;
    const auto ids = by_name_.find(FoldCase(name));
    if (ids == by_name_.end()) return items;
    for (const std::string& id : ids->second) {
      if (items.size() == limit) break;
      if (adapter.empty() || AdapterOf(id) == adapter) items.push_back(Find(id));
    }
    return items;
  }

  // Those behind the id `after`, in the order of the ids, for which `wanted` is true.
  template <class Wanted>
  std::vector<const Item*> List(const std::string& adapter, const std::string& after,
                                std::size_t limit, Wanted wanted) const {
    std::vector<const Item*> items;
    const std::string prefix = adapter.empty() ? "" : adapter + "/";
    auto at = after < prefix ? known_.lower_bound(prefix) : known_.upper_bound(after);
    for (; at != known_.end() && at->first.starts_with(prefix) && items.size() < limit; ++at) {
      if (wanted(at->second.item)) items.push_back(&at->second.item);
    }
    return items;
  }

  // It was seen just now. Null: nobody told of it.
  const Item* Seen(const std::string& id) {
    const auto found = known_.find(id);
    if (found == known_.end()) return nullptr;
    std::list<std::string>& order = *found->second.order;
    order.splice(order.end(), order, found->second.place);
    return &found->second.item;
  }

  // They are new, or changed; seen just now.
  void Keep(std::vector<Item> items) {
    Step step;
    for (Item& item : items) {
      step.writes.push_back(
          {.space = Kind::kSpace, .key = Kind::IdOf(item), .value = item.SerializeAsString()});
      MakeRoom(Enter(std::move(item)), step);
    }
    // Should it fail, then it is kept when the item changes next.
    if (!step.writes.empty()) engine_.Apply(std::move(step)).IgnoreError();
  }

 private:
  struct Known {
    Item item;
    std::list<std::string>* order = nullptr;
    std::list<std::string>::iterator place;
  };

  void Restore() {
    constexpr std::size_t kPage = 1000;
    std::vector<std::pair<std::uint64_t, Item>> items;
    std::string after;
    for (auto page = engine_.List(Kind::kSpace, "", after, kPage); !page.empty();
         page = engine_.List(Kind::kSpace, "", after, kPage)) {
      for (const StoreEntry& entry : page) {
        Item item;
        if (item.ParseFromString(entry.value)) items.emplace_back(entry.revision, std::move(item));
      }
      after = page.back().key;
    }
    std::sort(items.begin(), items.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [revision, item] : items) Enter(std::move(item));
  }

  std::list<std::string>& Enter(Item item) {
    const std::string id = Kind::IdOf(item);
    Forget(id);
    std::list<std::string>& order = orders_[std::string(AdapterOf(id))];
    order.push_back(id);
    for (const std::string& name : Kind::NamesOf(item)) by_name_[FoldCase(name)].insert(id);
    known_[id] = {std::move(item), &order, std::prev(order.end())};
    return order;
  }

  void MakeRoom(std::list<std::string>& order, Step& step) {
    if (order.size() <= most_) return;
    auto oldest = std::find_if(order.begin(), std::prev(order.end()), [&](const std::string& id) {
      return !Kind::IsHeld(known_.at(id).item);
    });
    if (oldest == std::prev(order.end())) oldest = order.begin();
    const std::string id = *oldest;
    Forget(id);
    step.writes.push_back({.space = Kind::kSpace, .key = id, .kind = Write::Kind::kDelete});
  }

  void Forget(const std::string& id) {
    const auto found = known_.find(id);
    if (found == known_.end()) return;
    for (const std::string& name : Kind::NamesOf(found->second.item)) {
      const auto ids = by_name_.find(FoldCase(name));
      if (ids == by_name_.end()) continue;
      ids->second.erase(id);
      if (ids->second.empty()) by_name_.erase(ids);
    }
    found->second.order->erase(found->second.place);
    known_.erase(found);
  }

  const std::size_t most_;
  Engine& engine_;

  std::map<std::string, Known> known_;  // by id
  absl::flat_hash_map<std::string, std::set<std::string>> by_name_;
  std::map<std::string, std::list<std::string>>
      orders_;  // ids of each adapter, seen last at the end
};

}  // namespace chathub
