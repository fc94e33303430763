/**
 * Copies of backup sets in a store outside of this machine: what a store can do, the two kinds of
 * stores, and the copies to and from them.
 *
 * <p>{@link org.aerpaw.portal.backup.store.StoreService} decides what is copied when. A store knows
 * files and no manifests; the manifest, which is stored last, makes the files of a set a copy.
 */
package org.aerpaw.portal.backup.store;
