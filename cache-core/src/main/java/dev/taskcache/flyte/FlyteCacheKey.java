package dev.taskcache.flyte;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What Flyte's own caches call the result of a task with its inputs: the data catalog of a cluster,
 * which knows it by a dataset and a tag, and flytekit's local cache. Byte for byte those of Flyte
 * 1.16. Immutable and thread-safe.
 */
public final class FlyteCacheKey {
  private final String project;
  private final String domain;
  private final String task;
  private final String datasetVersion;
  private final String tag;
  private final String localKey;
  private final List<FlyteDifference> differences;

  private FlyteCacheKey(
      String project,
      String domain,
      String task,
      FlyteCaching caching,
      FlyteInterface types,
      Message counted) {
    this.project = project;
    this.domain = domain;
    this.task = task;
    this.datasetVersion = caching.trimmedVersion() + "-" + types.signature();
    this.tag = "flyte_cached-" + MessageHash.text(counted);
    this.localKey = LocalKey.of(task, caching.version(), counted);
    this.differences = Agreement.differences(task, caching, types, counted);
  }

  static FlyteCacheKey of(
      String project,
      String domain,
      String task,
      FlyteCaching caching,
      FlyteInterface types,
      Map<String, Message> literals) {
    if (caching.trimmedVersion().isEmpty()) {
      throw new InvalidRequestException(
          Place.root(),
          "the task "
              + task
              + " has no cache version, which Flyte refuses; give it one (cache_version, or"
              + " Cache(version=…))");
    }
    return Limits.guarded(
        () ->
            new FlyteCacheKey(
                project,
                domain,
                task,
                caching,
                types,
                CountedInputs.of(literals, caching.ignoredInputs())));
  }

  /**
   * Computes the keys of a task and inputs that are written as JSON: {@code {"task": {"name": …,
   * "cacheVersion": …, "inputs": {name: Variable}, "outputs": {name: Variable}}, "literals": {name:
   * Literal}, "ignored": [name]}}, where Variable and Literal are Flyte's, in proto3 JSON. A task
   * may also have {@code project} and {@code domain}, which only {@link #cacheKey} has a use for.
   *
   * @param json one JSON object
   * @return the keys
   * @throws InvalidRequestException if it is not such an object, or the task has no name or no
   *     cache version; with the path
   */
  public static FlyteCacheKey fromJson(String json) {
    Message request = Limits.guarded(() -> JsonMessages.read(FlyteMessages.of("KeyRequest"), json));
    Message task = request.message("task");
    if (!task.has("name")) {
      throw new InvalidRequestException(
          Place.of("task").field("name"),
          "is missing; give the name that the task is registered by");
    }
    FlyteCaching caching =
        new FlyteCaching(true, task.text("cache_version"), false, request.list("ignored"));
    if (caching.trimmedVersion().isEmpty()) {
      throw new InvalidRequestException(
          Place.of("task").field("cacheVersion"),
          "is missing or empty, which Flyte refuses; give one");
    }
    return of(
        task.text("project"),
        task.text("domain"),
        task.text("name"),
        caching,
        new FlyteInterface(task.map("inputs"), task.map("outputs")),
        request.map("literals"));
  }

  /**
   * The name of the data catalog's dataset; project and domain of the task belong to it.
   *
   * @return {@code flyte_task-} and the task's name
   */
  public String datasetName() {
    return "flyte_task-" + task;
  }

  /**
   * The version of the data catalog's dataset: the cache version without spaces around it, and 8
   * characters each of the digests of the inputs' and the outputs' variables, descriptions and all.
   *
   * @return for instance {@code 1.0-GKw-c0Pw-ue5g6uuI}
   */
  public String datasetVersion() {
    return datasetVersion;
  }

  /**
   * The tag under which the data catalog finds the result in the dataset: a digest of the inputs'
   * values.
   *
   * @return {@code flyte_cached-} and 43 characters of base64 in its URL form
   */
  public String tag() {
    return tag;
  }

  /**
   * The key of flytekit's local cache.
   *
   * @return task name, cache version as written, and 32 hexadecimal digits, joined by {@code -}
   */
  public String localKey() {
    return localKey;
  }

  /**
   * The remote key as one key for a store of this library: scheme {@code flyte1}, SHA-256 over the
   * five columns that the data catalog's own table of tags has as its primary key: project, domain,
   * dataset name, dataset version, tag. Each is written as its length in bytes of UTF-8, 4 bytes
   * with the highest first, and those bytes, so that no two lists of columns run together.
   *
   * @return for instance {@code flyte1:0123…}
   */
  public CacheKey cacheKey() {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String column : List.of(project, domain, datasetName(), datasetVersion, tag)) {
      byte[] bytes = column.getBytes(StandardCharsets.UTF_8);
      hasher.putBytes(
          new byte[] {
            (byte) (bytes.length >>> 24),
            (byte) (bytes.length >>> 16),
            (byte) (bytes.length >>> 8),
            (byte) bytes.length
          });
      hasher.putBytes(bytes);
    }
    return CacheKey.parse("flyte1:" + hasher.hash());
  }

  /**
   * Where the remote and the local cache part, for this task with these inputs.
   *
   * @return at most one difference of each kind, in the order of their declaration
   */
  public List<FlyteDifference> differences() {
    return differences;
  }

  /**
   * Whether the remote and the local cache behave alike for the task as it is.
   *
   * @return false if a difference is one {@linkplain FlyteDifference.Kind#now now}
   */
  public boolean agree() {
    return differences.stream().noneMatch(each -> each.kind().now());
  }

  /**
   * The remote key as people read it.
   *
   * @return dataset name, dataset version and tag
   */
  @Override
  public String toString() {
    return datasetName() + " " + datasetVersion + " " + tag;
  }
}
