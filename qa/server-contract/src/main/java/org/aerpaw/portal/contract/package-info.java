/**
 * The portal as a server serves it, seen from outside: over HTTP, and in its database and its
 * folders. The modules with the tests of one server each hold it to the contracts here.
 */
package org.aerpaw.portal.contract;
