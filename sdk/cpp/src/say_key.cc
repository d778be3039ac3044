#include "say_key.h"

#include <string_view>

namespace chathub::sdk {
namespace {

// No id of a delivery begins with it: they begin with a name, which has no space.
constexpr std::string_view kMark = "say ";

}  // namespace

std::string SayKey(const std::string& delivery, std::uint32_t attempt, int number) {
  return std::string(kMark) + std::to_string(attempt) + "." + std::to_string(number) + " " +
         delivery;
}

std::string OrderKey(const std::string& key) {
  const auto space = key.find(' ', kMark.size());
  if (!key.starts_with(kMark) || space == std::string::npos) return key;
  return key.substr(space + 1) + "/say/" + key;
}

}  // namespace chathub::sdk
