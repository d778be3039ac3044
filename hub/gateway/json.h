// JSON as strangers send it: parsed within bounds, or not at all.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace chathub {

// Nothing unless the text is one JSON object, nested at most 32 deep, in valid UTF-8, with nothing
// behind it. Of a key that is there twice the last one counts; numbers are as large as a double.
std::optional<boost::json::object> ParseObject(std::string_view text);

// A copy of the member if it is a string.
std::optional<std::string> FindString(const boost::json::object& object, std::string_view key);

// Null unless the member is an object.
const boost::json::object* FindObject(const boost::json::object& object, std::string_view key);

// The text in quotes, escaped.
std::string Quote(std::string_view text);

}  // namespace chathub
