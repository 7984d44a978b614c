package dev.taskcache;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.GuardedListeners;
import dev.taskcache.explain.Level;
import dev.taskcache.flight.Flights;
import dev.taskcache.flight.LeaseKeeper;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Limits;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Statistics;
import dev.taskcache.trust.Signer;
import dev.taskcache.trust.TrustedKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link TaskCache} needs. Not thread-safe. */
public final class TaskCacheBuilder {
  private static final long DEFAULT_MOST_BYTES = 4L << 20;

  final CacheStore store;
  private final List<CacheListener> listeners = new ArrayList<>();
  private ImageDigestResolver resolver = ImageDigestResolver.NONE;
  private @Nullable Duration lease;
  private boolean renewedByCaller;
  private @Nullable ScheduledExecutorService scheduler;
  private Duration longestWait = Duration.ofHours(1);
  private long mostBytes = DEFAULT_MOST_BYTES;
  private boolean keepValues;
  private boolean strict;
  private CachingOptions defaults = CachingOptions.NONE;
  private Limits limits = Limits.NONE;
  private final Map<String, Administration.Namespace> namespaces = new HashMap<>();
  private final Map<String, List<String>> sources = new HashMap<>();
  private final Map<String, TrustedKeys> keys = new HashMap<>();
  private @Nullable TrustedKeys keysElsewhere;
  private @Nullable Signer signer;
  private @Nullable Duration lifetime;
  private WhenWaitEnds whenWaitEnds = WhenWaitEnds.RUN_ANYWAY;
  private ArtifactVerifier verifier = ArtifactVerifier.NONE;
  private RandomGenerator lots = () -> ThreadLocalRandom.current().nextLong();
  @Nullable Executor executor;
  Clock clock = Clock.systemUTC();

  TaskCacheBuilder(CacheStore store) {
    this.store = store;
  }

