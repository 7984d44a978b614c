package dev.taskcache.examples;

import dev.taskcache.TaskRequest;
import dev.taskcache.jdbc.kfp.KfpImport;
import dev.taskcache.jdbc.kfp.KfpImportCounts;
import dev.taskcache.kfp.KfpStaleness;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.StoreException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskcache import kfp}. */
@Command(
    name = "kfp",
    description = {
      "Reads the table execution_caches of Kubeflow's v1 cache server, says what is wrong with its"
          + " rows, and moves the newest valid row of each key into a store, under its key"
          + " (docs/kubeflow.md). The table is only read.",
      "",
      "It can be repeated: what the store has already stays."
    })
final class ImportKfpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private StoreOptions store;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "JDBC-URL",
      description =
          "The cache server's database, for instance"
              + " jdbc:postgresql://HOST/cachedb?user=NAME&password=...")
  @SuppressWarnings("NullAway.Init") // required
  private String from;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Whose results they become; default: ${DEFAULT-VALUE}.")
  private String namespace = TaskRequest.DEFAULT_NAMESPACE;

  @Option(
      names = "--maximum-staleness",
      paramLabel = "DURATION",
      description =
          "What MAXIMUM_CACHE_STALENESS of the cache server says, for instance P30D; older rows are"
              + " not moved. Default: no limit.")
  private @Nullable String maximum;

  @Option(names = "--dry-run", description = "Only say what would be done; needs no store.")
  private boolean dryRun;

  @Option(
      names = "--json",
      description =
          "Print a JSON object and line for each key with something wrong, then one with the"
              + " counts.")
  private boolean json;

  ImportKfpCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    KfpImport reading =
        new KfpImport(
            SourceAddress.parse(from)::open, checkedNamespace(), limit(), Clock.systemUTC());
    ImportReport report = new ImportReport(terminal, json);
    try {
      report.counts(dryRun ? reading.dryRun(report::key) : moved(reading, report), dryRun);
      return ExitCodes.OK;
    } catch (SQLException e) {
      String problem = from + " cannot be read: " + e.getMessage();
      throw BadInputException.ofOption("--from", StoreAddress.withoutPassword(problem));
    }
  }

  private KfpImportCounts moved(KfpImport reading, ImportReport report) throws SQLException {
    try (CacheStore opened = store.stores().forRuns()) {
      return reading.run(opened, report::key);
    } catch (StoreException e) {
      String problem = "failed: " + e.getMessage() + "; import again to go on";
      throw BadInputException.ofStore(
          store.address().toString(), StoreAddress.withoutPassword(problem));
    }
  }

  private String checkedNamespace() {
    if (namespace.isEmpty()) {
      throw BadInputException.ofOption("--namespace", "is empty; name whose results they become");
    }
    return namespace;
  }

  private KfpStaleness limit() {
    KfpStaleness limit = maximum == null ? KfpStaleness.UNLIMITED : KfpStaleness.parse(maximum);
    if (maximum != null && limit.isUnlimited()) {
      throw BadInputException.ofOption(
          "--maximum-staleness",
          maximum + " is no limit to the cache server; write P30D or PT12H, or leave it out");
    }
    return limit;
  }
}
