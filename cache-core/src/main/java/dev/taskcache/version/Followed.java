package dev.taskcache.version;

/** A selection of a pipeline, which somebody follows. */
record Followed(String pipeline, VersionSelection selection) {}
