#include "hub/base/version.h"

namespace chathub {

std::string_view Version() { return CHATHUB_VERSION; }

}  // namespace chathub
