/**
 * Which files a load reads, and reading them: requests, lookup, manifests, parsing ahead,
 * conversion of objects, errors with their positions.
 */
package org.aerpaw.portal.backup.load.source;
