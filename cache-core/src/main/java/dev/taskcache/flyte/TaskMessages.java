package dev.taskcache.flyte;

import static dev.taskcache.flyte.FlyteMessages.message;
import static dev.taskcache.flyte.ProtoField.list;
import static dev.taskcache.flyte.ProtoField.map;
import static dev.taskcache.flyte.ProtoField.one;
import static dev.taskcache.flyte.ProtoField.passedOver;
import static dev.taskcache.flyte.ProtoKind.Scalar.BOOL;
import static dev.taskcache.flyte.ProtoKind.Scalar.INT32;
import static dev.taskcache.flyte.ProtoKind.Scalar.STRING;

import dev.taskcache.flyte.ProtoKind.Choice;
import java.util.List;

/** The messages of task templates. */
final class TaskMessages {
  private static final Choice RESOURCE =
      new Choice(ProtoEnum.of("UNSPECIFIED", "TASK", "WORKFLOW", "LAUNCH_PLAN", "DATASET"));
  private static final Choice ARCHITECTURE =
      new Choice(ProtoEnum.of("UNKNOWN", "AMD64", "ARM64", "ARM_V6", "ARM_V7"));
  private static final Choice DIALECT =
      new Choice(ProtoEnum.of("UNDEFINED", "ANSI", "HIVE", "OTHER"));
  private static final Choice DEVICE_CLASS =
      new Choice(
          ProtoEnum.of("NVIDIA_GPU", "GOOGLE_TPU", "AMAZON_NEURON", "AMD_GPU", "HABANA_GAUDI"));
  private static final Choice FORMAT = new Choice(ProtoEnum.of("JSON", "YAML", "PROTO"));
  private static final Choice MOUNT = new Choice(ProtoEnum.of("ANY", "ENV_VAR", "FILE"));
  private static final String TARGET = "target";

  private TaskMessages() {}

  static List<MessageType> all() {
    return List.of(
        message("TaskSpec", one(1, "template", "TaskTemplate"), passedOver(2, "description")),
        message(
            "TaskTemplate",
            one(1, "id", "Identifier"),
            one(2, "type", STRING),
            one(3, "metadata", "TaskMetadata"),
            one(4, "interface", "TypedInterface"),
            one(5, "custom", CommonMessages.STRUCT),
            one(6, "container", "Container").in(TARGET),
            one(7, "task_type_version", INT32),
            one(8, "security_context", "SecurityContext"),
            one(9, "extended_resources", "ExtendedResources"),
            map(16, "config", STRING),
            one(17, "k8s_pod", "K8sPod").in(TARGET),
            one(18, "sql", "Sql").in(TARGET),
            passedOver(19, "reuse_policy")),
        message(
            "Identifier",
            one(1, "resource_type", RESOURCE),
            one(2, "project", STRING),
            one(3, "domain", STRING),
            one(4, "name", STRING),
            one(5, "version", STRING),
            one(6, "org", STRING)),
        message(
            "TaskMetadata",
            one(1, "discoverable", BOOL),
            passedOver(2, "runtime"),
            passedOver(4, "timeout"),
            passedOver(5, "retries"),
            one(6, "discovery_version", STRING),
            one(7, "deprecated_error_message", STRING),
            one(8, "interruptible", BOOL).in("interruptible_value"),
            one(9, "cache_serializable", BOOL),
            map(11, "tags", STRING),
            one(12, "pod_template_name", STRING),
            list(13, "cache_ignore_input_vars", STRING),
            one(14, "is_eager", BOOL),
            one(15, "generates_deck", CommonMessages.BOOL_VALUE),
            passedOver(16, "metadata"),
            one(17, "debuggable", BOOL),
            passedOver(18, "log_links"),
            passedOver(19, "image_build_run"),
            one(20, "is_entrypoint", BOOL),
            one(21, "code_bundle_uri", STRING),
            passedOver(22, "timeouts"),
            one(23, "produces_artifacts", BOOL)),
        message(
            "Container",
            one(1, "image", STRING),
            list(2, "command", STRING),
            list(3, "args", STRING),
            passedOver(4, "resources"),
            list(5, "env", "KeyValuePair"),
            list(6, "config", "KeyValuePair"),
            passedOver(7, "ports"),
            one(9, "data_config", "DataLoadingConfig"),
            one(10, "architecture", ARCHITECTURE)),
        message("KeyValuePair", one(1, "key", STRING), one(2, "value", STRING)),
        message(
            "DataLoadingConfig",
            one(1, "enabled", BOOL),
            one(2, "input_path", STRING),
            one(3, "output_path", STRING),
            one(4, "format", FORMAT),
            passedOver(5, "io_strategy")),
        message(
            "K8sPod",
            passedOver(1, "metadata"),
            one(2, "pod_spec", CommonMessages.STRUCT),
            one(3, "data_config", "DataLoadingConfig"),
            one(4, "primary_container_name", STRING)),
        message("Sql", one(1, "statement", STRING), one(2, "dialect", DIALECT)),
        message(
            "ExtendedResources",
            one(1, "gpu_accelerator", "GPUAccelerator"),
            passedOver(2, "shared_memory")),
        message(
            "GPUAccelerator",
            one(1, "device", STRING),
            one(2, "unpartitioned", BOOL).in("partition_size_value"),
            one(3, "partition_size", STRING).in("partition_size_value"),
            one(4, "device_class", DEVICE_CLASS)),
        message(
            "SecurityContext",
            passedOver(1, "run_as"),
            list(2, "secrets", "Secret"),
            passedOver(3, "tokens"),
            one(4, "connection_ref", STRING)),
        message(
            "Secret",
            one(1, "group", STRING),
            one(2, "group_version", STRING),
            one(3, "key", STRING),
            one(4, "mount_requirement", MOUNT),
            one(5, "env_var", STRING)));
  }
}
