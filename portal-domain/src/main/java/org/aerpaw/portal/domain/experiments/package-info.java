/** Experiments, who takes part in them, what they use, and when they run. */
package org.aerpaw.portal.domain.experiments;
