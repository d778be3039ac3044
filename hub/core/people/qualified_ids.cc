#include "hub/core/people/qualified_ids.h"

#include <string>

#include "hub/base/errors.h"
#include "hub/base/text.h"

namespace chathub {

std::string_view NativeId(std::string_view qualified_id) {
  return qualified_id.substr(qualified_id.find('/') + 1);
}

absl::Status CheckQualifiedId(std::string_view what, std::string_view id,
                              std::string_view adapter) {
  const bool own = id.size() > adapter.size() + 1 && id.starts_with(adapter) &&
                   id[adapter.size()] == '/' && id.size() <= kLongestId;
  if (own) return absl::OkStatus();
  return Fail(Reason::kBadFrame, "the " + std::string(what) + " '" + ForLog(id, 80) + "' is not '" +
                                     std::string(adapter) + "/<id>' of at most 512 bytes");
}

}  // namespace chathub
