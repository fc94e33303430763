/** The WAR on Payara Micro. */
package org.aerpaw.portal.micro;
