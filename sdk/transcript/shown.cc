#include "sdk/transcript/shown.h"

#include "chathub/plain_text.h"

namespace chathub::transcript {
namespace {

// `transcript/lab` is `lab` to its users.
std::string NativeId(std::string_view adapter, const std::string& id) {
  const std::string prefix = std::string(adapter) + "/";
  return id.starts_with(prefix) ? id.substr(prefix.size()) : id;
}

std::optional<Act> Shown(const v1::Action& action) {
  switch (action.kind_case()) {
    case v1::Action::kSend:
      return Act{.kind = Act::Kind::kSays, .text = PlainText(action.send().content())};
    case v1::Action::kEdit:
      return Act{.kind = Act::Kind::kEdits, .text = PlainText(action.edit().content())};
    case v1::Action::kReact:
      return Act{.kind = Act::Kind::kReacts, .text = action.react().emoji()};
    case v1::Action::kDelete:
      return Act{.kind = Act::Kind::kDeletes};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::vector<Act> Shown(const v1::Order& order, std::string_view adapter) {
  const Place place{.room = NativeId(adapter, order.conversation().room()),
                    .user = NativeId(adapter, order.conversation().user())};
  std::vector<Act> acts;
  for (const v1::Action& action : order.actions()) {
    if (auto act = Shown(action)) {
      act->place = place;
      acts.push_back(*std::move(act));
    }
  }
  return acts;
}

}  // namespace chathub::transcript
