package dev.taskcache.flyte;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.Place;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.NotCached;
import dev.taskcache.policy.OptionResolver;
import dev.taskcache.policy.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as Flyte registers it: a TaskTemplate, read by a {@link FlyteTaskReader}. Immutable and
 * thread-safe.
 */
public final class FlyteTask {
  private final Message template;
  private final @Nullable FlyteNode node;
  private final @Nullable String overwrite;
  private final FlyteCaching caching;
  private final FlyteInterface types;
  private final OutputSchema outputs;
  private final ComponentSpec component;
  private final ComponentSpec byName;

  private FlyteTask(Message template, @Nullable FlyteNode node, @Nullable String overwrite) {
    this.template = template;
    this.node = node;
    this.overwrite = overwrite;
    FlyteCaching own = FlyteCaching.of(template.message("metadata"));
    this.caching = node == null ? own : own.overriddenBy(node.metadata());
    if (name().isEmpty()) {
      throw new InvalidRequestException(
          Place.of("id").field("name"), "is missing; give the name that the task is registered by");
    }
    this.types = FlyteInterface.of(template.message("interface"));
    this.outputs = Place.of("interface").locate(types::outputSchema);
    Message overrides = node == null ? Message.empty("TaskNodeOverrides") : node.overrides();
    this.component = FlyteComponents.whole(template, overrides, types);
    this.byName = FlyteComponents.byName(template, types);
  }

  static FlyteTask of(Message template) {
    return new FlyteTask(template, null, null);
  }

  /**
   * The same task as a node of a workflow runs it.
   *
   * @param node what the node overrides; it replaces one that was given before
   * @return a task whose caching and component are the overridden ones
   * @throws InvalidRequestException if the node gives an image that is none
   */
  public FlyteTask with(FlyteNode node) {
    return new FlyteTask(template, node, overwrite);
  }

  /**
   * The same task as an execution runs it that overwrites the cache ({@code overwrite_cache} of an
   * execution or a launch plan): it runs whatever is stored, and its result replaces that.
   *
   * @param where who says so, for explanations: for instance {@code execution f3a: overwrite_cache}
   * @return a task whose {@linkplain #layers layers} say so, unless it is not cached at all
   */
  public FlyteTask overwritingCache(String where) {
    return new FlyteTask(template, node, where);
  }

  /**
   * The project that it is registered in.
   *
   * @return empty if it has none
   */
  public String project() {
    return template.message("id").text("project");
  }

  /**
   * The domain that it is registered in.
   *
   * @return for instance {@code development}; empty if it has none
   */
  public String domain() {
    return template.message("id").text("domain");
  }

  /**
   * The name that it is registered by.
   *
   * @return for instance {@code my.module.train}; never empty
   */
  public String name() {
    return template.message("id").text("name");
  }

  /**
   * What it says about caching.
   *
   * @return the settings, node overrides applied
   */
  public FlyteCaching caching() {
    return caching;
  }

  /**
   * The same as options of this library, which a request of {@link #request} has: whether it is
   * cached (mode), whether a second run waits for the first ({@code waitForRunning}), the version,
   * the ignored inputs.
   *
   * @return one layer for each field that says something, the task's before the node's, both of
   *     {@link dev.taskcache.explain.Level#TASK}; last, of {@link dev.taskcache.explain.Level#RUN},
   *     what overwrites the cache
   */
  public List<Layer> layers() {
    FlyteCaching own = FlyteCaching.of(template.message("metadata"));
    return FlyteLayers.of(name(), own, node, overwrite);
  }

  /**
   * What would run: its name, image, command, arguments and environment, and as its platform the
   * types of its interface, pod, SQL statement, custom configuration, accelerator and names of
   * secrets. Without resource requests, and without descriptions.
   *
   * @return the component; its image is a tag where the template has a tag
   */
  public ComponentSpec component() {
    return component;
  }

  /**
   * The names and types of its outputs. A dataclass is a record where Flyte knows its fields, a
   * file {@code flyte.Blob}; unions, and whatever Flyte itself does not type, are {@code any}.
   *
   * @return the schema; {@link OutputSchema#NONE} for a task without outputs
   */
  public OutputSchema outputs() {
    return outputs;
  }

  /**
   * Begins the request that asks this library's own cache for a result. Its namespace is {@code
   * project/domain}, where the task has them, its options are the {@link #layers}. Where Flyte
   * would not cache it, a decision is {@link Reason#CACHING_OFF}, unless somebody sets a mode for
   * the run of a task that has a version or an image.
   *
   * @param inputs the values that it runs with
   * @param identity what says which code it runs
   * @return a builder to which a host may add policies, pipeline and run; its own version and
   *     ignored inputs stand below what the task says. {@code build()} refuses a cached task that
   *     has neither cache version, policy nor image
   * @throws InvalidRequestException if there is an input that the task does not declare
   */
  public TaskRequest.Builder request(FlyteLiterals inputs, FlyteIdentity identity) {
    for (String name : inputs.literals().keySet()) {
      if (!types.inputs().containsKey(name)) {
        throw new InvalidRequestException(
            Place.of("inputs").field(name),
            "the task declares no such input; it declares " + types.inputs().keySet());
      }
    }
    ComponentSpec identified = identity == FlyteIdentity.COMPONENT ? component : byName;
    TaskRequest.Builder request =
        TaskRequest.builder(identified).inputs(inputs.values()).outputs(outputs);
    if (!project().isEmpty() || !domain().isEmpty()) {
      request.namespace(project() + "/" + domain());
    }
    List<Layer> layers = layers();
    layers.forEach(each -> request.options(each.level(), each.where(), each.options()));
    if (!caching.enabled()
        && caching.trimmedVersion().isEmpty()
        && identified.image().isEmpty()) { // Nothing says which code runs, and nothing has to.
      Setting mode =
          OptionResolver.resolve(layers, dev.taskcache.policy.Limits.NONE).setting("mode");
      request.notCached(new NotCached(Reason.CACHING_OFF, mode.toString()));
    }
    return request;
  }

  /**
   * What Flyte's own caches call the result.
   *
   * @param inputs the values that it runs with
   * @return the keys
   * @throws InvalidRequestException if the task has no cache version, which Flyte refuses
   */
  public FlyteCacheKey key(FlyteLiterals inputs) {
    return FlyteCacheKey.of(project(), domain(), name(), caching, types, inputs.literals());
  }

  @Override
  public String toString() {
    return "Flyte task " + name();
  }
}
