package dev.taskcache.examples;

class ManyProcessesOnSqliteTest extends ManyProcesses {
  @Override
  String store() {
    return dir.resolve("tasks.db").toString();
  }
}
