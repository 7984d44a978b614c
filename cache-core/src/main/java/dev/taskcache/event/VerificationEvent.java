package dev.taskcache.event;

import dev.taskcache.explain.Subject;
import dev.taskcache.policy.ArtifactVerifier;

/**
 * An entry is not served because of one of its artifacts.
 *
 * @param subject what was asked for
 * @param fault which artifact, and what is wrong with it
 */
public record VerificationEvent(Subject subject, ArtifactVerifier.Fault fault) {}
