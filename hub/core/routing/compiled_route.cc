#include "hub/core/routing/compiled_route.h"

#include <algorithm>
#include <string_view>

#include "hub/base/errors.h"
#include "hub/base/names.h"

namespace chathub {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kMessageAge{60};
constexpr std::chrono::hours kEventAge{24};
constexpr std::chrono::seconds kLinger{60};
constexpr std::chrono::seconds kDeadline{30};
constexpr std::uint32_t kAttempts = 3;
constexpr std::size_t kLongestFallback = 4096;
constexpr std::int64_t kNanosPerMillisecond = 1'000'000;

absl::Status Refuse(std::string_view what) { return Fail(Reason::kBadRoute, what); }

// A field of a route that holds a duration.
struct DurationField {
  std::string_view name;
  bool present;
  const google::protobuf::Duration& value;
  milliseconds unset;
  milliseconds shortest;
  milliseconds longest;
};

// A piece of a millisecond counts as a whole one, so that what is positive stays so.
milliseconds RoundUp(const google::protobuf::Duration& duration) {
  const auto piece = (duration.nanos() + kNanosPerMillisecond - 1) / kNanosPerMillisecond;
  return std::chrono::seconds(duration.seconds()) + milliseconds(piece);
}

absl::StatusOr<milliseconds> Read(const DurationField& field) {
  if (!field.present) return field.unset;
  const auto seconds = field.value.seconds();
  const std::string name(field.name);
  if (seconds < 0 || field.value.nanos() < 0) return Refuse(name + " is negative");
  const auto longest = std::chrono::duration_cast<std::chrono::seconds>(field.longest);
  // Before anything is multiplied.
  if (seconds > longest.count() || RoundUp(field.value) > field.longest) {
    return Refuse(name + " is longer than " + std::to_string(longest.count()) + " s");
  }
  if (RoundUp(field.value) < field.shortest) return Refuse(name + " is 0");
  return RoundUp(field.value);
}

google::protobuf::Duration ToProto(milliseconds time) {
  google::protobuf::Duration duration;
  duration.set_seconds(time.count() / 1000);
  duration.set_nanos(static_cast<std::int32_t>(time.count() % 1000 * kNanosPerMillisecond));
  return duration;
}

bool IsAboutMessages(const v1::Route& route) {
  return route.trigger_case() != v1::Route::kEvent || route.event() == v1::EVENT_KIND_MESSAGE;
}

absl::Status ReadTimes(CompiledRoute& compiled) {
  const v1::Route& route = compiled.route;
  const milliseconds age = IsAboutMessages(route) ? milliseconds(kMessageAge) : kEventAge;
  const milliseconds one{1};
  const auto max_age =
      Read({"max_age", route.has_max_age(), route.max_age(), age, one, kLongestAge});
  const auto linger =
      Read({"linger", route.has_linger(), route.linger(), kLinger, milliseconds{0}, kLongestAge});
  const auto deadline =
      Read({"deadline", route.has_deadline(), route.deadline(), kDeadline, one, kLongestDeadline});
  for (const auto* time : {&max_age, &linger, &deadline}) {
    if (!time->ok()) return time->status();
  }
  compiled.max_age = *max_age;
  compiled.linger = *linger;
  compiled.deadline = *deadline;
  return absl::OkStatus();
}

absl::Status CheckPlainFields(const v1::Route& route) {
  if (!v1::Precedence_IsValid(route.precedence())) {
    return Refuse("the precedence " + std::to_string(route.precedence()) + " is unknown");
  }
  if (route.maximum_attempts() > kMostAttempts) {
    return Refuse("maximum_attempts is more than " + std::to_string(kMostAttempts));
  }
  const auto& groups = route.required_groups();
  if (!std::all_of(groups.begin(), groups.end(), [](const auto& group) { return IsName(group); })) {
    return Refuse("a required group's name is not [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }
  if (route.fallback_text().size() > kLongestFallback) {
    return Refuse("fallback_text is longer than " + std::to_string(kLongestFallback) + " bytes");
  }
  return absl::OkStatus();
}

absl::Status CompilePattern(CompiledRoute& compiled) {
  auto pattern = Pattern::Compile(compiled.route.pattern());
  if (!pattern.ok()) return pattern.status();
  compiled.pattern = std::move(*pattern);
  return absl::OkStatus();
}

absl::Status CompileCommand(CompiledRoute& compiled) {
  auto command = Command::Compile(compiled.route.command(), compiled.route.help().usage());
  if (!command.ok()) return command.status();
  compiled.command = std::move(*command);
  return absl::OkStatus();
}

absl::Status CompileEvent(CompiledRoute& compiled) {
  compiled.event = compiled.route.event();
  if (v1::EventKind_IsValid(compiled.event) && compiled.event != v1::EVENT_KIND_UNSPECIFIED) {
    return absl::OkStatus();
  }
  return Refuse("the event kind " + std::to_string(compiled.event) + " is unknown");
}

absl::Status CompileTrigger(CompiledRoute& compiled) {
  switch (compiled.route.trigger_case()) {
    case v1::Route::kPattern:
      return CompilePattern(compiled);
    case v1::Route::kCommand:
      return CompileCommand(compiled);
    case v1::Route::kEvent:
      return CompileEvent(compiled);
    case v1::Route::TRIGGER_NOT_SET:
      break;
  }
  return Refuse("it has no trigger: give a pattern, a command or an event kind");
}

}  // namespace

absl::StatusOr<CompiledRoute> CompileRoute(const v1::Route& route) {
  CompiledRoute compiled;
  compiled.route = route;
  compiled.maximum_attempts = route.maximum_attempts() == 0 ? kAttempts : route.maximum_attempts();
  if (absl::Status status = CheckPlainFields(route); !status.ok()) return status;
  if (absl::Status status = ReadTimes(compiled); !status.ok()) return status;
  if (absl::Status status = CompileTrigger(compiled); !status.ok()) return status;
  return compiled;
}

v1::Route WithDefaults(const CompiledRoute& compiled) {
  v1::Route route = compiled.route;
  *route.mutable_max_age() = ToProto(compiled.max_age);
  *route.mutable_linger() = ToProto(compiled.linger);
  *route.mutable_deadline() = ToProto(compiled.deadline);
  route.set_maximum_attempts(compiled.maximum_attempts);
  return route;
}

}  // namespace chathub
