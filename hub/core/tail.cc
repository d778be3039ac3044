#include "hub/core/tail.h"

#include "hub/base/text.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

constexpr std::size_t kLongestText = 1000;

}  // namespace

void Tail::TellAll(std::string_view what, std::string_view id, std::string_view from,
                   std::string_view to, std::string_view text) {
  v1::TailEntry entry;
  *entry.mutable_at() = ToTimestamp(loop_.WallNow());
  entry.set_what(std::string(what));
  entry.set_id(std::string(id));
  entry.set_from(std::string(from));
  entry.set_to(std::string(to));
  entry.set_text(std::string(CutAtCodePoint(text, kLongestText)));
  for (Watcher* watcher : watchers_) watcher->Saw(entry);
}

}  // namespace chathub
