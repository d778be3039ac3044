#include "hub/gateway/json.h"

// Boost.JSON itself is compiled here, once: so no library is linked.
#include <boost/json/src.hpp>

namespace chathub {
namespace {

constexpr std::size_t kDeepest = 32;

boost::json::string_view View(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::optional<boost::json::object> ParseObject(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kDeepest;
  boost::json::error_code error;
  boost::json::value value = boost::json::parse(View(text), error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::optional<std::string> FindString(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(View(key));
  if (value == nullptr || !value->is_string()) return std::nullopt;
  const boost::json::string& text = value->get_string();
  return std::string(text.data(), text.size());
}

const boost::json::object* FindObject(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(View(key));
  return value == nullptr ? nullptr : value->if_object();
}

std::string Quote(std::string_view text) {
  return boost::json::serialize(boost::json::string(View(text)));
}

}  // namespace chathub
