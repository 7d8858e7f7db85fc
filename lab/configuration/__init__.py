"""The services' configuration files, rendered from the cloud's definition: pure text, one module a service."""
