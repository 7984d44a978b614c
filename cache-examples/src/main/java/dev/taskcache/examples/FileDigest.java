package dev.taskcache.examples;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The digests of files and folders, by their content alone. */
final class FileDigest {
  private FileDigest() {}

  /**
   * SHA-256 of a file's bytes; of a folder, of the map from each path inside it to whether the file
   * is executable and its digest. An empty folder in it is a path to an empty list.
   *
   * @return 64 hexadecimal digits
   */
  static String of(Path content) throws IOException {
    if (!Files.isDirectory(content)) {
      return ofFile(content);
    }
    Map<String, InputValue> files = new HashMap<>();
    try (Stream<Path> walk = Files.walk(content)) {
      for (Path each : walk.toList()) {
        String path = content.relativize(each).toString().replace('\\', '/');
        if (!Files.isDirectory(each)) {
          files.put(
              path,
              InputValue.of(
                  List.of(Files.isExecutable(each), HexFormat.of().parseHex(ofFile(each)))));
        } else if (isEmpty(each)) {
          files.put(path, InputValue.of(List.of()));
        }
      }
    }
    return ValueDigest.of(new InputValue.MapValue(files)).hex();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isEmpty();
    }
  }

  private static String ofFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is neither a file nor a folder");
    }
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
