/** The equipment experiments run on. */
package org.aerpaw.portal.domain.resources;
