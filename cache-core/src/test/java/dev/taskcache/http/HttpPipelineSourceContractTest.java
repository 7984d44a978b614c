package dev.taskcache.http;

import dev.taskcache.testing.PipelineSourceContract;
import dev.taskcache.version.PipelineSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;

class HttpPipelineSourceContractTest extends PipelineSourceContract {
  private final HttpClient client = HttpClient.newHttpClient();
  private final VersionServer versions = new VersionServer();
  private final TestServer server = new TestServer();

  HttpPipelineSourceContractTest() throws IOException {
    server.does(versions);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected PipelineSource open() {
    return HttpPipelineSource.builder(client, URI.create(server.address() + "/")).build();
  }

  @Override
  protected String publish(String pipeline, String name, String definition) {
    versions.publish(pipeline, name, definition);
    return name;
  }

  @Override
  protected void delete(String pipeline, String id) {
    versions.delete(pipeline, id);
  }
}
