#include "hub/gateway/websocket.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <optional>
#include <utility>

#include "hub/base/budget.h"
#include "hub/base/text.h"
#include "hub/gateway/wire.h"

namespace chathub {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Error = beast::error_code;

constexpr std::chrono::milliseconds kPause{20};  // of a peer that says too much
constexpr std::size_t kLongestReason = 123;      // bytes, by RFC 6455
constexpr std::size_t kKept = 4096;              // bytes of a buffer that is not in use

// Kept alive by the operations that are under way.
template <class Stream>
class Connection final : public TextLink,
                         public Visitor,
                         public std::enable_shared_from_this<Connection<Stream>> {
 public:
  Connection(Stream stream, Place place)
      : place_(std::move(place)),
        limits_(place_.lobby().limits),
        ws_(std::move(stream), limits_.fragments),
        timer_(ws_.get_executor()),
        frames_(limits_.frames, limits_.frames, Now()),
        controls_(limits_.controls, limits_.controls, Now()),
        moved_at_(Now()),
        heard_at_(Now()) {
    place_.Take(*this);
  }

  void Accept(HttpRequest request, Greeting greeting) {
    wire().Serve(this->weak_from_this(), [this] { EndFlood("too many fragments"); });
    SetOptions();
    auto kept = std::make_unique<HttpRequest>(std::move(request));
    const HttpRequest& accepted = *kept;
    ws_.async_accept(accepted, [self = this->shared_from_this(), kept = std::move(kept),
                                greeting = std::move(greeting)](Error error) mutable {
      if (!error) self->Begin(std::move(greeting));
    });
  }

  // TextLink
  void Write(std::string text) override {
    if (closing_) return;
    wire().Write(text);
    if (wire().backlog() > limits_.outgoing) Cut();
  }
  void Ping() override {
    if (pinging_ || closing_) return;
    pinging_ = true;
    ws_.async_ping({}, [self = this->shared_from_this()](Error) { self->pinging_ = false; });
  }
  void Close(const CloseReason& why) override {
    if (std::exchange(closing_, true)) return;
    // Not at once: it may be the talk that calls.
    asio::post(ws_.get_executor(), [self = this->shared_from_this()] { self->talk_.reset(); });
    HangUpIn(limits_.closing);
    const std::string_view text = CutAtCodePoint(why.text, kLongestReason);
    websocket::close_reason reason(why.code);
    reason.reason.assign(text.data(), text.size());
    ws_.async_close(reason, [self = this->shared_from_this()](Error) { self->HangUp(); });
  }

  // Visitor
  void SendAway() override {
    if (talk_ != nullptr) return talk_->End({1012, "the hub is going away"});
    HangUp();
  }
  void Abandon() override {
    talk_.reset();
    HangUp();
  }
  void Look(TimePoint now) override {
    if (closing_) return;
    LookWhetherItReads(now);
    LookWhetherItLives(now);
  }

 private:
  Wire<Stream>& wire() { return ws_.next_layer(); }
  TimePoint Now() const { return place_.lobby().loop.Now(); }

  void LookWhetherItReads(TimePoint now) {
    if (wire().backlog() == 0 || std::exchange(taken_, wire().taken()) != wire().taken()) {
      moved_at_ = now;
    } else if (now - moved_at_ >= limits_.unread) {
      Cut();
    }
  }

  // Beast can do the same, with a timer that it sets anew for every frame.
  void LookWhetherItLives(TimePoint now) {
    const auto silence = now - heard_at_;
    if (std::exchange(heard_, wire().heard()) != wire().heard()) {
      heard_at_ = now;
      asked_ = false;
    } else if (silence >= limits_.idle) {
      HangUp();
    } else if (silence >= limits_.idle / 2 && !std::exchange(asked_, true)) {
      Ping();
    }
  }

  void SetOptions() {
    websocket::stream_base::timeout times;
    times.handshake_timeout = limits_.handshake;
    times.idle_timeout = websocket::stream_base::none();
    ws_.set_option(times);
    ws_.read_message_max(limits_.message);
    ws_.control_callback([this](websocket::frame_type, beast::string_view) { OnControl(); });
  }

  void Begin(Greeting greeting) {
    talk_ = place_.lobby().networks.Open(*this, std::move(greeting));
    talk_->Begin();
    Read();
  }

  void Read() {
    ws_.async_read(buffer_, [self = this->shared_from_this()](Error error, std::size_t) {
      self->OnRead(error);
    });
  }

  void OnRead(Error error) {
    if (error) return OnReadEnd();
    if (talk_ != nullptr && !closing_)
      Hear({static_cast<const char*>(buffer_.data().data()), buffer_.size()});
    buffer_.clear();
    if (buffer_.capacity() > kKept) buffer_.shrink_to_fit();
    const auto pause = frames_.Spend(Now(), wire().watch().TakeFrames());
    if (pause == pause.zero() || closing_) return Read();
    timer_.expires_after(std::max(pause, kPause));
    timer_.async_wait([self = this->shared_from_this()](Error) { self->Read(); });
  }

  // Beast has looked at texts itself.
  void Hear(std::string_view frame) {
    if (!ws_.got_text() && !IsUtf8(frame)) return talk_->End({1007, "no UTF-8"});
    talk_->Hear(frame);
  }

  // Beast has said 1002, 1007 or 1009 itself where that is due.
  void OnReadEnd() {
    talk_.reset();
    if (!std::exchange(closing_, true)) HangUp();
  }

  void OnControl() {
    if (talk_ == nullptr || closing_) return;
    talk_->Lives();
    if (controls_.Spend(Now()) > Milliseconds::zero()) EndFlood("too many pings");
  }

  // Not even its close is waited for: it would be the last of very many frames.
  void EndFlood(const char* why) {
    if (talk_ != nullptr) talk_->End({1008, why});
    wire().Deafen();
    HangUpIn(kLastBytes);
  }

  // A peer that does not read: what waits for it is dropped.
  void Cut() {
    wire().Drop();
    if (talk_ != nullptr) talk_->End({1013, "too slow"});
  }

  void HangUpIn(std::chrono::milliseconds time) {
    timer_.expires_after(time);
    timer_.async_wait([self = this->shared_from_this()](Error error) {
      if (!error) self->HangUp();
    });
  }

  void HangUp() {
    timer_.cancel();
    beast::get_lowest_layer(ws_).close();
  }

  Place place_;
  const GatewayLimits& limits_;
  websocket::stream<Wire<Stream>, false> ws_;  // without compression
  asio::steady_timer timer_;

  beast::flat_buffer buffer_;
  std::unique_ptr<Talk> talk_;
  Budget frames_;
  Budget controls_;
  bool pinging_ = false;
  bool closing_ = false;
  // What the peer had taken and said when it was looked at, and when that last was more than
  // before.
  std::uint64_t taken_ = 0;
  TimePoint moved_at_;
  std::uint64_t heard_ = 0;
  TimePoint heard_at_;
  bool asked_ = false;  // whether it lives
};

}  // namespace

template <class Stream>
void ServeWebSocket(Stream stream, HttpRequest request, Greeting greeting, Place place) {
  std::make_shared<Connection<Stream>>(std::move(stream), std::move(place))
      ->Accept(std::move(request), std::move(greeting));
}

template void ServeWebSocket(PlainStream, HttpRequest, Greeting, Place);
template void ServeWebSocket(SecureStream, HttpRequest, Greeting, Place);

}  // namespace chathub
