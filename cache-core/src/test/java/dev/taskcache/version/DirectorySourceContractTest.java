package dev.taskcache.version;

import dev.taskcache.testing.PipelineSourceContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceContractTest extends PipelineSourceContract {
  @TempDir Path folder;

  @Override
  protected PipelineSource open() {
    return DirectorySource.of(folder);
  }

  @Override
  protected String publish(String pipeline, String name, String definition) throws Exception {
    Path versions = Files.createDirectories(folder.resolve(pipeline));
    Path unfinished = versions.resolve("." + name + ".tmp");
    Files.writeString(unfinished, definition);
    Files.move(unfinished, versions.resolve(name + ".yaml"));
    return name;
  }

  @Override
  protected void delete(String pipeline, String id) throws Exception {
    Files.delete(folder.resolve(pipeline).resolve(id + ".yaml"));
  }
}
