/** What a store has, what it should have, and which of its copies are kept. */
package org.aerpaw.portal.backup.store.contents;
