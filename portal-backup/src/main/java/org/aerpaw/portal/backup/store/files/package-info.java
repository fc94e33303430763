/**
 * A store as a place for files: a folder or S3.
 *
 * <p>This package knows the files of sets as streams with name, size and sha256, and what is copied
 * neither when nor why.
 */
package org.aerpaw.portal.backup.store.files;
