// What a connection of the gateway is made of; for the files that contain Beast.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <chrono>
#include <string_view>

#include "hub/gateway/hub_executor.h"

namespace chathub {

using PlainStream = boost::beast::basic_stream<boost::asio::ip::tcp, HubExecutor>;
using SecureStream = boost::asio::ssl::stream<PlainStream>;
using HttpRequest = boost::beast::http::request<boost::beast::http::empty_body>;

// How long a peer has to take in what it was told last, before its connection is closed.
inline constexpr std::chrono::seconds kLastBytes{1};

inline std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace chathub
