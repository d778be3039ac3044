#include "hub/core/routing/argument.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/text.h"
#include "hub/core/routing/command.h"

namespace chathub {
namespace {

constexpr int kMostArguments = 32;
constexpr std::size_t kLongestArgumentName = 64;

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsLetterOrDigit(char c) { return IsLetter(c) || (c >= '0' && c <= '9'); }

template <typename Number>
std::optional<Number> Read(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool IsNumber(std::string_view text) {
  const auto number = Read<double>(text);
  return number.has_value() && std::isfinite(*number);
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kBooleans = {{
    {"yes", "true"},
    {"true", "true"},
    {"on", "true"},
    {"1", "true"},
    {"no", "false"},
    {"false", "false"},
    {"off", "false"},
    {"0", "false"},
}};

std::optional<std::string_view> ReadBoolean(std::string_view text) {
  const std::string folded = FoldCase(text);
  const auto found = std::find_if(kBooleans.begin(), kBooleans.end(),
                                  [&](const auto& entry) { return entry.first == folded; });
  if (found == kBooleans.end()) return std::nullopt;
  return found->second;
}

absl::Status Refuse(const v1::Argument& argument, std::string_view what) {
  return Fail(Reason::kBadRoute,
              "the argument \"" + ForLog(argument.name(), 64) + "\" " + std::string(what));
}

absl::Status CheckAlone(const v1::Argument& argument) {
  if (!IsArgumentName(argument.name())) {
    return Refuse(argument, "has a name that is not [A-Za-z_][A-Za-z0-9_]* of at most 64 bytes");
  }
  if (argument.name() == kRest) {
    return Refuse(argument, "has the name of the capture that every command has");
  }
  if (!v1::ArgumentType_IsValid(argument.type())) {
    return Refuse(argument, "has the unknown type " + std::to_string(argument.type()));
  }
  if (argument.option() && argument.type() == v1::ARGUMENT_TYPE_REST) {
    return Refuse(argument, "cannot take the rest of the text by name");
  }
  return absl::OkStatus();
}

// `last` is the argument by position before this one, or null.
absl::Status CheckBehind(const v1::Argument* last, const v1::Argument& argument) {
  if (last == nullptr) return absl::OkStatus();
  if (last->type() == v1::ARGUMENT_TYPE_REST) {
    return Refuse(argument, "stands behind \"" + last->name() + "\", which takes all the rest");
  }
  if (argument.required() && !last->required()) {
    return Refuse(argument, "is required but stands behind \"" + last->name() + "\", which is not");
  }
  return absl::OkStatus();
}

std::string UsageOf(const v1::Argument& argument) {
  const bool rest = argument.type() == v1::ARGUMENT_TYPE_REST;
  std::string usage = argument.name() + (rest ? "..." : "");
  if (argument.option()) {
    const bool alone = argument.type() == v1::ARGUMENT_TYPE_BOOLEAN;
    usage = "--" + argument.name() + (alone ? "" : " <value>");
    return argument.required() ? usage : "[" + usage + "]";
  }
  return argument.required() ? "<" + usage + ">" : "[" + usage + "]";
}

}  // namespace

bool IsArgumentName(std::string_view text) {
  return !text.empty() && text.size() <= kLongestArgumentName && IsLetter(text.front()) &&
         std::all_of(text.begin(), text.end(), IsLetterOrDigit);
}

absl::Status CheckArguments(const v1::Command& command) {
  if (command.arguments_size() > kMostArguments) {
    return Fail(Reason::kBadRoute,
                "the command has more than " + std::to_string(kMostArguments) + " arguments");
  }
  std::set<std::string_view> names;
  const v1::Argument* last = nullptr;
  for (const v1::Argument& argument : command.arguments()) {
    if (absl::Status status = CheckAlone(argument); !status.ok()) return status;
    if (!names.insert(argument.name()).second) return Refuse(argument, "is there twice");
    if (argument.option()) continue;
    if (absl::Status status = CheckBehind(last, argument); !status.ok()) return status;
    last = &argument;
  }
  return absl::OkStatus();
}

std::optional<std::string_view> ReadArgument(v1::ArgumentType type, std::string_view value) {
  switch (type) {
    case v1::ARGUMENT_TYPE_INTEGER:
      return Read<std::int64_t>(value).has_value() ? std::optional(value) : std::nullopt;
    case v1::ARGUMENT_TYPE_NUMBER:
      return IsNumber(value) ? std::optional(value) : std::nullopt;
    case v1::ARGUMENT_TYPE_BOOLEAN:
      return ReadBoolean(value);
    default:
      return value;
  }
}

std::string_view NameOfType(v1::ArgumentType type) {
  switch (type) {
    case v1::ARGUMENT_TYPE_INTEGER:
      return "a whole number";
    case v1::ARGUMENT_TYPE_NUMBER:
      return "a number";
    case v1::ARGUMENT_TYPE_BOOLEAN:
      return "yes or no";
    default:
      return "a word";
  }
}

std::string MakeUsage(const v1::Command& command) {
  std::string usage = command.word();
  for (const v1::Argument& argument : command.arguments()) {
    usage.append(" ").append(UsageOf(argument));
  }
  return usage;
}

}  // namespace chathub