  /**
   * Sets what resolves image tags; unless it is set, a tag makes its task not cached.
   *
   * @param resolver the resolver
   * @return this builder
   */
  public TaskCacheBuilder images(ImageDigestResolver resolver) {
    this.resolver = resolver;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener told after those added before it
   * @return this builder
   */
  public TaskCacheBuilder listener(CacheListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Sets what renews the leases of tasks that run in this JVM.
   *
   * @param scheduler the caller's, which shuts it down after the cache
   * @return this builder
   */
  public TaskCacheBuilder scheduler(ScheduledExecutorService scheduler) {
    this.scheduler = scheduler;
    return this;
  }

  /**
   * Sets what the async methods use.
   *
   * @param executor the caller's; store calls block its threads
   * @return this builder
   */
  public TaskCacheBuilder executor(Executor executor) {
    this.executor = executor;
    return this;
  }

  /**
   * Sets how long a lease lives: how long a dead owner can delay others. The scheduler renews it at
   * a third of that. Unless it is set: 30 seconds with a scheduler, one hour without.
   *
   * @param length longer than zero
   * @return this builder
   */
  public TaskCacheBuilder lease(Duration length) {
    this.lease = length;
    this.renewedByCaller = false;
    return this;
  }

  /**
   * Sets how long a lease lives that the caller renews, through {@link TaskCache#renew}, or that is
   * longer than any task.
   *
   * @param length longer than zero
   * @return this builder
   */
  public TaskCacheBuilder leaseRenewedByCaller(Duration length) {
    this.lease = length;
    this.renewedByCaller = true;
    return this;
  }

  /**
   * Sets how long {@link TaskCache#getOrRun} waits for another process's run; one hour unless set.
   *
   * @param longest zero means not at all
   * @return this builder
   */
  public TaskCacheBuilder longestWait(Duration longest) {
    if (longest.isNegative()) {
      throw new IllegalArgumentException("the longest wait is " + longest + "; give zero or more");
    }
    this.longestWait = longest;
    return this;
  }

  /**
   * Sets what {@link TaskCache#getOrRun} does when that time is over; unless it is set it runs the
   * task itself.
   *
   * @param choice run anyway, fail, or return the decision that the task is in flight
   * @return this builder
   */
  public TaskCacheBuilder whenWaitEnds(WhenWaitEnds choice) {
    this.whenWaitEnds = choice;
    return this;
  }

  /**
   * Sets how long the entries that this cache writes may be served; unless it is set they do not
   * expire.
   *
   * @param lifetime from when an entry is stored, by the store's clock; longer than zero
   * @return this builder
   */
  public TaskCacheBuilder entriesExpireAfter(Duration lifetime) {
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException(
          "entries that expire after " + lifetime + " are never served; give more than zero");
    }
    this.lifetime = lifetime;
    return this;
  }

  /**
   * Sets what looks whether the artifacts of an entry are still there before it is served; unless
   * it is set nobody looks. How closely it looks is an option: {@link
   * CachingOptions#verification()}.
   *
   * @param verifier for instance {@link dev.taskcache.policy.FileArtifacts}, or several by {@link
   *     ArtifactVerifier#byScheme}
   * @return this builder
   */
  public TaskCacheBuilder verify(ArtifactVerifier verifier) {
    this.verifier = verifier;
    return this;
  }

  /**
   * Sets what draws the hits that are run again for comparison, once for each hit of a task with a
   * {@link CachingOptions#reproducibility} between 0 and 1.
   *
   * @param lots thread-safe, as {@code new Random(seed)} is; with a seed the draws can be repeated
   * @return this builder
   */
  public TaskCacheBuilder sampling(RandomGenerator lots) {
    this.lots = lots;
    return this;
  }

  /**
   * Sets how tasks are cached of which nobody says it: the level {@link Level#LIBRARY}.
   *
   * @param options the options
   * @return this builder
   */
  public TaskCacheBuilder defaults(CachingOptions options) {
    this.defaults = options;
    return this;
  }

  /**
   * Limits what all namespaces, pipelines, tasks and runs may ask for. Further calls tighten it.
   *
   * @param limits the limits
   * @return this builder
   */
  public TaskCacheBuilder limits(Limits limits) {
    this.limits = this.limits.and(limits);
    return this;
  }

  /**
   * Sets how the tasks of a namespace are cached, and what they may ask for: the level {@link
   * Level#ADMINISTRATOR}.
   *
   * @param namespace the namespace
   * @param options what applies unless pipeline, task or run say otherwise
   * @param limits what they may ask for
   * @return this builder
   */
  public TaskCacheBuilder administrator(String namespace, CachingOptions options, Limits limits) {
    String where = "TaskCacheBuilder.administrator(" + namespace + ")";
    Layer layer = new Layer(Level.ADMINISTRATOR, where, options);
    namespaces.put(namespace, new Administration.Namespace(layer, limits));
    return this;
  }

  /**
   * Signs every entry that this cache writes; unless it is called entries are not signed.
   *
   * @param signer the signer
   * @return this builder
   */
  public TaskCacheBuilder sign(Signer signer) {
    this.signer = signer;
    return this;
  }

  /**
   * Sets whose entries are served in all namespaces for which nothing else is said, and requires
   * them to be signed unless some level of options says otherwise.
   *
   * @param keys the keys
   * @return this builder
   */
  public TaskCacheBuilder trust(TrustedKeys keys) {
    this.keysElsewhere = keys;
    return this;
  }

  /**
   * As {@link #trust(TrustedKeys)}, for one namespace.
   *
   * @param namespace the namespace
   * @param keys the only keys that are trusted there
   * @return this builder
   */
  public TaskCacheBuilder trust(String namespace, TrustedKeys keys) {
    this.keys.put(namespace, keys);
    return this;
  }

  /**
   * Lets a namespace serve what others have where it has nothing itself. Nothing is copied, claimed
   * or written there, and each entry has to be good by the limits and keys of its own namespace.
   *
   * @param namespace whose misses look further
   * @param others where, in this order; theirs are not followed
   * @return this builder
   * @throws IllegalArgumentException if one is named twice, or is the namespace itself
   */
  public TaskCacheBuilder readThrough(String namespace, List<String> others) {
    if (others.contains(namespace) || Set.copyOf(others).size() < others.size()) {
      throw new IllegalArgumentException(
          namespace + " reads through to " + others + "; name each other namespace once");
    }
    sources.put(namespace, List.copyOf(others));
    return this;
  }

  /**
   * Turns every failure of the store into an exception for the caller, also one that comes after
   * the task has run; unless it is called a store that fails is a miss, or a result that is not
   * stored.
   *
   * @return this builder
   */
  public TaskCacheBuilder strict() {
    this.strict = true;
    return this;
  }

  /**
   * Keeps the values of inputs beside entries, shortened, so that explanations can show them;
   * unless it is called only digests are kept. Secrets are never kept.
   *
   * @return this builder
   */
  public TaskCacheBuilder keepInputValues() {
    this.keepValues = true;
    return this;
  }

  /**
   * Sets the largest result that is stored; 4 MiB unless set. Keep larger data elsewhere and return
   * an artifact.
   *
   * @param bytes the encoded size
   * @return this builder
   */
  public TaskCacheBuilder maxOutputBytes(long bytes) {
    this.mostBytes = bytes;
    return this;
  }

  /**
   * Sets the clock that run times are measured with between processes; leases are on the store's.
   *
   * @param clock the clock
   * @return this builder
   */
  public TaskCacheBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Builds the cache.
   *
   * @return the cache
   * @throws IllegalStateException if a lease is not longer than zero, or has a length but nobody
   *     who renews it, or there is a signer whose key is trusted nowhere
   */
  public TaskCache build() {
    signatures().refuseStranger(signer);
    terms().check();
    return new TaskCache(this);
  }

  private LeaseTerms terms() {
    return new LeaseTerms(lease, renewedByCaller, scheduler != null);
  }

  Duration leaseLength() {
    return terms().length();
  }

  private SignatureCheck signatures() {
    return new SignatureCheck(keys, keysElsewhere);
  }

  private Administration administration() {
    CachingOptions.Builder failing = CachingOptions.builder().failOnStoreFailure(strict);
    Layer strictness = new Layer(Level.LIBRARY, "TaskCacheBuilder.strict()", failing.build());
    Layer given = new Layer(Level.LIBRARY, "TaskCacheBuilder.defaults()", defaults);
    return new Administration(
        List.of(strictness, given), limits, namespaces, sources, signatures());
  }

  CachedRun.Context context() {
    CacheListener guarded = GuardedListeners.of(listeners, store.statistics());
    Administration administration = administration();
    return new CachedRun.Context(
        new DecisionPath(
            store,
            new DecisionPath.Settings(
                resolver,
                verifier,
                leaseLength(),
                clock,
                keepValues,
                new Sampling(lots),
                administration),
            guarded),
        new Publishing(
            store,
            guarded,
            new Publishing.Limits(mostBytes, lifetime, strict),
            new Publishing.Signatures(signer, administration)),
        new Flights<>(),
        new LeaseKeeper(store, leaseLength(), scheduler),
        guarded,
        new Events(guarded, GuardedListeners.of(listeners, Statistics.NONE), clock),
        longestWait,
        whenWaitEnds);
  }
}
