#include "hub/core/routing/literal_index.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"

namespace chathub {
namespace {

// More of them hardly rule out more.
constexpr std::size_t kMostNeeds = 4;

template <typename Visit>
void ForEachWindow(std::string_view literal, const Visit& visit) {
  const std::size_t width = std::min(literal.size(), kWidestWindow);
  for (std::size_t i = 0; i + width <= literal.size(); ++i) {
    visit(MakeWindow(literal.substr(i, width)));
  }
}

// How many literals hold a window.
class Rarity {
 public:
  explicit Rarity(const std::vector<const Literals*>& patterns) {
    for (const Literals* literals : patterns) {
      for (const auto* list : {&literals->all, &literals->any}) {
        for (const std::string& literal : *list) Count(literal);
      }
    }
  }

  std::uint32_t Of(Window window) const { return counts_.find(window)->second; }

  Window Rarest(std::string_view literal) const {
    Window rarest = 0;
    ForEachWindow(literal, [&](Window window) {
      if (rarest == 0 || Of(window) < Of(rarest)) rarest = window;
    });
    return rarest;
  }

  // Each once, rarest first.
  std::vector<Window> Cut(const std::vector<std::string>& literals) const {
    std::vector<Window> windows;
    for (const std::string& literal : literals) windows.push_back(Rarest(literal));
    std::sort(windows.begin(), windows.end(),
              [this](Window a, Window b) { return std::pair(Of(a), a) < std::pair(Of(b), b); });
    windows.erase(std::unique(windows.begin(), windows.end()), windows.end());
    return windows;
  }

 private:
  void Count(std::string_view literal) {
    ForEachWindow(literal, [this](Window window) { ++counts_[window]; });
  }

  absl::flat_hash_map<Window, std::uint32_t> counts_;
};

}  // namespace

// Which window stands for what, before it is cast into its final form.
class LiteralIndex::Plan {
 public:
  explicit Plan(const std::vector<const Literals*>& patterns) : rarity_(patterns) {
    for (const Literals* literals : patterns) Place(*literals);
  }

  std::vector<Window> windows;
  std::vector<std::vector<std::uint32_t>> users;
  std::vector<std::vector<std::uint32_t>> needs;

 private:
  void Place(const Literals& literals) {
    const auto pattern = static_cast<std::uint32_t>(needs.size());
    auto& needed = needs.emplace_back();
    if (literals.all.empty()) {
      for (const Window window : rarity_.Cut(literals.any))
        users[NumberOf(window)].push_back(pattern);
      return;
    }
    const std::vector<Window> cut = rarity_.Cut(literals.all);
    users[NumberOf(cut.front())].push_back(pattern);
    for (std::size_t i = 1; i < std::min(cut.size(), kMostNeeds); ++i) {
      needed.push_back(NumberOf(cut[i]));
    }
  }

  std::uint32_t NumberOf(Window window) {
    const auto [place, is_new] =
        numbers_.try_emplace(window, static_cast<std::uint32_t>(windows.size()));
    if (is_new) {
      windows.push_back(window);
      users.emplace_back();
    }
    return place->second;
  }

  Rarity rarity_;
  absl::flat_hash_map<Window, std::uint32_t> numbers_;
};

NumberLists::NumberLists(const std::vector<std::vector<std::uint32_t>>& lists) : begins_(1) {
  for (const auto& list : lists) {
    numbers_.insert(numbers_.end(), list.begin(), list.end());
    begins_.push_back(static_cast<std::uint32_t>(numbers_.size()));
  }
}

LiteralIndex::LiteralIndex(const std::vector<const Literals*>& patterns)
    : LiteralIndex(Plan(patterns)) {}

LiteralIndex::LiteralIndex(const Plan& plan)
    : table_(plan.windows), users_(plan.users), needs_(plan.needs) {}

std::vector<std::uint32_t> LiteralIndex::FindCandidates(std::string_view text) const {
  if (needs_.size() == 0) return {};
  std::string folded = FoldLiteral(text);
  const std::vector<std::uint32_t> found = table_.Find(folded);
  std::vector<std::uint32_t> candidates;
  for (const std::uint32_t window : found) {
    for (const std::uint32_t pattern : users_[window]) {
      const auto needs = needs_[pattern];
      const auto occurs = [&found](std::uint32_t need) {
        return std::binary_search(found.begin(), found.end(), need);
      };
      if (std::all_of(needs.begin(), needs.end(), occurs)) candidates.push_back(pattern);
    }
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  return candidates;
}

}  // namespace chathub
