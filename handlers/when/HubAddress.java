import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the hub listens, and the token that it asks for. */
record HubAddress(String target, String token) {
  /** From the environment, else from the hub's data folder; an IOException names the file that is missing. */
  static HubAddress find() throws IOException {
    Path folder = dataFolder();
    String target = environment("CHATHUB_ADDRESS");
    if (target == null) target = firstWithoutSocket(folder.resolve("endpoints"));
    String token = environment("CHATHUB_TOKEN");
    if (token == null) token = Files.readString(folder.resolve("owner-token")).trim();
    return new HubAddress(target, token);
  }

  /** Debian's gRPC for Java speaks TCP alone. */
  private static String firstWithoutSocket(Path endpoints) throws IOException {
    return Files.readAllLines(endpoints).stream()
        .filter(line -> !line.startsWith("unix:"))
        .findFirst()
        .orElseThrow(() -> new FileNotFoundException("the hub listens on a Unix socket alone"));
  }

  /** An empty variable counts as none. */
  private static String environment(String name) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static Path dataFolder() {
    String folder = environment("CHATHUB_DATA");
    if (folder != null) return Path.of(folder);
    String share = environment("XDG_DATA_HOME");
    if (share != null) return Path.of(share, "chathub");
    return Path.of(System.getProperty("user.home"), ".local", "share", "chathub");
  }
}
