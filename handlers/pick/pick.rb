#!/usr/bin/ruby
# frozen_string_literal: true

# Decides: `pick tea, coffee or water`. A whole handler from the generated stubs alone, without an SDK.
#
# It opens one stream, Handlers.Attach: it says hello with its route, gets a delivery for each matching
# message, and finishes each with its answer. Exits 0 after SIGTERM or Ctrl-C, 1 when the hub refuses it.

require "etc"

$LOAD_PATH.unshift(ENV["CHATHUB_STUBS_RUBY"] || File.expand_path("../../build/ruby", __dir__))
require "chathub/v1/handlers_services_pb"

Wire = Chathub::V1

USAGE = "usage: pick A, B or C"
ROUTE = Wire::Route.new(
  id: "pick", command: Wire::Command.new(word: "pick"), addressed_only: true,
  help: Wire::Help.new(usage: "pick A, B or C", description: "Picks one of them.")
)
# Trying again does not cure these.
FINAL = [
  GRPC::Unauthenticated, GRPC::PermissionDenied, GRPC::InvalidArgument, GRPC::AlreadyExists,
  GRPC::NotFound, GRPC::Unimplemented
].freeze
# A silent hub is noticed within 15 s; a proxy for the web has no business between us and the hub.
CHANNEL = {
  "grpc.keepalive_time_ms" => 10_000, "grpc.keepalive_timeout_ms" => 5_000,
  "grpc.keepalive_permit_without_calls" => 1, "grpc.http2.max_pings_without_data" => 0,
  "grpc.enable_http_proxy" => 0
}.freeze

# One of what is between commas and "or"; the usage if there is nothing.
def answer(text)
  text.split(/,|\bor\b/).map(&:strip).reject(&:empty?).sample || USAGE
end

# Waiting may help.
class NoHub < StandardError; end

# An empty variable counts as none.
def environment(name) = ENV.fetch(name, "").then { |value| value unless value.empty? }

# Address and token: from the environment, else from the hub's data folder.
def find_hub
  share = environment("XDG_DATA_HOME") || "#{environment('HOME') || Etc.getpwuid.dir}/.local/share"
  folder = environment("CHATHUB_DATA") || "#{share}/chathub"
  address = environment("CHATHUB_ADDRESS") || File.open("#{folder}/endpoints", &:gets).strip
  [address, environment("CHATHUB_TOKEN") || File.read("#{folder}/owner-token").strip]
rescue SystemCallError => e
  raise NoHub, "no hub is running in #{folder} (#{e.message})"
end

# One instance, over many streams. One thread hears, one of gRPC's speaks, the main one waits for signals.
class Handler
  def initialize
    @items = Queue.new # To be said on the stream.
    @open = {} # Attempts by delivery, until the hub confirms the end.
    @stopping = false
  end

  # Attaches again and again until stopped (0) or refused for good (1).
  def run
    backoff = 0.1 # Seconds; doubles up to 5 until an attempt succeeds.
    until @stopping
      begin
        attach_once { backoff = 0.1 }
      rescue GRPC::BadStatus, NoHub => e
        break if @stopping
        warn "pick: #{e.is_a?(GRPC::BadStatus) ? e.details : e.message}"
        return 1 if FINAL.include?(e.class)
      end
      sleep(backoff * rand(0.5..1.0)) unless @stopping
      backoff = [backoff * 2, 5].min
    end
    0
  end

  # Takes nothing new; the hub ends the stream when what is open is finished.
  def stop
    @stopping = true
    say(leaving: Wire::Leaving.new)
  end

  # That the work goes on; more often than every 10 s, the lease.
  def renew
    say(renew: Wire::Renew.new(deliveries: @open.keys)) unless @open.empty?
  end

  private

  # One stream from hello to end; what is given is called when the hub greets. Raises GRPC::BadStatus with the
  # hub's reason.
  def attach_once(&greeted)
    address, token = find_hub
    @open = {} # What a lost stream left open comes again.
    @items = Queue.new
    say(hello: Wire::HandlerHello.new(name: "pick", routes: [ROUTE]))
    stub = Wire::Handlers::Stub.new(address, :this_channel_is_insecure, channel_args: CHANNEL)
    stub.attach(frames(@items), metadata: { "authorization" => "Bearer #{token}" }).each do |frame|
      frame.items.each { |command| hear(command, &greeted) }
    end
  ensure
    @items.close # Lets gRPC's thread end, too.
  end

  # What gRPC writes, until the queue is closed.
  def frames(items)
    Enumerator.new do |frame|
      while (item = items.pop)
        frame << Wire::HandlersAttachRequest.new(items: [item])
      end
    end
  end

  def hear(command)
    case command.kind
    when :hello_ok
      yield
      warn "pick: attached to #{command.hello_ok.hub}"
    when :delivery then finish(command.delivery)
    when :finish_result then settle(command.finish_result)
    when :cancel then @open.delete(command.cancel.delivery)
    when :ping then say(pong: Wire::Pong.new(nonce: command.ping.nonce))
    end
  end

  def finish(delivery)
    @open[delivery.id] = delivery.attempt
    content = Wire::Content.new(text: answer(delivery.captures["rest"] || ""))
    send = Wire::Action.new(send: Wire::SendAction.new(content: content))
    say(finish: Wire::Finish.new(delivery: delivery.id, attempt: delivery.attempt, actions: [send]))
  end

  # Done; unless the hub could not take the answer now: then it shall deliver again.
  def settle(result)
    attempt = @open.delete(result.delivery)
    if attempt && result.outcome == :FINISH_OUTCOME_REFUSED
      say(nack: Wire::Nack.new(delivery: result.delivery, attempt: attempt, why: result.problem.detail,
                               retry_after: result.problem.retry_after))
    end
  end

  def say(**kind)
    @items << Wire::HandlerItem.new(**kind)
  rescue ClosedQueueError
    nil # The stream has ended meanwhile.
  end
end

if $PROGRAM_NAME == __FILE__
  Thread.abort_on_exception = true
  handler = Handler.new
  signals = Queue.new
  %w[TERM INT].each { |name| trap(name) { signals << name } }
  Thread.new { exit!(handler.run) }
  Thread.new { loop { sleep(3) && handler.renew } }
  signals.pop
  handler.stop
  sleep 5 # The other thread ends the process; unless the hub lets us wait.
  exit!(0)
end
