// What a call to the hub gives: a value, or the problem in its place.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace chathub {

// Why something failed.
struct Problem {
  // Numbered as chathub.v1.Reason, which says what each means.
  enum class Reason {
    kUnknown = 0,
    kBadFrame = 1,
    kBadRoute = 2,
    kNameTaken = 3,
    kNoSuchPeer = 4,
    kNotAttached = 5,
    kNotAllowed = 6,
    kTooMuch = 7,
    kTooLarge = 8,
    kGoingAway = 9,
    kOurFault = 10,
    kUnsupported = 11,
    kConflict = 12,
    kExpired = 13,
  };

  Reason reason = Reason::kUnknown;
  // One sentence for a person: what happened, where, what to do.
  std::string detail = {};
  // When trying again makes sense; unset: not by itself.
  std::optional<std::chrono::milliseconds> retry_after = {};
};

template <typename T>
class Result {
 public:
  Result(T value) : content_(std::move(value)) {}
  Result(Problem problem) : content_(std::move(problem)) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Only if ok().
  const T& value() const { return std::get<0>(content_); }
  const T& operator*() const { return value(); }
  const T* operator->() const { return &value(); }

  // Only if not ok().
  const Problem& problem() const { return std::get<1>(content_); }

 private:
  std::variant<T, Problem> content_;
};

}  // namespace chathub
