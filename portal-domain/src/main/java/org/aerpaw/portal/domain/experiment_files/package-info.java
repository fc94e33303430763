/** Files that experiments link to. */
package org.aerpaw.portal.domain.experiment_files;
