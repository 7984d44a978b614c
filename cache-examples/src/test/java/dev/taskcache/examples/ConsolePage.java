package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with files, and with commands that work on them and print what stands below each. */
record ConsolePage(String text) {
  private static final Pattern FILE =
      Pattern.compile("`(\\w+\\.\\w+)`\\)?:\\n\\n```(?:json|text|yaml)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SESSION =
      Pattern.compile("```console\\n\\$ taskcache (.*?)\\n(.*?)\\n```", Pattern.DOTALL);

  static ConsolePage of(String name) throws IOException {
    return new ConsolePage(Files.readString(Path.of("../docs", name)));
  }

  /** Writes the files into a folder, and returns their names. */
  List<String> writeFiles(Path dir) throws IOException {
    List<String> files = new ArrayList<>();
    for (Matcher file = FILE.matcher(text); file.find(); ) {
      Files.writeString(dir.resolve(file.group(1)), file.group(2));
      files.add(file.group(1));
    }
    return files;
  }

  /** Checks that each command prints, to the letter, what the page says; returns the commands. */
  List<String> assertCommands(Path dir) {
    List<String> commands = new ArrayList<>();
    for (Matcher session = SESSION.matcher(text); session.find(); ) {
      Object[] words =
          Arrays.stream(session.group(1).split(" "))
              .map(word -> word.matches(".*\\.(json|yaml|txt)") ? dir.resolve(word) : word)
              .toArray();
      Cli answer = Cli.run(words);
      assertThat((answer.out() + answer.err()).replace(dir + File.separator, "").stripTrailing())
          .as(session.group(1))
          .isEqualTo(session.group(2));
      commands.add(session.group(1));
    }
    return commands;
  }
}
