package dev.taskcache.http;

import dev.taskcache.testing.PipelineSourceContract;
import dev.taskcache.version.PipelineSource;
import java.io.IOException;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;

class KfpPipelineSourceContractTest extends PipelineSourceContract {
  private final HttpClient client = HttpClient.newHttpClient();
  private final KfpApi api = new KfpApi();
  private final TestServer server = new TestServer();

  KfpPipelineSourceContractTest() throws IOException {
    server.does(api);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  protected PipelineSource open() {
    return KfpPipelineSource.builder(client, server.address()).pageSize(7).build();
  }

  @Override
  protected String publish(String pipeline, String name, String definition) throws Exception {
    return api.publish(pipeline, name, definition);
  }

  @Override
  protected void delete(String pipeline, String id) {
    api.delete(id);
  }
}
