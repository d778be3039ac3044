// One typed argument of a command: what may stand there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "chathub/v1/handlers.pb.h"

namespace chathub {

// [A-Za-z_][A-Za-z0-9_]*, at most 64 bytes.
bool IsArgumentName(std::string_view text);

// Whether the arguments of a command make sense, one by one and together; kBadRoute says which does
// not.
absl::Status CheckArguments(const v1::Command& command);

// What the capture holds when the user typed `value`: the value itself, `true` or `false` for a
// BOOLEAN. Nothing: it is not of the type.
std::optional<std::string_view> ReadArgument(v1::ArgumentType type, std::string_view value);

// For complaints, for example "a whole number".
std::string_view NameOfType(v1::ArgumentType type);

// For example `roll <dice> [times] [--loud] [--seed <number>] [text...]`.
std::string MakeUsage(const v1::Command& command);

}  // namespace chathub
