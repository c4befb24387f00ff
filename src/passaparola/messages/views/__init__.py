"""What is seen of messages: by the customer the page behind the link in every mail, by the team the outbox."""
