"""The embedded servers: Kafka, MongoDB's wire, Redis's wire, each a process of its own on 127.0.0.1.

For one machine only: nothing here is in an image. Each can be replaced by one of your own by its URL.
"""
