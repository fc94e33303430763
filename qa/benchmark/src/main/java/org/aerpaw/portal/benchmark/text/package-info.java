/**
 * Numbers and tables as text for people.
 *
 * <p>Depends on no other package.
 */
package org.aerpaw.portal.benchmark.text;
