#include "hub/core/conversation.h"

#include "hub/base/errors.h"
#include "hub/base/names.h"

namespace chathub {
namespace {

absl::Status CheckId(std::string_view what, std::string_view id, const std::string& adapter) {
  if (AdapterOf(id) == adapter && id.size() > adapter.size() + 1) return absl::OkStatus();
  return Fail(Reason::kBadFrame, std::string(what) + " '" + std::string(id) +
                                     "' is not qualified by its adapter; write '" + adapter +
                                     "/<id>'");
}

}  // namespace

std::string KeyOf(const v1::Conversation& conversation) {
  constexpr char kEnd = '\0';
  std::string key;
  for (const std::string* part : {&conversation.adapter(), &conversation.room(),
                                  &conversation.thread(), &conversation.user()}) {
    key += *part;
    key += kEnd;
  }
  return key;
}

std::string KeyForPeople(const v1::Conversation& conversation) {
  if (IsPrivate(conversation)) return conversation.user();
  if (conversation.thread().empty()) return conversation.room();
  return conversation.room() + " " + conversation.thread();
}

bool IsPrivate(const v1::Conversation& conversation) { return conversation.room().empty(); }

std::string_view AdapterOf(std::string_view qualified_id) {
  const auto slash = qualified_id.find('/');
  return slash == std::string_view::npos ? std::string_view() : qualified_id.substr(0, slash);
}

absl::Status Complete(v1::Conversation& conversation) {
  const std::string& place = IsPrivate(conversation) ? conversation.user() : conversation.room();
  if (place.empty()) {
    return Fail(Reason::kBadFrame, "the conversation names neither a room nor a user");
  }
  if (conversation.adapter().empty()) conversation.set_adapter(std::string(AdapterOf(place)));
  if (!IsName(conversation.adapter())) {
    return Fail(Reason::kBadFrame, "the conversation names no adapter; ids are '<adapter>/<id>'");
  }
  if (!conversation.room().empty()) {
    conversation.clear_user();
    return CheckId("room", conversation.room(), conversation.adapter());
  }
  return CheckId("user", conversation.user(), conversation.adapter());
}

}  // namespace chathub
