// The text of a message, for chat services that know nothing else.
#pragma once

#include <string>

#include "chathub/v1/message.pb.h"

namespace chathub {

// The content's text as it is, else its blocks written as text; then one line per attachment.
std::string PlainText(const v1::Content& content);

}  // namespace chathub
