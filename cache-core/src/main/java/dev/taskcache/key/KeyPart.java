package dev.taskcache.key;

import java.util.Locale;

/** The parts of a key, in the order in which people look for a difference. */
public enum KeyPart {
  /** The component: name, command, arguments, environment, platform. */
  COMPONENT,
  /** The image's digest, or its tag where the caller asked for that. */
  IMAGE,
  /** The version of the code. */
  VERSION,
  /** The names and values of the inputs. */
  INPUTS,
  /** The names and types of the outputs. */
  OUTPUTS,
  /** What policies contribute. */
  POLICIES,
  /** The custom key, which stands for component and inputs; or another system's key. */
  CUSTOM;

  /**
   * The part's name in the format.
   *
   * @return for instance {@code component}
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
