// What Beast's WebSocket reads from and writes to: a stream that collects and watches.
#pragma once

#include <absl/functional/any_invocable.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/gateway/frame_watch.h"
#include "hub/gateway/outgoing.h"

namespace chathub {

// What goes out is collected while the loop has other things to do, and written together; one write
// for many frames is what makes a busy connection fast. What comes in is shown to a FrameWatch.
// Texts get their frames here; everything else of the protocol is Beast's.
template <class Stream>
class Wire {
 public:
  using Error = boost::beast::error_code;
  using executor_type = typename Stream::executor_type;
  using next_layer_type = Stream;

  Wire(Stream below, std::size_t most_fragments)
      : below_(std::move(below)), watch_(most_fragments) {
    Error unlikely;
    if constexpr (kIsSocket) below_.socket().non_blocking(true, unlikely);
  }

  // What writes must keep alive; and whom to tell when there are too many fragments.
  void Serve(std::weak_ptr<void> owner, absl::AnyInvocable<void()> on_flood) {
    owner_ = std::move(owner);
    on_flood_ = std::move(on_flood);
  }

  void Write(std::string_view text) {
    outgoing_.AddText(text);
    FlushSoon();
  }
  // Forgets what waits; what is being written goes on, so the peer sees whole frames.
  void Drop() { outgoing_.Drop(); }
  // From now on nothing that the peer says is heard.
  void Deafen() { deaf_ = true; }

  // Bytes that the peer has not taken yet, and how many it ever took.
  std::size_t backlog() const { return outgoing_.bytes(); }
  std::uint64_t taken() const { return taken_; }
  // Bytes that the peer has ever said.
  std::uint64_t heard() const { return heard_; }
  FrameWatch& watch() { return watch_; }

  // Completes when everything has been written, or cannot be.
  template <class Handler>
  auto AsyncFlush(Handler&& handler) {
    return boost::asio::async_compose<Handler, void(Error)>(
        [this, begun = false](auto& self, Error error = {}) mutable {
          if (std::exchange(begun, true)) return self.complete(error);
          if (!outgoing_.empty() && !failed_) return Hold(std::move(self));
          boost::asio::post(get_executor(), std::move(self));
        },
        handler, *this);
  }

  // --- what Beast expects of a stream

  executor_type get_executor() noexcept { return below_.get_executor(); }
  Stream& next_layer() { return below_; }
  const Stream& next_layer() const { return below_; }

  template <class Buffers, class Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    return boost::asio::async_compose<Handler, void(Error, std::size_t)>(
        [this, buffers, begun = false](auto& self, Error error = {}, std::size_t size = 0) mutable {
          if (std::exchange(begun, true) && (error || Passes(buffers, size)))
            return self.complete(error, size);
          ReadSome(buffers, std::move(self));
        },
        handler, *this);
  }

