/** Loads single objects: finds them in the files, and the references to them that were lost. */
package org.aerpaw.portal.backup.load.objects;
