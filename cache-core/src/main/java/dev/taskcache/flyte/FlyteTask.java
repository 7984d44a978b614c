package dev.taskcache.flyte;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.Place;
import dev.taskcache.policy.NotCached;

/**
 * A task as Flyte registers it: a TaskTemplate, read by a {@link FlyteTaskReader}. Immutable and
 * thread-safe.
 */
public final class FlyteTask {
  private final Message template;
  private final Message overrides;
  private final FlyteCaching caching;
  private final FlyteInterface types;
  private final OutputSchema outputs;
  private final ComponentSpec component;
  private final ComponentSpec byName;

  private FlyteTask(Message template, Message overrides, FlyteCaching caching) {
    this.template = template;
    this.overrides = overrides;
    this.caching = caching;
    if (name().isEmpty()) {
      throw new InvalidRequestException(
          Place.of("id").field("name"), "is missing; give the name that the task is registered by");
    }
    this.types = FlyteInterface.of(template.message("interface"));
    this.outputs = Place.of("interface").locate(types::outputSchema);
    this.component = FlyteComponents.whole(template, overrides, types);
    this.byName = FlyteComponents.byName(template, types);
  }

  static FlyteTask of(Message template) {
    return new FlyteTask(
        template,
        Message.empty("TaskNodeOverrides"),
        FlyteCaching.of(template.message("metadata")));
  }

  /**
   * The same task as a node of a workflow runs it.
   *
   * @param node what the node overrides
   * @return a task whose caching and component are the overridden ones
   * @throws InvalidRequestException if the node gives an image that is none
   */
  public FlyteTask with(FlyteNode node) {
    return new FlyteTask(template, node.overrides(), caching.overriddenBy(node.metadata()));
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
   * project/domain}, where the task has them. It is marked as not cached where Flyte would not
   * cache it ({@link Reason#CACHING_OFF}).
   *
   * @param inputs the values that it runs with
   * @param identity what says which code it runs
   * @return a builder to which a host may add policies, pipeline and run; {@code build()} refuses a
   *     cached task that has neither cache version, policy nor image
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
    TaskRequest.Builder request =
        TaskRequest.builder(identity == FlyteIdentity.COMPONENT ? component : byName)
            .inputs(inputs.values())
            .outputs(outputs)
            .ignoringInputs(caching.ignoredInputs());
    if (!project().isEmpty() || !domain().isEmpty()) {
      request.namespace(project() + "/" + domain());
    }
    if (!caching.trimmedVersion().isEmpty()) {
      request.version(caching.trimmedVersion());
    }
    if (!caching.enabled()) {
      request.notCached(
          new NotCached(
              Reason.CACHING_OFF,
              name()
                  + " is not discoverable, which means off; write cache=True (metadata."
                  + "discoverable, or a node's metadata.cacheable) to switch it on"));
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
