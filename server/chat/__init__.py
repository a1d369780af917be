"""One chat completion: from the request's fields to the marked answer."""
