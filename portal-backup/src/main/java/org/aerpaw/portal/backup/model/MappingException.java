package org.aerpaw.portal.backup.model;

/** The mapping of an entity is not supported. */
public final class MappingException extends RuntimeException {

  MappingException(String message) {
    super(message);
  }

  MappingException(String message, Throwable cause) {
    super(message, cause);
  }
}
