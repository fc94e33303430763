/** Copies one set to a store, or fetches one from it. */
package org.aerpaw.portal.backup.store.transfer;
