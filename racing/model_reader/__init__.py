"""The second reader: a language model behind an endpoint of the installation's own choice. Plain: knows no Django.

Same contract as `racing.reading`: a document's text in, a `Reading` out. Off until the environment names an endpoint. What the
model answers is believed as little as the text itself: see `grounding`, `checking` and `comparing`.
"""
