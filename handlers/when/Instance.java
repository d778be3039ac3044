import io.chathub.v1.Action;
import io.chathub.v1.Command;
import io.chathub.v1.Content;
import io.chathub.v1.Delivery;
import io.chathub.v1.Finish;
import io.chathub.v1.FinishOutcome;
import io.chathub.v1.FinishResult;
import io.chathub.v1.HandlerCommand;
import io.chathub.v1.HandlerHello;
import io.chathub.v1.HandlerItem;
import io.chathub.v1.HandlersAttachRequest;
import io.chathub.v1.HandlersAttachResponse;
import io.chathub.v1.HandlersGrpc;
import io.chathub.v1.Help;
import io.chathub.v1.Leaving;
import io.chathub.v1.Nack;
import io.chathub.v1.Pong;
import io.chathub.v1.Renew;
import io.chathub.v1.Route;
import io.chathub.v1.SendAction;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A handler of one command from the generated stubs alone, without an SDK: one instance, over many streams.
 *
 * <p>It opens a stream, Handlers.Attach: it says hello with its route, gets a delivery for each matching
 * message, and finishes each with its answer. gRPC's threads hear; whoever speaks has the lock.
 */
final class Instance {
  private static final Route ROUTE =
      Route.newBuilder()
          .setId("when")
          .setCommand(Command.newBuilder().setWord("when"))
          .setAddressedOnly(true)
          .setHelp(Help.newBuilder().setUsage("when in ZONE").setDescription("Tells the time there."))
          .build();

  /** Trying again does not cure these. */
  private static final Set<Status.Code> FINAL =
      Set.of(
          Status.Code.UNAUTHENTICATED, Status.Code.PERMISSION_DENIED, Status.Code.INVALID_ARGUMENT,
          Status.Code.ALREADY_EXISTS, Status.Code.NOT_FOUND, Status.Code.UNIMPLEMENTED);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final UnaryOperator<String> answer;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopping = false;
  private long backoff = 100; // Milliseconds; doubles up to 5000 until an attempt succeeds.

  // Of the stream; guarded by this.
  private StreamObserver<HandlersAttachRequest> toHub;
  private final Map<String, Integer> open = new HashMap<>(); // attempts, until the hub confirms the end

  Instance(UnaryOperator<String> answer) {
    this.answer = answer;
  }

  /** Attaches again and again until the hub refuses it for good, or until it was stopped: then for ever. */
  void run() throws InterruptedException {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    clock.scheduleAtFixedRate(this::renew, 3, 3, TimeUnit.SECONDS); // Well below the lease of 10 s.
    while (!stopping) {
      Status status = attachOnce();
      if (stopping) break;
      System.err.println("when: " + status.getDescription());
      if (FINAL.contains(status.getCode())) return;
      // Spread out, so that the handlers of a hub that restarted do not all come at once.
      Thread.sleep(ThreadLocalRandom.current().nextLong(backoff / 2, backoff));
      backoff = Math.min(backoff * 2, 5000);
    }
    ended.countDown();
    Thread.currentThread().join();
  }

  /**
   * Takes nothing new, and ends the process with 0 when the hub has ended the stream, which it does when
   * nothing is open; 5 s at most.
   */
  void stopAndExit() {
    synchronized (this) {
      stopping = true;
      say(HandlerItem.newBuilder().setLeaving(Leaving.getDefaultInstance()));
      if (toHub == null) ended.countDown();
    }
    try {
      ended.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // It ends anyway.
    }
    Runtime.getRuntime().halt(0);
  }

  /** One stream from hello to end, and how it ended. */
  private Status attachOnce() throws InterruptedException {
    HubAddress hub;
    try {
      hub = HubAddress.find();
    } catch (IOException e) {
      return Status.UNAVAILABLE.withDescription("no hub is running (missing: " + e.getMessage() + ")");
    }
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(hub.target())
            .usePlaintext()
            .keepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTimeout(5, TimeUnit.SECONDS)
            .keepAliveWithoutCalls(true)
            .proxyDetector(address -> null) // None for the web between us and the hub.
            .build();
    try {
      return talkOver(channel, hub.token()).join();
    } finally {
      channel.shutdownNow();
    }
  }

  private CompletableFuture<Status> talkOver(ManagedChannel channel, String token) {
    Metadata metadata = new Metadata();
    metadata.put(AUTHORIZATION, "Bearer " + token);
    CompletableFuture<Status> end = new CompletableFuture<>();
    synchronized (this) {
      open.clear(); // What a lost stream left open comes again.
      toHub =
          HandlersGrpc.newStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
              .attach(listener(end));
      say(HandlerItem.newBuilder().setHello(HandlerHello.newBuilder().setName("when").addRoutes(ROUTE)));
      if (stopping) say(HandlerItem.newBuilder().setLeaving(Leaving.getDefaultInstance()));
    }
    return end;
  }

  private StreamObserver<HandlersAttachResponse> listener(CompletableFuture<Status> end) {
    return new StreamObserver<>() {
      @Override
      public void onNext(HandlersAttachResponse frame) {
        frame.getItemsList().forEach(Instance.this::hear);
      }

      @Override
      public void onError(Throwable error) {
        end(Status.fromThrowable(error));
      }

      @Override
      public void onCompleted() {
        end(Status.UNAVAILABLE.withDescription("the hub ended the stream"));
      }

      private void end(Status status) {
        synchronized (Instance.this) {
          toHub = null;
        }
        end.complete(status);
      }
    };
  }

  private synchronized void hear(HandlerCommand command) {
    switch (command.getKindCase()) {
      case HELLO_OK -> {
        backoff = 100;
        System.err.println("when: attached to " + command.getHelloOk().getHub());
      }
      case DELIVERY -> finish(command.getDelivery());
      case FINISH_RESULT -> settle(command.getFinishResult());
      case CANCEL -> open.remove(command.getCancel().getDelivery());
      case PING -> say(HandlerItem.newBuilder()
          .setPong(Pong.newBuilder().setNonce(command.getPing().getNonce())));
      default -> {} // From a newer hub, or nothing to us.
    }
  }

  private void finish(Delivery delivery) {
    open.put(delivery.getId(), delivery.getAttempt());
    String text = answer.apply(delivery.getCapturesOrDefault("rest", ""));
    SendAction send = SendAction.newBuilder().setContent(Content.newBuilder().setText(text)).build();
    say(HandlerItem.newBuilder().setFinish(Finish.newBuilder()
        .setDelivery(delivery.getId())
        .setAttempt(delivery.getAttempt())
        .addActions(Action.newBuilder().setSend(send))));
  }

  /** Done; unless the hub could not take the answer now: then it shall deliver again. */
  private void settle(FinishResult result) {
    Integer attempt = open.remove(result.getDelivery());
    if (attempt == null || result.getOutcome() != FinishOutcome.FINISH_OUTCOME_REFUSED) return;
    say(HandlerItem.newBuilder().setNack(Nack.newBuilder()
        .setDelivery(result.getDelivery())
        .setAttempt(attempt)
        .setWhy(result.getProblem().getDetail())
        .setRetryAfter(result.getProblem().getRetryAfter())));
  }

  private synchronized void renew() {
    if (open.isEmpty()) return;
    say(HandlerItem.newBuilder().setRenew(Renew.newBuilder().addAllDeliveries(open.keySet())));
  }

  private void say(HandlerItem.Builder item) {
    if (toHub != null) toHub.onNext(HandlersAttachRequest.newBuilder().addItems(item).build());
  }
}
