"""What the shop knows about its things: care guides, articles of help, questions and answers."""
