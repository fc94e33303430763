/** Forms that describe experiments, and trips to the field. */
package org.aerpaw.portal.domain.experiment_info;
