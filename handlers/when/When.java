import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Tells the time elsewhere: {@code when in Europe/Berlin}. */
public final class When {
  static final String USAGE = "usage: when in ZONE, for example when in Europe/Berlin";

  /** What {@code when <text>} says: {@code Saturday 14:05 in Europe/Berlin}, or how to use it. */
  static String answer(String text, ZonedDateTime now) {
    String[] words = text.trim().split("\\s+");
    if (words.length != 2 || !words[0].equalsIgnoreCase("in")) return USAGE;
    Optional<String> zone =
        ZoneId.getAvailableZoneIds().stream().filter(words[1]::equalsIgnoreCase).findFirst();
    if (zone.isEmpty()) return "there is no zone " + words[1] + "; " + USAGE;
    DateTimeFormatter clock = DateTimeFormatter.ofPattern("EEEE HH:mm", Locale.ENGLISH);
    return now.withZoneSameInstant(ZoneId.of(zone.get())).format(clock) + " in " + zone.get();
  }

  /** Exits 0 after SIGTERM or Ctrl-C, 1 when the hub refuses it. */
  public static void main(String[] arguments) {
    Instance instance = new Instance(text -> answer(text, ZonedDateTime.now()));
    Runtime.getRuntime().addShutdownHook(new Thread(instance::stopAndExit));
    try {
      instance.run();
    } catch (InterruptedException | RuntimeException e) {
      e.printStackTrace();
    }
    Runtime.getRuntime().halt(1); // Not exit: that would call the hook.
  }
}
