/**
 * A store as a place for files: a folder or S3.
 *
 * <p>This package knows only files, as streams with name, size and sha256. It does not know what is
 * copied when, or why.
 */
package org.aerpaw.portal.backup.store.files;
