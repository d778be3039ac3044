#include "hub/gateway/wnet/cookie.h"

#include <boost/json/value.hpp>

#include "hub/base/text.h"
#include "hub/gateway/json.h"

namespace chathub::wnet {
namespace {

constexpr std::size_t kLongest = 4096;

// Up to the separator, which is taken away with it.
std::string_view TakeUpTo(char separator, std::string_view& text) {
  const auto at = text.find(separator);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return taken;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// As forms are decoded; what is no escape stays.
std::string Decode(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int high = text[at] == '%' && at + 2 < text.size() ? HexDigit(text[at + 1]) : -1;
    const int low = high >= 0 ? HexDigit(text[at + 2]) : -1;
    if (low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      decoded += text[at] == '+' ? ' ' : text[at];
    }
  }
  return decoded;
}

std::string_view FindCookie(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view value = TrimSpace(TakeUpTo(';', header));
    if (TakeUpTo('=', value) == name) return value;
  }
  return {};
}

// Numbers are ids: names like others.
std::optional<std::string> FindName(const boost::json::object& form) {
  const boost::json::value* value = form.if_contains("username");
  if (value != nullptr && value->is_int64()) return std::to_string(value->get_int64());
  return FindString(form, "username");
}

}  // namespace

std::optional<Credentials> ReadCookie(std::string_view header) {
  std::string_view form = FindCookie(header, "auth");
  if (form.size() > kLongest) return std::nullopt;
  if (form.size() >= 2 && form.front() == '"' && form.back() == '"') {
    form = form.substr(1, form.size() - 2);
  }
  std::string type;
  std::string auth;
  while (!form.empty()) {
    std::string_view value = TakeUpTo('&', form);
    const std::string_view name = TakeUpTo('=', value);
    if (name == "type") type = Decode(value);
    if (name == "auth") auth = Decode(value);
  }
  const auto object = type == "password" ? ParseObject(auth) : std::nullopt;
  if (!object.has_value()) return std::nullopt;
  auto name = FindName(*object);
  auto password = FindString(*object, "password");
  if (!name.has_value() || !password.has_value()) return std::nullopt;
  return Credentials{*std::move(name), *std::move(password)};
}

}  // namespace chathub::wnet
