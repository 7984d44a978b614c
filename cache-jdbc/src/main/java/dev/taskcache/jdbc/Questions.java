package dev.taskcache.jdbc;

/** How a store asks its database: each question a call of its own. Thread-safe. */
record Questions(Calls calls, Backend backend) {

  <T> T read(String what, Backend.Work<T> work) {
    return calls.call(what, deadline -> backend.read(deadline, work));
  }

  <T> T write(String what, Backend.Work<T> work) {
    return calls.call(what, deadline -> backend.write(deadline, work));
  }
}
