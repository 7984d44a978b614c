package dev.taskcache.kfp;

import java.util.List;
import java.util.Locale;

/**
 * Something in a compiled pipeline's caching that is not what people expect of it.
 *
 * @param kind what sort of surprise it is
 * @param file the file, as its reader named it
 * @param line the line in it, from 1
 * @param place the field on that line, for instance {@code root.dag.tasks.train.cachingOptions}
 * @param tasks the executable tasks that it is about, by {@linkplain KfpPipeline.Step#path path},
 *     in the file's order; empty if it is about the whole pipeline
 * @param why what happens, and why
 * @param instead what to write instead
 */
public record KfpFinding(
    Kind kind,
    String file,
    int line,
    String place,
    List<String> tasks,
    String why,
    String instead) {

  /** So many tasks are named on the line, and the others counted. */
  private static final int NAMED = 3;

  /** Copies the tasks. */
  public KfpFinding {
    tasks = List.copyOf(tasks);
  }

  /** What sort of surprise a finding is. */
  public enum Kind {
    /** A cached task's image is a tag: another image under the same tag has the same key. */
    IMAGE_TAG(false),
    /** A cached exit handler: on a hit nobody is told, nothing is cleaned up. */
    EXIT_HANDLER_CACHED(false),
    /** A cached task without outputs, which is for a side effect, or only checks something. */
    NO_OUTPUTS_CACHED(true),
    /** A volume that is made once and afterwards taken from the cache, also if it is gone. */
    VOLUME_CACHED(false),
    /** {@code cachingOptions: {}}, which is off. */
    EMPTY_OPTIONS(true),
    /** A sub-pipeline's options that do not reach its tasks. */
    GROUP_OPTIONS_IGNORED(false),
    /** A {@code cacheKey} that nothing reads. */
    CACHE_KEY_IGNORED(false),
    /** An input that is another one in every run: the task is never found. */
    INPUT_DIFFERS_PER_RUN(false),
    /** A placeholder of the run in a process, whose key has the placeholder only. */
    RUN_NOT_IN_KEY(false),
    /** An input that is about the time when the pipeline was compiled. */
    RECENT_TIME(false),
    /** Environment variables that the release leaves out of the key. */
    ENVIRONMENT_NOT_IN_KEY(false),
    /** Config maps, pod fields, volumes or accelerators that are not in the key. */
    PLATFORM_NOT_IN_KEY(false),
    /** Secrets, of which neither name nor value is in the key. */
    SECRET_NOT_IN_KEY(true),
    /** A label or annotation of the v1 cache server, on a task of the v2 driver. */
    CACHING_LABEL(false),
    /** The pipeline was compiled for another release. */
    SDK_VERSION(false);

    private final boolean note;

    Kind(boolean note) {
      this.note = note;
    }

    /**
     * Whether it is only worth knowing: it is usually meant as it is.
     *
     * @return false if it should be changed
     */
    public boolean isNote() {
      return note;
    }

    /**
     * Its name as the command writes it.
     *
     * @return for instance {@code image-tag}
     */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * The finding on one line.
   *
   * @return file, line, whether it is a warning or a note, the first tasks, why, what to write
   *     instead, kind
   */
  @Override
  public String toString() {
    String about = String.join(", ", tasks.subList(0, Math.min(NAMED, tasks.size())));
    if (tasks.size() > NAMED) {
      about += " and " + (tasks.size() - NAMED) + " more";
    }
    return file
        + ":"
        + line
        + (kind.isNote() ? ": note: " : ": warning: ")
        + (about.isEmpty() ? "" : about + ": ")
        + why
        + "; "
        + instead
        + " ["
        + kind.label()
        + "]";
  }
}
