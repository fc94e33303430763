/** Django's list of models, to which permissions refer. */
package org.aerpaw.portal.domain.contenttypes;
