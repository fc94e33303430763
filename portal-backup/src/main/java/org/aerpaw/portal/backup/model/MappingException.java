package org.aerpaw.portal.backup.model;

/** Entities are mapped in a way that a fixture cannot express. */
public final class MappingException extends RuntimeException {

  MappingException(String message) {
    super(message);
  }

  MappingException(String message, Throwable cause) {
    super(message, cause);
  }
}