  // Takes everything at once; while the peer has a lot to read, Beast waits until it has.
  template <class Buffers, class Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    std::size_t size = 0;
    for (const auto piece : boost::beast::buffers_range_ref(buffers)) {
      outgoing_.AddFrames({static_cast<const char*>(piece.data()), piece.size()});
      size += piece.size();
    }
    FlushSoon();
    return boost::asio::async_compose<Handler, void(Error, std::size_t)>(
        [this, size, begun = false](auto& self, Error error = {}) mutable {
          if (std::exchange(begun, true)) return self.complete(error, error ? 0 : size);
          if (outgoing_.bytes() > kBacklog && !failed_) return Hold(std::move(self));
          boost::asio::post(get_executor(), std::move(self));
        },
        handler, *this);
  }

 private:
  static constexpr std::size_t kBacklog = 64 * 1024;  // bytes
  static constexpr std::size_t kEnough = 16 * 1024;   // to write at once
  static constexpr std::size_t kAhead = 8 * 1024;     // to read at once
  // With TLS only the library knows whether it can go on.
  static constexpr bool kIsSocket = requires(Stream & stream) { stream.socket(); };

  // Beast takes little at a time. Of a peer that says more than that, more is read at once.
  template <class Buffers, class Operation>
  void ReadSome(const Buffers& buffers, Operation operation) {
    if (ahead_left_.size() > 0) {
      return boost::asio::post(
          get_executor(),
          boost::beast::bind_front_handler(std::move(operation), Error(), TakeAhead(buffers)));
    }
    if (!says_much_) {
      ahead_.reset();
      return below_.async_read_some(buffers, std::move(operation));
    }
    if (ahead_ == nullptr) ahead_ = std::make_unique_for_overwrite<char[]>(kAhead);
    const boost::asio::mutable_buffer room(ahead_.get(), kAhead);
    below_.async_read_some(room, [this, buffers, room, operation = std::move(operation)](
                                     Error error, std::size_t size) mutable {
      ahead_left_ = boost::asio::buffer(room, size);
      says_much_ = size > boost::asio::buffer_size(buffers);
      operation(error, TakeAhead(buffers));
    });
  }

  template <class Buffers>
  std::size_t TakeAhead(const Buffers& buffers) {
    const std::size_t size = boost::asio::buffer_copy(buffers, ahead_left_);
    ahead_left_ += size;
    return size;
  }

  // False: nobody hears them.
  template <class Buffers>
  bool Passes(const Buffers& buffers, std::size_t size) {
    if (ahead_ == nullptr) says_much_ = size == boost::asio::buffer_size(buffers);
    for (const auto piece : boost::beast::buffers_range_ref(buffers)) {
      const std::size_t part = std::min(size, piece.size());
      heard_ += part;
      size -= part;
      if (deaf_ || watch_.Follow({static_cast<const char*>(piece.data()), part})) continue;
      deaf_ = true;
      on_flood_();
    }
    return !deaf_;
  }

  template <class Operation>
  void Hold(Operation operation) {
    held_.push_back([operation = std::move(operation)](Error error) mutable { operation(error); });
  }

  // Behind what is queued in the loop already, and behind what that queues, as long as each round
  // adds to it.
  void FlushSoon(std::size_t seen = 0) {
    if (flushing_ || outgoing_.waiting() == 0) return;
    flushing_ = true;
    boost::asio::post(get_executor(), [this, owner = owner_.lock(), seen] {
      flushing_ = false;
      const std::size_t waiting = outgoing_.waiting();
      waiting > seen&& waiting < kEnough ? FlushSoon(waiting) : Flush();
    });
  }

  void Flush() {
    if (outgoing_.writing() || failed_) return;
    if (outgoing_.waiting() > 0) WriteSome();
  }

  // At once where the peer has room for it: then no thread must hear that there is.
  void WriteSome() {
    const std::string_view next = outgoing_.Next();
    const boost::asio::const_buffer bytes(next.data(), next.size());
    if constexpr (kIsSocket) {
      Error error;
      const std::size_t size = below_.socket().write_some(bytes, error);
      if (error != boost::asio::error::would_block) return OnWritten(error, size);
    }
    below_.async_write_some(bytes, [this, owner = owner_.lock()](Error error, std::size_t size) {
      OnWritten(error, size);
    });
  }

  void OnWritten(Error error, std::size_t size) {
    taken_ += size;
    outgoing_.Wrote(size);
    failed_ = failed_ || error;
    if (failed_) outgoing_.Drop();
    if (!failed_ && !outgoing_.empty()) return WriteSome();
    for (auto& go_on : std::exchange(held_, {})) go_on(error);
  }

  Stream below_;
  FrameWatch watch_;
  std::unique_ptr<char[]> ahead_;
  boost::asio::const_buffer ahead_left_;  // in it
  bool says_much_ = false;
  Outgoing outgoing_;
  std::weak_ptr<void> owner_;
  absl::AnyInvocable<void()> on_flood_;
  // Operations that wait until everything is written.
  std::vector<absl::AnyInvocable<void(Error)>> held_;
  std::uint64_t taken_ = 0;
  std::uint64_t heard_ = 0;
  bool flushing_ = false;
  bool failed_ = false;
  bool deaf_ = false;
};

// Beast ends a connection so: what was said last has to reach the peer.
template <class Stream, class Handler>
void async_teardown(boost::beast::role_type role, Wire<Stream>& wire, Handler&& handler) {
  using Error = boost::beast::error_code;
  boost::asio::async_compose<Handler, void(Error)>(
      [role, &wire, step = 0](auto& self, Error error = {}) mutable {
        using boost::beast::websocket::async_teardown;
        if (++step == 1) return wire.AsyncFlush(std::move(self));
        if (step == 2) return async_teardown(role, wire.next_layer(), std::move(self));
        self.complete(error);
      },
      handler, wire);
}

}  // namespace chathub
