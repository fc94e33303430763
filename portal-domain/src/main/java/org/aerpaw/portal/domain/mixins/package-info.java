/**
 * What entities of every app share: keys, time stamps, choices. Nothing here is a table of its own.
 */
package org.aerpaw.portal.domain.mixins;
