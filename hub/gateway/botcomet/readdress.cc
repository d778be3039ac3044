#include "hub/gateway/botcomet/readdress.h"

#include <algorithm>
#include <cstddef>

#include "hub/gateway/json.h"

namespace chathub::botcomet {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

std::size_t SkipBlank(std::string_view json, std::size_t at) {
  return std::min(json.find_first_not_of(kBlank, at), json.size());
}

// `at` is an opening quote; returns what is behind the closing one.
std::size_t SkipString(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return std::min(at + 1, json.size());
}

std::size_t SkipNested(std::string_view json, std::size_t at) {
  std::size_t depth = 0;
  while (at < json.size()) {
    const char c = json[at];
    if (c == '"') {
      at = SkipString(json, at);
      continue;
    }
    ++at;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) break;
  }
  return at;
}

std::size_t SkipValue(std::string_view json, std::size_t at) {
  if (at >= json.size()) return at;
  if (json[at] == '"') return SkipString(json, at);
  if (json[at] == '{' || json[at] == '[') return SkipNested(json, at);
  return std::min(json.find_first_of(",} \t\r\n", at), json.size());
}

// Whether a key in quotes, escapes and all, means `name`.
bool Means(std::string_view key, std::string_view name) {
  if (key.substr(1, key.size() - 2) == name) return true;
  if (key.find('\\') == std::string_view::npos) return false;
  std::string object_text = "{";
  object_text.append(key).append(":0}");
  const auto object = ParseObject(object_text);
  return object.has_value() && object->contains({name.data(), name.size()});
}

}  // namespace

std::string Readdress(std::string_view json, std::string_view src, std::string_view dst) {
  const std::string source = Quote(src);
  const std::string destination = Quote(dst);
  std::string members;
  bool has_source = false;
  bool has_destination = false;
  std::size_t copied = SkipBlank(json, 0) + 1;  // behind the brace
  std::size_t at = SkipBlank(json, copied);
  const bool empty = at < json.size() && json[at] == '}';
  while (at < json.size() && json[at] == '"') {
    const std::size_t key_end = SkipString(json, at);
    const std::string_view key = json.substr(at, key_end - at);
    const std::size_t value = SkipBlank(json, SkipBlank(json, key_end) + 1);
    const std::size_t value_end = SkipValue(json, value);
    const bool is_source = Means(key, "src");
    if (is_source || Means(key, "dst")) {
      members.append(json.substr(copied, value - copied));
      members.append(is_source ? source : destination);
      copied = value_end;
      (is_source ? has_source : has_destination) = true;
    }
    at = SkipBlank(json, value_end);
    if (at < json.size() && json[at] == ',') at = SkipBlank(json, at + 1);
  }
  std::string added;
  if (!has_source) added += "\"src\":" + source;
  if (!has_destination) added += (added.empty() ? "\"dst\":" : ",\"dst\":") + destination;
  if (!added.empty() && !empty) added += ',';
  return "{" + added + members + std::string(json.substr(std::min(copied, json.size())));
}

}  // namespace chathub::botcomet
