"""A SCIM 2.0 service in front of the console: reads from a mirror of the directory, writes as durable runs."""
