#include "handlers/karma/karma.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "handlers/karma/tally.h"

namespace chathub {
namespace {

constexpr std::size_t kBest = 5;

// Nothing, once the message was given up: the hub does not answer now.
std::optional<std::int64_t> CountOf(Store& store, Message& message, const std::string& name) {
  const auto entry = store.Get(TallyKey(name));
  if (entry.ok()) return entry->has_value() ? CountIn((*entry)->value) : 0;
  message.Nack(entry.problem().detail);
  return std::nullopt;
}

void Say(Message& message, const std::string& name, std::int64_t count) {
  message.Reply(name + ": " + std::to_string(count));
}

void Count(Store& store, Message& message) {
  const std::string name = message.Capture("name");
  const std::int64_t change = message.Capture("change") == "++" ? 1 : -1;
  const auto count = CountOf(store, message, name);
  if (!count.has_value()) return;
  message.StoreAdd(TallyKey(name), change);
  Say(message, name, *count + change);
}

void TellBest(Store& store, Message& message) {
  std::vector<StoreEntry> tallies;
  std::string after;
  do {
    const auto page = store.List(kTallies, after, 1000);
    if (!page.ok()) return message.Nack(page.problem().detail);
    tallies.insert(tallies.end(), page->entries.begin(), page->entries.end());
    after = page->next;
  } while (!after.empty());
  message.Reply(tallies.empty() ? "nobody was praised yet" : BestOf(tallies, kBest));
}

void Tell(Store& store, Message& message) {
  const std::string name = message.Capture("rest");
  if (name.empty()) return message.Reply("usage: karma NAME, karma best, NAME++ or NAME--");
  if (name == "best") return TellBest(store, message);
  const auto count = CountOf(store, message, name);
  if (count.has_value()) Say(message, name, *count);
}

}  // namespace

void AddKarma(Handler& handler) {
  Store& store = handler.store();
  handler.Route(
      R"(^\s*@?(?P<name>[^\s@]\S*?)(?P<change>\+\+|--)\s*$)",
      [&store](Message& message) { Count(store, message); },
      {.id = "count", .usage = "NAME++ or NAME--", .description = "Praises NAME or not."});
  handler.Command("karma", [&store](Message& message) { Tell(store, message); },
                  {.usage = "karma NAME or karma best", .description = "Says who was praised."});
}

}  // namespace chathub
