"""Under which conditions a request is made: changes of its sound, of the text around it, of the turns before it.

``condition`` says what one is and puts items under it, ``signal`` changes samples, ``prompts`` changes text, and
``changes`` lists all of them: ask it for names.
"""
