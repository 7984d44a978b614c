package dev.taskcache.flyte;

import static dev.taskcache.flyte.FlyteMessages.message;
import static dev.taskcache.flyte.ProtoField.list;
import static dev.taskcache.flyte.ProtoField.map;
import static dev.taskcache.flyte.ProtoField.one;
import static dev.taskcache.flyte.ProtoField.passedOver;
import static dev.taskcache.flyte.ProtoKind.Scalar.BOOL;
import static dev.taskcache.flyte.ProtoKind.Scalar.STRING;

import java.util.List;

/** The messages of workflow nodes, as far as a node says something about its task. */
final class NodeMessages {
  private static final String TARGET = "target";

  private NodeMessages() {}

  static List<MessageType> all() {
    return List.of(
        message(
            "Node",
            one(1, "id", STRING),
            one(2, "metadata", "NodeMetadata"),
            passedOver(3, "inputs"),
            list(4, "upstream_node_ids", STRING),
            passedOver(5, "output_aliases"),
            one(6, "task_node", "TaskNode").in(TARGET),
            passedOver(7, "workflow_node"),
            passedOver(8, "branch_node"),
            passedOver(9, "gate_node"),
            passedOver(10, "array_node")),
        message(
            "NodeMetadata",
            one(1, "name", STRING),
            passedOver(4, "timeout"),
            passedOver(5, "retries"),
            one(6, "interruptible", BOOL).in("interruptible_value"),
            one(7, "cacheable", BOOL).in("cacheable_value"),
            one(8, "cache_version", STRING).in("cache_version_value"),
            one(9, "cache_serializable", BOOL).in("cache_serializable_value"),
            map(10, "config", STRING)),
        message(
            "TaskNode",
            one(1, "reference_id", "Identifier").in("reference"),
            one(2, "overrides", "TaskNodeOverrides")),
        message(
            "TaskNodeOverrides",
            passedOver(1, "resources"),
            one(2, "extended_resources", "ExtendedResources"),
            one(3, "container_image", STRING),
            one(4, "pod_template", "K8sPod")));
  }
}
