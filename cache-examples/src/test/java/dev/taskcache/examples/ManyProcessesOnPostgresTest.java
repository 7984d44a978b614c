package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.jdbc.PostgresForCommands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class ManyProcessesOnPostgresTest extends ManyProcesses {
  private PostgresForCommands database;

  @BeforeEach
  void open() {
    database = new PostgresForCommands();
    assertThat(Cli.run("migrate", "--store", database.url()).code()).isZero();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  String store() {
    return database.url();
  }
}
