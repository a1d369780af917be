"""Who says what an answer is: the built-in detector, the field's keywords, or a language model."""
