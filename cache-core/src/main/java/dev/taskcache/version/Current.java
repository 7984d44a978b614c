package dev.taskcache.version;

import java.util.concurrent.TimeUnit;

/**
 * The last good version of a selection, as processes share it.
 *
 * @param version the version
 * @param compiled its compiled form
 * @param informationAgeMillis how long ago the source had said so when this was stored
 */
record Current(PipelineVersion version, byte[] compiled, long informationAgeMillis) {
  long informationAgeNanos() {
    return TimeUnit.MILLISECONDS.toNanos(informationAgeMillis);
  }
}
