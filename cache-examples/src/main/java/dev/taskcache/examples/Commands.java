package dev.taskcache.examples;

import dev.taskcache.examples.TaskFailedException.Why;
import dev.taskcache.kfp.KfpCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Executes commands as processes of this machine, in the folders of their executions and with no
 * environment but PATH, HOME and their own. Thread-safe.
 */
final class Commands implements AutoCloseable {
  private static final int LOG_LINES = 10;
  private static final int LOG_BYTES = 8192;

  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Executes a command and waits for its end.
   *
   * @throws TaskFailedException if it cannot be started, fails, or this thread is interrupted; it
   *     is not running any more then
   */
  void execute(String task, KfpCommand command, ExecutionFolder folder)
      throws TaskFailedException, IOException {
    List<String> words = new ArrayList<>(command.command());
    words.addAll(command.args());
    Process process = start(task, words, command, folder);
    running.add(process);
    try {
      if (closed) {
        throw new InterruptedException();
      }
      int code = process.waitFor();
      if (closed) {
        throw new InterruptedException();
      } else if (code != 0) {
        throw new TaskFailedException(task, Why.COMMAND_FAILED, "exit code " + code, endOf(folder));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskFailedException(task, Why.INTERRUPTED, "stopped before its end");
    } finally {
      kill(process);
      running.remove(process);
    }
  }

  private static Process start(
      String task, List<String> words, KfpCommand command, ExecutionFolder folder)
      throws TaskFailedException, IOException {
    if (command.command().isEmpty()) {
      throw cannot(
          task,
          "it has no command, which means the entrypoint of its image, and that is not on this"
              + " machine; give the component a command");
    }
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.work().toFile())
            .redirectOutput(folder.stdout().toFile())
            .redirectError(folder.stderr().toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(Set.of("PATH", "HOME"));
    environment.put("TMPDIR", folder.tmp().toString());
    environment.putAll(command.env());
    checkEncodable(task, words);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw cannot(task, words.get(0) + " cannot be started: " + rootOf(e).getMessage());
    }
    process.getOutputStream().close();
    return process;
  }

  /** Where the locale has no characters for a command, the JVM would pass another command. */
  private static void checkEncodable(String task, List<String> words) throws TaskFailedException {
    String charset = System.getProperty("sun.jnu.encoding", "UTF-8");
    for (String word : words) {
      if (!Charset.forName(charset).newEncoder().canEncode(word)) {
        throw cannot(
            task,
            "its command has characters that " + charset + " lacks; set LC_ALL to a UTF-8 locale");
      }
    }
  }

  private static TaskFailedException cannot(String task, String problem) {
    return new TaskFailedException(task, Why.CANNOT_EXECUTE, problem);
  }

  private static Throwable rootOf(Throwable failure) {
    return failure.getCause() == null ? failure : rootOf(failure.getCause());
  }

  private static List<String> endOf(ExecutionFolder folder) throws IOException {
    List<String> errors = endOf(folder.stderr());
    return errors.isEmpty() ? endOf(folder.stdout()) : errors;
  }

  private static List<String> endOf(Path file) throws IOException {
    long size = Files.size(file);
    byte[] end = new byte[(int) Math.min(size, LOG_BYTES)];
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(size - end.length);
      log.readFully(end);
    }
    List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
    return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Kills what is still running, with all that it started; nothing can be executed any more. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Commands::kill);
  }
}
