"""The steps of the flow, one function each, in the order in which they run."""
